import { Transport, type QueuedNotification, type TransportRequests } from '../../src/contract/queued-notification';
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
  const known = Object.values(Transport).find((each) => each === transport);
  if (known === undefined) return 'its transport is not one that this version knows';
  if (!isRecord(request) || !IS_REQUEST[known](request)) return `its request is not one of the transport ${known}`;
  return {
    version: 1,
    transport: known,
    // The receive function has written the rest together with this version.
    request: request as unknown as TransportRequests[Transport],
    status: status === 'resolved' ? 'resolved' : 'firing',
    entry: textOf(value.entry) ?? 'unknown',
    receiver: textOf(value.receiver) ?? 'unknown',
    notificationId: textOf(value.notificationId) ?? '',
    publishedAt: textOf(value.publishedAt) ?? '',
  };
}

const IS_REQUEST: { readonly [transport in Transport]: (request: Readonly<Record<string, unknown>>) => boolean } = {
  webhook: (request) => isHttpRequest(request) && typeof request.url === 'string' && (request.urlParts === undefined || isTextList(request.urlParts)),
  email: ({ from, to, headers, server }) => typeof from === 'string' && typeof to === 'string' && isArray(headers) && (server === undefined || isRecord(server)),
  sysdig: (request) => isHttpRequest(request) && typeof request.endpoint === 'string' && isRecord(request.token) && typeof request.token.secret === 'string',
  slack: (request) => isHttpRequest(request) && isRecord(request.url) && (typeof request.url.value === 'string' || typeof request.url.secret === 'string'),
};

function isHttpRequest({ body, headers }: Readonly<Record<string, unknown>>): boolean {
  return typeof body === 'string' && (headers === undefined || isArray(headers));
}
