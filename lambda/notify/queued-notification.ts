import { Transport, type QueuedNotification, type WebhookRequest } from '../../src/contract/queued-notification';
import { isArray, isRecord, isTextList, textOf } from '../shared/guards';
import type { QueueRecord } from '../shared/queue/queue-record';

/** A record whose body is a notification of this version. */
export interface NotificationRecord {
  readonly record: QueueRecord;
  readonly queued: QueuedNotification;
}

/** The notification in a record's body, or why there is none. */
export function parseQueuedNotification(body: string): QueuedNotification | string {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return 'its body is not valid JSON';
  }
  if (!isRecord(value) || value.version !== 1) return 'its body is not a notification of version 1';
  const { transport, request, status } = value;
  if (transport !== Transport.WEBHOOK) return 'its transport is not one that this version knows';
  if (!isWebhookRequest(request)) return 'its request is not that of a webhook';
  return {
    version: 1,
    transport,
    request,
    status: status === 'resolved' ? 'resolved' : 'firing',
    entry: textOf(value.entry) ?? 'unknown',
    receiver: textOf(value.receiver) ?? 'unknown',
    notificationId: textOf(value.notificationId) ?? '',
    publishedAt: textOf(value.publishedAt) ?? '',
  };
}

/** The receive function has written the rest together with this version. */
function isWebhookRequest(value: unknown): value is WebhookRequest {
  return isRecord(value)
    && typeof value.url === 'string'
    && typeof value.body === 'string'
    && (value.urlParts === undefined || isTextList(value.urlParts))
    && (value.headers === undefined || isArray(value.headers));
}
