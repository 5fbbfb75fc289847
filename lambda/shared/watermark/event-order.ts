/**
 * The place of an event among those of its group: twice the millisecond of publication, plus one for a resolve. Within one
 * millisecond a trigger therefore comes before its resolve, and the number itself shows the action.
 */
export type EventOrder = number;

/** The order of a group of which nothing is known. */
export const NOTHING: EventOrder = 0;

/** @param publishedAt in milliseconds since 1970. */
export function orderAt(publishedAt: number, isResolved: boolean): EventOrder {
  return publishedAt * 2 + (isResolved ? 1 : 0);
}

export function isResolve(order: EventOrder): boolean {
  return order % 2 === 1;
}

export function isTrigger(order: EventOrder): boolean {
  return order !== NOTHING && order % 2 === 0;
}

/** When SNS accepted the notification; when that is not known, when its message was queued. Milliseconds since 1970. */
export function publicationTime(publishedAt: string, queuedAt: number): number {
  const at = Date.parse(publishedAt);
  return Number.isNaN(at) ? queuedAt : at;
}
