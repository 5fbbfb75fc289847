import { isDeepStrictEqual } from 'util';
import { compareEvents } from './compare-events';
import type { AcceptedEvent } from '../../pagerduty/event-rules';
import type { ReceivedEvent } from '../../pagerduty/received-event';
import type { StepContext } from '../integration';
import type { ComparedPair, DocumentedDifference } from '../pair';

/** The list that these events are of. */
export const PAGERDUTY_CONFIGS = 'pagerduty_configs';

/**
 * Puts the events of a step together: those of one incident. Several of one incident, from several entries of a receiver with
 * the same routing key, are sent at the same time, so their order says nothing: those that are most alike are counterparts.
 */
export function pairEvents(context: StepContext, native: readonly ReceivedEvent[], relayed: readonly ReceivedEvent[]): ComparedPair[] {
  const left = byIncident(native);
  const right = byIncident(relayed);
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) => pairsOfIncident(context, left.get(key) ?? [], right.get(key) ?? []));
}

function pairsOfIncident({ step, nativeErrors }: StepContext, native: readonly ReceivedEvent[], relayed: readonly ReceivedEvent[]): ComparedPair[] {
  const candidates = native.flatMap((one) => relayed.map((other) => (
    { one, other, count: compareEvents({ native: one.event, relayed: other.event }).length }
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
      const isSent = pair.relayed === null && native.some((other) => counterparts.has(other) && standsFor(other, one, native));
      return isSent ? documented(pair, 'same-incident-at-once') : pair;
    }),
    ...relayed.filter((other) => !taken.has(other)).map((other) => {
      const pair = comparePair(step, undefined, other);
      return wasExecuted(other, nativeErrors) ? documented(pair, 'executed-values') : pair;
    }),
  ];
}

/**
 * Alertmanager 0.30 to 0.33 execute the values of details a second time. A label or annotation with an action in it then fails the whole
 * notification, which the log says.
 */
function wasExecuted({ event }: ReceivedEvent, nativeErrors: readonly string[]): boolean {
  const { payload } = (event ?? {}) as { payload?: { custom_details?: unknown } };
  return JSON.stringify(payload?.custom_details ?? null).includes('{{') && nativeErrors.some((error) => /pagerduty\[\d+\].*template/.test(error));
}

function documented(pair: ComparedPair, reason: DocumentedDifference): ComparedPair {
  return { ...pair, differences: pair.differences.map((difference) => ({ ...difference, documented: reason })) };
}

function actionOf({ event }: ReceivedEvent): string | undefined {
  return (event as Partial<AcceptedEvent> | undefined)?.event_action;
}

/**
 * Whether the relay can send one of two native events for both: they do the same to the same incident at once, because several entries of
 * one receiver have the same routing key, or because they are identical. No other event excuses the absence of one. An entry sends an event
 * for each change of its group, so the second of one entry is at once with the second of another, and not with the first.
 */
function standsFor(one: ReceivedEvent, other: ReceivedEvent, native: readonly ReceivedEvent[]): boolean {
  const receiver = receiverOfPath(one.path);
  const areEntriesOfOneReceiver = one.path !== other.path && receiver !== undefined && receiver === receiverOfPath(other.path);
  const areAtOnce = areEntriesOfOneReceiver && ordinalOf(one, native) === ordinalOf(other, native);
  return actionOf(one) === actionOf(other) && (areAtOnce || isDeepStrictEqual(one.event, other.event));
}

/** Which event of its entry this is, counted for each action. */
function ordinalOf(event: ReceivedEvent, native: readonly ReceivedEvent[]): number {
  return native.filter((each) => each.path === event.path && actionOf(each) === actionOf(event)).indexOf(event);
}

function comparePair(step: number, native?: ReceivedEvent, relayed?: ReceivedEvent): ComparedPair {
  const found = compareEvents({ native: native?.event, relayed: relayed?.event });
  return {
    step,
    integration: PAGERDUTY_CONFIGS,
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
