import { createHash } from 'node:crypto';
import { escapedJson } from './event/escaped-json';
import type { QueuedEvent } from '../../src/contract/queued-event';
import type { AwsClient } from '../shared/aws/aws-client';

/** Where events wait for delivery. */
export interface EventQueue {
  /** Resolves when the queue has the event; rejects when it might not have it. */
  send(event: QueuedEvent): Promise<void>;
}

export function sqsEventQueue(client: AwsClient, queueUrl: string): EventQueue {
  return {
    send: async (event) => {
      await client.call('SendMessage', {
        QueueUrl: queueUrl,
        MessageBody: messageBody(event),
        MessageGroupId: messageGroup(event),
        // SNS can deliver a message twice: the queue takes it once.
        MessageDeduplicationId: event.notificationId,
      });
    },
  };
}

/** An event is fitted to these bytes, so the body stays below the 1 MiB of SQS. */
export function messageBody(event: QueuedEvent): string {
  return escapedJson(event);
}

/** Events of one group are delivered in order: see `QueuedEvent`. */
export function messageGroup({ event, routingKey, endpoint }: QueuedEvent): string {
  const destination = sha256(JSON.stringify([routingKey.name, routingKey.sha256, endpoint])).slice(0, 16);
  const key = ALLOWED_IN_GROUP.test(event.dedup_key) ? event.dedup_key : sha256(event.dedup_key);
  return `${key}:${destination}`;
}

/** SQS: at most 128 characters, letters, digits and punctuation; 17 of them are the destination. */
const ALLOWED_IN_GROUP = /^[\x21-\x7e]{1,111}$/;

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
