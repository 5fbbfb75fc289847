import { differences, type Difference } from './compare';
import type { AcceptedEvent } from '../pagerduty/event-rules';
import type { ReceivedEvent } from '../pagerduty/simulator';

/** Two events that should be the same, and how they are not. */
export interface ComparedPair {
  /** The step of the alerts file, from 1. */
  readonly step: number;
  readonly receiver?: string;
  /** Null: there was no such event. */
  readonly native: unknown;
  readonly relayed: unknown;
  readonly equal: boolean;
  readonly differences: readonly Difference[];
  /** PagerDuty's reasons to refuse the relayed event: there must not be any. */
  readonly refused?: readonly string[];
}

/**
 * Puts the events of a step together: those of one incident. Several of one incident, from several entries of a receiver with
 * the same routing key, are sent at the same time, so their order says nothing: each gets the counterpart that is most like it.
 */
export function pairUp(step: number, native: readonly ReceivedEvent[], relayed: readonly ReceivedEvent[]): ComparedPair[] {
  const left = byIncident(native);
  const right = byIncident(relayed);
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => {
    const counterparts = [...right.get(key) ?? []];
    const pairs = (left.get(key) ?? []).map((event) => comparePair(step, event, takeMostAlike(event, counterparts)));
    return [...pairs, ...counterparts.map((event) => comparePair(step, undefined, event))];
  });
}

function takeMostAlike({ event: native }: ReceivedEvent, candidates: ReceivedEvent[]): ReceivedEvent | undefined {
  const counts = candidates.map(({ event: relayed }) => differences({ native, relayed }).length);
  return candidates.splice(Math.max(0, counts.indexOf(Math.min(...counts))), 1)[0];
}

function comparePair(step: number, native?: ReceivedEvent, relayed?: ReceivedEvent): ComparedPair {
  const found = differences({ native: native?.event, relayed: relayed?.event });
  return {
    step,
    receiver: native && receiverOfPath(native.path),
    native: native?.event ?? null,
    relayed: relayed?.event ?? null,
    equal: found.length === 0 && relayed?.errors === undefined,
    differences: found,
    refused: relayed?.errors,
  };
}

function byIncident(events: readonly ReceivedEvent[]): Map<string, ReceivedEvent[]> {
  const groups = new Map<string, ReceivedEvent[]>();
  for (const received of events) {
    const { routing_key: key, dedup_key: dedupKey } = (received.event ?? {}) as Partial<AcceptedEvent>;
    const name = JSON.stringify([key, dedupKey]);
    groups.set(name, [...groups.get(name) ?? [], received]);
  }
  return groups;
}

/** The native side sends to an endpoint that is named after receiver and entry. */
export function endpointOf(receiver: string, index: number): string {
  return JSON.stringify([receiver, index]);
}

function receiverOfPath(path: string): string | undefined {
  const name = /^\/endpoints\/([^/]+)\//.exec(path)?.[1];
  return name === undefined ? undefined : String((JSON.parse(decodeURIComponent(name)) as unknown[])[0]);
}

/** True when the pair is the same but for documented differences. */
export function isAsDocumented({ differences: found, refused }: ComparedPair): boolean {
  return refused === undefined && found.every(({ documented }) => documented !== undefined);
}
