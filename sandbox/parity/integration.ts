/**
 * What parity needs to know of one integration, such as `pagerduty_configs`: the frame that compares is the same for all.
 *
 * Both sides send to the same kind of simulator. On the native side, Alertmanager's own notifier sends to it, because `redirect` changed
 * the entry in the user's file. On the other side, the relay sends to the simulator of the pipeline, because its secret names that address.
 *
 * To add an integration, for example `email_configs`:
 *
 * 1. Write its simulator (`sandbox/receivers/receiver-simulator.ts`).
 * 2. Implement `Integration` in a folder of its own, beside `webhook/`, and add it to `integrations.ts`.
 * 3. Name its accepted differences in `pair.ts`, recognize each in code, as narrowly as possible, and explain it in docs/parity.md.
 *    Whatever is not recognized fails the comparison. No notification ever excuses the absence of another.
 * 4. Add entries with nasty values to `test/sandbox/parity/fixtures/`.
 */
import type { ComparedPair } from './pair';
import type { AlertmanagerFile, ReceiverConfig } from '../../src/alertmanager/model';
import type { Pipeline } from '../pipeline/pipeline';
import type { GoMap } from '../yaml/go-yaml';

/** The lists of a receiver that can be compared. */
export type ComparedField = 'pagerduty_configs' | 'webhook_configs' | 'slack_configs' | 'email_configs';

/** An entry of the user's file. */
export interface EntryPlace {
  readonly file: AlertmanagerFile;
  readonly receiver: ReceiverConfig;
  /** In the receiver's list. */
  readonly index: number;
}

/** What else is known of a step when its notifications are compared. */
export interface StepContext {
  /** From 1. */
  readonly step: number;
  /** What Alertmanager's own side has logged as errors so far. */
  readonly nativeErrors: readonly string[];
}

/**
 * @typeParam Simulator - the server that takes the notifications.
 * @typeParam Received - one of them.
 */
export interface Integration<Simulator, Received> {
  /** The list of a receiver. */
  readonly field: ComparedField;
  /** Starts the simulator of the native side. It must accept whatever it receives: Alertmanager must not send anything again. */
  start(): Promise<Simulator & { close(): Promise<void> }>;
  /** The simulator that the relay sends to. */
  relayed(pipeline: Pipeline): Simulator;
  /** What a simulator has received so far, oldest first. */
  received(simulator: Simulator): readonly Received[];
  /**
   * Changes an entry of the native configuration so that its notifications come to this machine, and nothing else about it.
   *
   * @param global - `global` of the user's file, which the native configuration does not have: what the entry inherits must be written out.
   */
  redirect(entry: GoMap, place: EntryPlace, simulator: Simulator, global: GoMap | undefined): void;
  /** Entries of the relay's secret that differ from what the pipeline put there. */
  secretValues?(place: EntryPlace, simulator: Simulator): Readonly<Record<string, string>>;
  /** Compares what both sides have received in a step. */
  pairUp(context: StepContext, native: readonly Received[], relayed: readonly Received[]): ComparedPair[];
}

/** An integration whose simulators run. */
export interface RunningIntegration {
  readonly field: string;
  entriesOf(receiver: ReceiverConfig): readonly unknown[];
  redirect(entry: GoMap, place: EntryPlace, global: GoMap | undefined): void;
  secretValues(place: EntryPlace): Readonly<Record<string, string>>;
  /** How many notifications have come since the last comparison: on the native side, and through the relay. */
  counts(): readonly [native: number, relayed: number];
  /** Compares what has come since the last comparison. */
  compare(context: StepContext): ComparedPair[];
  close(): Promise<void>;
}

export type StartIntegration = (pipeline: Pipeline) => Promise<RunningIntegration>;

/** How to start an integration, without the types that only it knows. */
export function starterOf<Simulator, Received>(spec: Integration<Simulator, Received>): StartIntegration {
  return async (pipeline) => {
    const native = await spec.start();
    const relayed = spec.relayed(pipeline);
    const seen = [0, 0];
    const fresh = (): [Received[], Received[]] => [[...spec.received(native)].slice(seen[0]), [...spec.received(relayed)].slice(seen[1])];
    return {
      field: spec.field,
      entriesOf: (receiver) => receiver[spec.field],
      redirect: (entry, place, global) => spec.redirect(entry, place, native, global),
      secretValues: (place) => spec.secretValues?.(place, relayed) ?? {},
      counts: () => {
        const [left, right] = fresh();
        return [left.length, right.length];
      },
      compare: (context) => {
        const [left, right] = fresh();
        seen[0] += left.length;
        seen[1] += right.length;
        return spec.pairUp(context, left, right);
      },
      close: () => native.close(),
    };
  };
}
