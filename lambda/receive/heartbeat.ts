import type { SnsNotification } from './sns-notification';
import { Heartbeat } from '../../src/contract/heartbeat';
import type { QueuedEvent } from '../../src/contract/queued-event';

/** What every heartbeat is: in a message group of its own, and never sent. */
const EVENT: QueuedEvent['event'] = {
  event_action: 'trigger',
  dedup_key: Heartbeat.RECEIVER,
  payload: { summary: 'heartbeat of the relay, never sent to PagerDuty', source: 'Alertmanager', severity: 'info' },
};

/** The event of a notification that is a heartbeat; `undefined` for any other. */
export function heartbeatEvent({ message, messageId, timestamp }: SnsNotification): QueuedEvent | undefined {
  return message !== Heartbeat.MESSAGE ? undefined : {
    version: 1,
    event: EVENT,
    routingKey: {},
    receiver: Heartbeat.RECEIVER,
    notificationId: messageId,
    publishedAt: timestamp,
    isHeartbeat: true,
  };
}
