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
export function parseQueueEvent(event: unknown, now: number): QueueRecord[] {
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
      sentAt: positive(attributes.SentTimestamp) ?? now,
      attempt: positive(attributes.ApproximateReceiveCount) ?? 1,
    };
  });
}

function positive(value: unknown): number | undefined {
  const number = Number(value);
  return number > 0 && Number.isFinite(number) ? number : undefined;
}

/** What stands in the body of a record. */
export type ParsedBody =
  | { readonly kind: 'event'; readonly queued: QueuedEvent }
  | { readonly kind: 'unreadable'; readonly reason: string }
  /** A later version of the receive function wrote it. */
  | { readonly kind: 'unknown-version' };

export function parseQueuedEvent(body: string): ParsedBody {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return unreadable('its body is not valid JSON');
  }
  if (!isRecord(value)) return unreadable('its body is not a JSON object');
  if (value.version !== 1) return typeof value.version === 'number' ? { kind: 'unknown-version' } : unreadable('its body has no version');
  const { event, routingKey, endpoint, receiver, notificationId, publishedAt, isHeartbeat } = value;
  if (!isEvent(event)) return unreadable('its event is not an event of PagerDuty');
  if (!isRoutingKeyReference(routingKey)) return unreadable('it has no reference to a routing key');
  if (endpoint !== undefined && typeof endpoint !== 'string') return unreadable('its endpoint is not a name');
  const queued: QueuedEvent = {
    version: 1,
    event,
    routingKey,
    ...(endpoint !== undefined && { endpoint }),
    receiver: textOf(receiver) ?? 'unknown',
    notificationId: textOf(notificationId) ?? '',
    publishedAt: textOf(publishedAt) ?? '',
    ...(isHeartbeat === true && { isHeartbeat }),
  };
  return { kind: 'event', queued };
}

function unreadable(reason: string): ParsedBody {
  return { kind: 'unreadable', reason };
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
