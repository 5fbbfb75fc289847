import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** What a function URL hands over of a request. */
export interface UrlRequest {
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

export interface UrlAnswer {
  readonly statusCode: number;
  readonly body: string;
}

interface ReceivedEvent {
  readonly routing_key?: unknown;
  readonly event_action?: unknown;
  readonly dedup_key?: unknown;
  readonly payload?: { readonly summary?: unknown; readonly severity?: unknown };
}

const sqs = new SQSClient({});

/** Simulates PagerDuty: accepts events with the test's routing key, and puts the fields to verify into a queue. */
export async function handler({ body = '', isBase64Encoded }: UrlRequest): Promise<UrlAnswer> {
  const event = JSON.parse(isBase64Encoded ? Buffer.from(body, 'base64').toString() : body) as ReceivedEvent;
  if (event.routing_key !== process.env.ROUTING_KEY) {
    return { statusCode: 400, body: JSON.stringify({ status: 'invalid event', errors: ['Invalid routing key'] }) };
  }
  await sqs.send(new SendMessageCommand({
    QueueUrl: process.env.QUEUE_URL,
    // One group: the test sees the events in the order in which they were delivered.
    MessageGroupId: 'events',
    MessageBody: JSON.stringify({
      event_action: event.event_action,
      dedup_key: event.dedup_key,
      summary: event.payload?.summary,
      severity: event.payload?.severity,
    }),
  }));
  return { statusCode: 202, body: JSON.stringify({ status: 'success', dedup_key: event.dedup_key }) };
}
