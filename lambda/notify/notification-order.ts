import type { NotificationRecord } from './queued-notification';
import { orderAt, publicationTime, type EventOrder } from '../shared/watermark/event-order';
import type { GroupState } from '../shared/watermark/group-state';

export function publishedAt({ queued, record }: NotificationRecord): number {
  return publicationTime(queued.publishedAt, record.sentAt);
}

export function orderOf(notification: NotificationRecord): EventOrder {
  return orderAt(publishedAt(notification), notification.queued.status === 'resolved');
}

/** In the order of publication. A standard SNS topic can hand over two notifications the other way round. */
export function inOrderOfPublication(notifications: readonly NotificationRecord[]): NotificationRecord[] {
  return [...notifications].sort((a, b) => orderOf(a) - orderOf(b));
}

export type SkipReason =
  /** The receiver has this notification already: SNS repeated it, or an instance was killed before it could report. */
  | 'duplicate'
  /** The receiver has one that was published later: a firing notification never follows its resolve. */
  | 'outdated';

/**
 * Why a notification is not sent; undefined if it is. Unlike pages, notifications that say the same are all sent, because each has a body
 * of its own. One that no server has accepted yet is still in the queue, so only accepted ones count.
 */
export function skipReasonOf({ accepted }: GroupState, order: EventOrder): SkipReason | undefined {
  if (order === accepted) return 'duplicate';
  return order < accepted ? 'outdated' : undefined;
}
