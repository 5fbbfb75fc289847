import { buildEvent, type BuiltEvent } from './event/build-event';
import type { SeverityMap } from './event/severity';
import type { EventQueue } from './event-queue';
import { readNotification } from './formats/read-notification';
import { unreadableNotification } from './formats/unreadable';
import { heartbeatEvent } from './heartbeat';
import { NotificationFormat, type Notification } from './notification';
import type { NotificationQueue } from './notification-queue';
import { parseSnsRecord, recordsOf, type SnsNotification } from './sns-notification';
import { isTransportMessage } from './transports/is-transport-message';
import { MessageAttributeName } from '../../src/contract/message';
import { NotifyMetric, ReceiveMetric } from '../../src/contract/metrics';
import type { QueuedEvent } from '../../src/contract/queued-event';
import { messageOf } from '../shared/guards';
import type { Telemetry } from '../shared/telemetry';

export interface ReceiveCollaborators {
  readonly queue: EventQueue;
  /** Absent where the configuration has no receiver but those of PagerDuty. */
  readonly notificationQueue?: NotificationQueue;
  readonly severityMap: SeverityMap;
  readonly telemetry: Telemetry;
}

/**
 * Puts the event of every notification into the queue.
 *
 * @throws Error when the queue did not take one of them, so that Lambda calls again; the queue knows which it has already.
 */
export async function receiveNotifications(event: unknown, collaborators: ReceiveCollaborators): Promise<void> {
  const { telemetry } = collaborators;
  try {
    const outcomes = await Promise.allSettled(recordsOf(event).map(async (record) => receiveNotification(parseSnsRecord(record), collaborators)));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  } finally {
    telemetry.flush();
  }
}

async function receiveNotification(sns: SnsNotification, collaborators: ReceiveCollaborators): Promise<void> {
  const { queue, severityMap, telemetry } = collaborators;
  const heartbeat = heartbeatEvent(sns);
  if (heartbeat !== undefined) {
    await queue.send(heartbeat);
    return;
  }
  telemetry.count(ReceiveMetric.NOTIFICATIONS_RECEIVED);
  if (isTransportMessage(sns)) return receiveForTransport(sns, collaborators);
  const { notification, built } = buildSafely(sns, readNotification(sns), severityMap);
  countFindings(notification, built, telemetry);
  if (notification.skipped !== undefined) {
    skip(sns, notification, notification.skipped, telemetry);
    return;
  }
  const queued = queuedEvent(sns, notification, built);
  const fields = {
    notificationId: sns.messageId,
    dedupKey: queued.event.dedup_key,
    receiver: notification.receiver,
    action: notification.action,
    format: notification.format,
  };
  try {
    await queue.send(queued);
  } catch (error) {
    telemetry.error('event not queued, Lambda will retry', { ...fields, outcome: 'failed', reason: messageOf(error) });
    throw error;
  }
  telemetry.info('event queued', { ...fields, outcome: 'queued', severity: queued.event.payload.severity });
}

/** A resolve that cannot be distinguished from others is no reason to page, and must not close another incident. */
function skip(sns: SnsNotification, { receiver, action, format }: Notification, reason: string, telemetry: Telemetry): void {
  telemetry.count(ReceiveMetric.RESOLVES_SKIPPED);
  telemetry.warn('resolve skipped', { notificationId: sns.messageId, receiver, action, format, outcome: 'skipped', reason });
}

/** A notification that no page depends on: whatever is wrong with it, the dead-letter queue of this function keeps it. */
async function receiveForTransport(sns: SnsNotification, { notificationQueue, telemetry }: ReceiveCollaborators): Promise<void> {
  const fields = { notificationId: sns.messageId, receiver: sns.attributes.get(MessageAttributeName.RECEIVER) };
  try {
    if (notificationQueue === undefined) throw new Error('the function has no queue for other receivers than those of PagerDuty');
    // On demand: a page would wait for it.
    const { readTransportNotification } = require('./transports/transport-notification') as typeof import('./transports/transport-notification');
    const notification = readTransportNotification(sns);
    if (notification.lostAlerts > 0) telemetry.count(NotifyMetric.ALERTS_LOST, notification.lostAlerts);
    if (notification.isSeverityUnknown) telemetry.count(ReceiveMetric.SEVERITIES_UNKNOWN);
    if (notification.isTruncated) {
      telemetry.warn('notification arrived truncated, its end is missing', { ...fields, outcome: 'truncated', count: notification.lostAlerts });
    }
    await notificationQueue.send(notification);
    telemetry.info('notification queued', { ...fields, format: notification.queued.transport, action: notification.queued.status, outcome: 'queued' });
  } catch (error) {
    telemetry.error('notification not queued', { ...fields, outcome: 'failed', reason: messageOf(error) });
    throw error;
  }
}

/** What cannot even be put into an event, for example details nested too deep, pages as unreadable. */
function buildSafely(sns: SnsNotification, notification: Notification, severityMap: SeverityMap): { notification: Notification; built: BuiltEvent } {
  try {
    return { notification, built: buildEvent(notification, severityMap) };
  } catch (error) {
    const unreadable = unreadableNotification(sns, `building its event failed with ${error instanceof Error ? error.name : 'an error'}`);
    return { notification: unreadable, built: buildEvent(unreadable, severityMap) };
  }
}

function countFindings({ format, cut }: Notification, { isSeverityUnknown, isTrimmed }: BuiltEvent, telemetry: Telemetry): void {
  if (format === NotificationFormat.UNREADABLE) telemetry.count(ReceiveMetric.NOTIFICATIONS_UNDECODABLE);
  if (cut) telemetry.count(ReceiveMetric.NOTIFICATIONS_TRUNCATED);
  if (isSeverityUnknown) telemetry.count(ReceiveMetric.SEVERITIES_UNKNOWN);
  if (isTrimmed) telemetry.count(ReceiveMetric.EVENTS_TRIMMED);
}

function queuedEvent(sns: SnsNotification, { routingKey, endpoint, receiver }: Notification, { event }: BuiltEvent): QueuedEvent {
  return {
    version: 1,
    event,
    routingKey,
    ...(endpoint !== undefined && { endpoint }),
    receiver,
    notificationId: sns.messageId,
    publishedAt: sns.timestamp,
  };
}
