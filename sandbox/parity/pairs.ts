import { isDeepStrictEqual } from 'util';
import { differences } from './compare';
import type { Difference } from './pair';
import type { AcceptedEvent } from '../pagerduty/event-rules';
import type { ReceivedEvent } from '../pagerduty/received-event';

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
 * the same routing key, are sent at the same time, so their order says nothing: those that are most alike are counterparts.
 */
export function pairUp(step: number, native: readonly ReceivedEvent[], relayed: readonly ReceivedEvent[]): ComparedPair[] {
  const left = byIncident(native);
  const right = byIncident(relayed);
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => pairsOfIncident(step, left.get(key) ?? [], right.get(key) ?? []));
}

function pairsOfIncident(step: number, native: readonly ReceivedEvent[], relayed: readonly ReceivedEvent[]): ComparedPair[] {
  const candidates = native.flatMap((one) => relayed.map((other) => (
    { one, other, count: differences({ native: one.event, relayed: other.event }).length }
  )));
  const counterparts = new Map<ReceivedEvent, ReceivedEvent>();
  for (const { one, other } of candidates.sort((a, b) => a.count - b.count)) {
    if (!counterparts.has(one) && ![...counterparts.values()].includes(other)) {
      counterparts.set(one, other);
    }
  }
  const taken = new Set(counterparts.values());
  return [
    ...native.map((one) => {
      const pair = comparePair(step, one, counterparts.get(one));
      return pair.relayed === null && native.some((other) => counterparts.has(other) && standsFor(other, one)) ? coalesced(pair) : pair;
    }),
    ...relayed.filter((other) => !taken.has(other)).map((other) => comparePair(step, undefined, other)),
  ];
}

function actionOf({ event }: ReceivedEvent): string | undefined {
  return (event as Partial<AcceptedEvent> | undefined)?.event_action;
}

/**
 * Whether the relay can send one of two native events for both: they do the same to the same incident at once, because several entries of
 * one receiver have the same routing key, or because they are identical. No other event excuses the absence of one.
 */
function standsFor(one: ReceivedEvent, other: ReceivedEvent): boolean {
  const receiver = receiverOfPath(one.path);
  const areEntriesOfOneReceiver = one.path !== other.path && receiver !== undefined && receiver === receiverOfPath(other.path);
  return actionOf(one) === actionOf(other) && (areEntriesOfOneReceiver || isDeepStrictEqual(one.event, other.event));
}

/** The relay sent another event with the same action for the same incident. */
function coalesced(pair: ComparedPair): ComparedPair {
  return { ...pair, differences: pair.differences.map((difference) => ({ ...difference, documented: 'same-incident-at-once' })) };
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
