import type { EventRecord } from '../queue-record';

/**
 * The place of an event among those of its group: twice the millisecond of publication, plus one for a resolve. Within one
 * millisecond a trigger therefore comes before its resolve, and the number itself shows the action.
 */
export type EventOrder = number;

/** The order of a group of which nothing is known. */
export const NOTHING: EventOrder = 0;

/** When SNS accepted the notification; when that is not known, when its event was queued. Milliseconds since 1970. */
export function publishedAt({ queued, record }: EventRecord): number {
  const at = Date.parse(queued.publishedAt);
  return Number.isNaN(at) ? record.sentAt : at;
}

export function orderOf(event: EventRecord): EventOrder {
  return publishedAt(event) * 2 + (event.queued.event.event_action === 'resolve' ? 1 : 0);
}

export function isResolve(order: EventOrder): boolean {
  return order % 2 === 1;
}

export function isTrigger(order: EventOrder): boolean {
  return order !== NOTHING && order % 2 === 0;
}

/** The queue keeps the order of arrival, but SNS can hand notifications over in another order, or one of them again. */
export function inOrder(events: readonly EventRecord[]): EventRecord[] {
  return [...events].sort((a, b) => orderOf(a) - orderOf(b));
}
