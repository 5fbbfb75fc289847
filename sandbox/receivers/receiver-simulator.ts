/**
 * Servers on this machine that take the notifications of receivers other than PagerDuty's: one simulator for each transport.
 *
 * To add one, for example for email:
 *
 * 1. Implement `ReceiverSimulator`; a server for HTTP extends `HttpSimulator`. Answer as the real server does, keep what arrived, and
 *    describe it for the page in `calls`.
 * 2. Add it to `startReceiverSimulators` in `receiver-simulators.ts`. The pipeline then fills the secret with what `secretsFor` returns for
 *    each entry of the definition, and the page of the sandbox shows a list of its calls. Nothing else needs to know of it.
 * 3. Compare it with the real Alertmanager: see `sandbox/parity/integration.ts`, which uses the same simulator on both sides.
 */
import type { TransportHead } from '../../src/contract/message';
import type { Transport } from '../../src/contract/queued-notification';

/** The part of a message's head that is known when a definition is deployed. */
export type TransportEntry<T extends Transport = Transport> = Pick<TransportHead<T>, 'transport' | 'entry' | 'settings' | 'receiver'>;

/** A notification as the page of the sandbox lists it. Nothing in it comes from the secret. */
export interface ListedCall {
  /** Counts the calls of this simulator, from 1. */
  readonly number: number;
  /** When it arrived, in milliseconds since 1970. */
  readonly at: number;
  /** What it is for, such as `receivers.team.webhook_configs[0]`. */
  readonly target: string;
  /** Whether something fires; undefined if the call does not say. */
  readonly status?: 'firing' | 'resolved';
  /** The color of the bar beside it, such as `#2eb886`. */
  readonly color?: string;
  /** One line about it. */
  readonly summary: string;
  /** How it was answered, such as `200`. */
  readonly answer: string;
  readonly isAccepted: boolean;
  /** Further properties, such as the channel of a message or the recipients of an email. */
  readonly facts?: Readonly<Record<string, string>>;
  /** What was sent, as a person reads it. */
  readonly text?: string;
  /** The same as HTML. The page shows it where it can neither run a script nor load anything. */
  readonly html?: string;
}

/** A server for the notifications of one transport. */
export interface ReceiverSimulator<T extends Transport = Transport> {
  readonly transport: T;
  /** The title of its list on the page, such as `Webhook calls`. */
  readonly title: string;
  /** Everything so far, oldest first. */
  readonly calls: readonly ListedCall[];
  /** The entries of the secret with which the relay sends the notifications of an entry here. */
  secretsFor(entry: TransportEntry<T>): Readonly<Record<string, string>>;
  /** Calls back whenever `calls` has changed. */
  onChange(listener: () => void): void;
  close(): Promise<void>;
}
