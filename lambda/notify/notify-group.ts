import { inOrderOfPublication, orderOf, publishedAt, skipReasonOf, type SkipReason } from './notification-order';
import { parseQueuedNotification, type NotificationRecord } from './queued-notification';
import { sendBy, type Attempt, type Transports } from './transport';
import { NotifyMetric } from '../../src/contract/metrics';
import { DeadLetterReason } from '../../src/contract/queued-event';
import { MAX_REQUEST_TIMEOUT_MS, type Transport } from '../../src/contract/queued-notification';
import type { Clock } from '../shared/clock';
import { messageOf } from '../shared/guards';
import { backoffSeconds } from '../shared/queue/backoff';
import type { DeliveryQueue } from '../shared/queue/delivery-queue';
import type { QueueRecord } from '../shared/queue/queue-record';
import type { LogFields, Telemetry } from '../shared/telemetry';
import type { DeliveryHistory } from '../shared/watermark/delivery-history';
import type { SharedTable } from '../shared/watermark/shared-table';

/** What the function works with, made once when it starts. */
export interface NotifyCollaborators {
  readonly queue: DeliveryQueue;
  readonly transports: Transports;
  /** What all instances share; `undefined` for a single instance with its memory. */
  readonly table: SharedTable | undefined;
  readonly history: DeliveryHistory;
  readonly clock: Clock;
  readonly retryWindowSeconds: number;
  readonly telemetry: Telemetry;
  /** Telemetry whose metrics have the transport as a dimension. */
  readonly telemetryOf: (transport: Transport) => Telemetry;
}

/** The collaborators in one invocation. */
export interface GroupNotification extends NotifyCollaborators {
  /** Milliseconds that are left of this invocation. */
  readonly remainingMs: () => number;
}

/** What is left for later: these messages, all of them after this time. */
export interface RetryRequest {
  readonly records: readonly QueueRecord[];
  readonly seconds: number;
}

/** What an invocation needs besides a request: reading the secret, a second request with a new value, and reporting. */
const MARGIN_MS = 20_000;

/**
 * Sends the notifications of one group to one entry in order, and stops at the first that fails: those behind it must not overtake it.
 * One that is dead-lettered gives up its place, so that its group is not blocked.
 */
export async function notifyGroup(records: readonly QueueRecord[], context: GroupNotification): Promise<RetryRequest | undefined> {
  const waiting: NotificationRecord[] = [];
  const kept: QueueRecord[] = [];
  for (const record of records) {
    const queued = parseQueuedNotification(record.body);
    if (typeof queued !== 'string') waiting.push({ record, queued });
    else if (!await deadLetter(record, DeadLetterReason.UNREADABLE, `the message is unreadable: ${queued}`, context)) kept.push(record);
  }
  const ordered = inOrderOfPublication(waiting);
  for (const [index, notification] of ordered.entries()) {
    const seconds = await notifyOne(notification, context);
    if (seconds !== undefined) return { records: [...kept, ...ordered.slice(index).map(({ record }) => record)], seconds };
  }
  return kept.length === 0 ? undefined : { records: kept, seconds: backoff(kept[0], context) };
}

/** The seconds after which it is retried; undefined when it is done. */
async function notifyOne(notification: NotificationRecord, context: GroupNotification): Promise<number | undefined> {
  const { queued, record } = notification;
  const { history, clock } = context;
  const telemetry = context.telemetryOf(queued.transport);
  const fields = fieldsOf(notification);
  const skipReason = skipReasonOf(history.stateOf(record.group), orderOf(notification));
  if (skipReason !== undefined) {
    reportSkipped(notification, skipReason, telemetry);
    return undefined;
  }
  if (context.remainingMs() < 2 * MAX_REQUEST_TIMEOUT_MS + MARGIN_MS) return 0;
  const attempt = await sendBy(context.transports, queued);
  if (attempt.outcome === 'delivered') {
    await history.recordAccepted(record.group, orderOf(notification));
    const latencyMs = clock.now() - publishedAt(notification);
    telemetry.count(NotifyMetric.NOTIFICATIONS_DELIVERED);
    if (latencyMs >= 0) telemetry.milliseconds(NotifyMetric.NOTIFICATION_LATENCY, latencyMs);
    telemetry.info('notification delivered', { ...fields, outcome: 'delivered', latencyMs });
    return undefined;
  }
  if (attempt.isAboutCredentials === true) telemetry.count(NotifyMetric.CREDENTIAL_FAILURES);
  const reason = deadLetterReason(attempt, record, context);
  if (reason !== undefined) {
    const text = reason === DeadLetterReason.EXPIRED ? `the retry window ended; the last attempt failed: ${attempt.reason}` : attempt.reason;
    return await deadLetter(record, reason, text, context, notification) ? undefined : backoff(record, context);
  }
  const seconds = backoff(record, context, attempt);
  telemetry.count(NotifyMetric.NOTIFICATIONS_RETRIED);
  telemetry.warn('notification not delivered, will be retried', { ...fields, outcome: 'retried', reason: attempt.reason, retryInSeconds: seconds });
  return seconds;
}

function reportSkipped(notification: NotificationRecord, reason: SkipReason, telemetry: Telemetry): void {
  const fields = { ...fieldsOf(notification), outcome: reason };
  if (reason === 'duplicate') {
    telemetry.info('notification skipped, it has been sent already', fields);
    return;
  }
  telemetry.count(NotifyMetric.NOTIFICATIONS_OUTDATED);
  telemetry.warn('notification skipped, a later one has been sent', fields);
}

function deadLetterReason({ outcome }: Attempt, record: QueueRecord, { retryWindowSeconds, clock }: GroupNotification): DeadLetterReason | undefined {
  if (outcome === 'rejected') return DeadLetterReason.REJECTED;
  return clock.now() - record.sentAt >= retryWindowSeconds * 1000 ? DeadLetterReason.EXPIRED : undefined;
}

/** Whether the message is in the dead-letter queue now. */
async function deadLetter(
  record: QueueRecord, code: DeadLetterReason, reason: string, context: GroupNotification, notification?: NotificationRecord,
): Promise<boolean> {
  const telemetry = notification === undefined ? context.telemetry : context.telemetryOf(notification.queued.transport);
  const fields = { ...(notification === undefined ? { messageId: record.messageId } : fieldsOf(notification)), code, reason };
  try {
    await context.queue.deadLetter(record, code, reason);
  } catch (error) {
    telemetry.error('notification not dead-lettered, will be retried', { ...fields, reason: messageOf(error) });
    return false;
  }
  telemetry.count(NotifyMetric.NOTIFICATIONS_DEAD_LETTERED);
  telemetry.error('notification dead-lettered', { ...fields, outcome: 'dead-lettered' });
  return true;
}

function backoff(record: QueueRecord, { retryWindowSeconds, clock }: GroupNotification, attempt?: Attempt): number {
  const retryAfter = attempt?.outcome === 'failed' ? attempt.retryAfterSeconds : undefined;
  return backoffSeconds(record.attempt, retryWindowSeconds, retryAfter, clock.random);
}

function fieldsOf({ record, queued }: NotificationRecord): LogFields {
  return {
    notificationId: queued.notificationId,
    messageId: record.messageId,
    receiver: queued.receiver,
    format: queued.transport,
    action: queued.status,
    attempt: record.attempt,
  };
}
