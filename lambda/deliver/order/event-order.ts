import { orderAt, publicationTime, type EventOrder } from '../../shared/watermark/event-order';
import type { EventRecord } from '../event-record';

export function publishedAt({ queued, record }: EventRecord): number {
  return publicationTime(queued.publishedAt, record.sentAt);
}

export function orderOf(event: EventRecord): EventOrder {
  return orderAt(publishedAt(event), event.queued.event.event_action === 'resolve');
}

/** The queue keeps the order of arrival, but SNS can hand notifications over in another order, or one of them again. */
export function inOrder(events: readonly EventRecord[]): EventRecord[] {
  return [...events].sort((a, b) => orderOf(a) - orderOf(b));
}
