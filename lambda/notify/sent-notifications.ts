import type { NotificationRecord } from './queued-notification';

/** When SNS took the notification, in milliseconds since 1970; `NaN` when that is not known. */
export function publishedAt({ queued }: NotificationRecord): number {
  return Date.parse(queued.publishedAt);
}

/** In the order of publication. A standard SNS topic might hand over two notifications the other way round. */
export function inOrderOfPublication(notifications: readonly NotificationRecord[]): NotificationRecord[] {
  return notifications.some((each) => Number.isNaN(publishedAt(each)))
    ? [...notifications]
    : [...notifications].sort((a, b) => publishedAt(a) - publishedAt(b));
}

/**
 * The last notification that was delivered of each group, as far as this instance of the function remembers. A receiver that was notified
 * that everything is resolved is not notified afterward that it fires: by a notification that SNS repeats, or by one that comes back from
 * the dead-letter queue.
 */
export class SentNotifications {
  private readonly lastByGroup = new Map<string, number>();

  constructor(private readonly capacity = 10_000) {}

  isOutdated(notification: NotificationRecord): boolean {
    const last = this.lastByGroup.get(notification.record.group);
    return last !== undefined && publishedAt(notification) < last;
  }

  remember(notification: NotificationRecord): void {
    const at = publishedAt(notification);
    const { group } = notification.record;
    const last = this.lastByGroup.get(group) ?? -Infinity;
    if (Number.isNaN(at)) return;
    // Set anew, a group moves to the end of the map: the first one has been quiet for longest.
    this.lastByGroup.delete(group);
    this.lastByGroup.set(group, Math.max(last, at));
    const [longestQuiet] = this.lastByGroup.keys();
    if (this.lastByGroup.size > this.capacity) this.lastByGroup.delete(longestQuiet);
  }
}
