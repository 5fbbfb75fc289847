import { createHash } from 'node:crypto';
import { escapedJson } from './event/escaped-json';
import type { TransportNotification } from './transports/transport-notification';
import type { AwsClient } from '../shared/aws/aws-client';

/** Where notifications for other transports than PagerDuty wait. */
export interface NotificationQueue {
  /** Resolves when the queue has the notification; rejects when it might not have it. */
  send(notification: TransportNotification): Promise<void>;
}

export function sqsNotificationQueue(client: AwsClient, queueUrl: string): NotificationQueue {
  return {
    send: async ({ queued, groupKey }) => {
      await client.call('SendMessage', {
        QueueUrl: queueUrl,
        MessageBody: escapedJson(queued),
        MessageGroupId: createHash('sha256').update(JSON.stringify([queued.entry, groupKey])).digest('hex'),
        MessageDeduplicationId: queued.notificationId,
      });
    },
  };
}
