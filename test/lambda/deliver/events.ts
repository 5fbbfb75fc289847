import type { QueuedEvent } from '../../../src/contract/queued-event';

let published = Date.parse('2026-03-01T10:00:00Z');
let notifications = 0;

/** An event that was published after all those before it. */
export function queuedEvent(dedupKey: string, action: 'trigger' | 'resolve', rest: Partial<QueuedEvent> = {}): QueuedEvent {
  published += 1000;
  notifications++;
  return {
    version: 1,
    event: { event_action: action, dedup_key: dedupKey, payload: { summary: `${action} ${notifications}`, source: 's', severity: 'error' } },
    routingKey: { name: 'db' },
    receiver: 'pager',
    notificationId: `notification-${notifications}`,
    publishedAt: new Date(published).toISOString(),
    ...rest,
  };
}
