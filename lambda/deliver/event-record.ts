import type { PagerDutyEvent } from '../../src/contract/pagerduty-event';
import type { QueuedEvent, RoutingKeyReference } from '../../src/contract/queued-event';
import { isRecord, textOf } from '../shared/guards';
import type { QueueRecord } from '../shared/queue/queue-record';

/** A record whose body is an event of ours. */
export interface EventRecord {
  readonly record: QueueRecord;
  readonly queued: QueuedEvent;
}

/** @throws an error if there are none: a step always has events */
export function lastOf(events: readonly EventRecord[]): EventRecord {
  const last = events.at(-1);
  if (last === undefined) throw new Error('a step without events');
  return last;
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
