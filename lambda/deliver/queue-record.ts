import type { PagerDutyEvent } from '../../src/contract/pagerduty-event';
import type { QueuedEvent, RoutingKeyReference } from '../../src/contract/queued-event';
import { isArray, isRecord, textOf } from '../shared/guards';

/** A message of the FIFO queue as Lambda hands it to the function. */
export interface QueueRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly group: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** How often it has been received, this time included. */
  readonly attempt: number;
}

/** A record whose body is an event of ours. */
export interface EventRecord {
  readonly record: QueueRecord;
  readonly queued: QueuedEvent;
}

/**
 * The messages in the input of the function.
 *
 * @throws TypeError when the input does not come from SQS: a wrong event source, not a wrong message.
 */
export function parseQueueEvent(event: unknown): QueueRecord[] {
  const records = isRecord(event) ? event.Records : undefined;
  if (!isArray(records)) throw new TypeError('the input is no SQS event: it has no Records');
  return records.map((record) => {
    const messageId = isRecord(record) ? textOf(record.messageId) : undefined;
    if (!isRecord(record) || messageId === undefined) throw new TypeError('the input is no SQS event: a record has no messageId');
    const attributes = isRecord(record.attributes) ? record.attributes : {};
    return {
      messageId,
      receiptHandle: textOf(record.receiptHandle) ?? '',
      body: textOf(record.body) ?? '',
      // Without a group there is no order to keep.
      group: textOf(attributes.MessageGroupId) ?? messageId,
      sentAt: positive(attributes.SentTimestamp) ?? Date.now(),
      attempt: positive(attributes.ApproximateReceiveCount) ?? 1,
    };
  });
}

function positive(value: unknown): number | undefined {
  const number = Number(value);
  return number > 0 && Number.isFinite(number) ? number : undefined;
}

/** The event in a record's body, or why there is none. */
export function parseQueuedEvent(body: string): QueuedEvent | string {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return 'its body is not valid JSON';
  }
  if (!isRecord(value) || value.version !== 1) return 'its body is no event of version 1';
  const { event, routingKey, endpoint, receiver, notificationId, publishedAt } = value;
  if (!isEvent(event)) return 'its event is no event of PagerDuty';
  if (!isRoutingKeyReference(routingKey)) return 'it has no reference to a routing key';
  if (endpoint !== undefined && typeof endpoint !== 'string') return 'its endpoint is not a name';
  return {
    version: 1,
    event,
    routingKey,
    ...(endpoint !== undefined && { endpoint }),
    receiver: textOf(receiver) ?? 'unknown',
    notificationId: textOf(notificationId) ?? '',
    publishedAt: textOf(publishedAt) ?? '',
  };
}

/** PagerDuty checks the rest, and its answer says more than ours could. */
function isEvent(value: unknown): value is PagerDutyEvent {
  return isRecord(value)
    && (value.event_action === 'trigger' || value.event_action === 'resolve')
    && textOf(value.dedup_key) !== undefined
    && isRecord(value.payload);
}

function isRoutingKeyReference(value: unknown): value is RoutingKeyReference {
  return isRecord(value) && [value.name, value.sha256].every((part) => part === undefined || typeof part === 'string');
}
