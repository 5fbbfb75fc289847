import { backoffSeconds } from './backoff';
import { deliverEvent, FailureCode, SLOWEST_ATTEMPT_MS, type EventDelivery } from './deliver-event';
import type { DeliveryQueue } from './delivery-queue';
import { inOrderOfPublication, publishedAt, consecutiveRuns, type DeliveryHistory } from './group-order';
import { parseQueuedEvent, type EventRecord, type QueueRecord } from './queue-record';
import { DeliverMetric } from '../../src/contract/metrics';
import { DeadLetterReason } from '../../src/contract/queued-event';
import { messageOf } from '../shared/guards';
import type { LogFields } from '../shared/telemetry';

export interface GroupDelivery extends EventDelivery {
  readonly queue: DeliveryQueue;
  readonly history: DeliveryHistory;
  readonly retryWindowSeconds: number;
  /** Milliseconds that are left of this invocation. */
  readonly remainingMs: () => number;
  /** A number from 0 to 1; that of `Math.random` by default. */
  readonly random?: () => number;
}

/** What is left for later: these messages, all of them after this time. */
export interface RetryRequest {
  readonly records: readonly QueueRecord[];
  readonly seconds: number;
}

/** What an invocation needs at its end, to dead-letter an event and to change visibility timeouts while SQS is slow. */
const MARGIN_MS = 10_000;

/**
 * Delivers the events of one group in order, and stops at the first that fails: those after it must not overtake it.
 *
 * An event that is dead-lettered gives up its place, so that its group is not blocked. PagerDuty can then see a resolve without
 * its trigger, which it ignores, or a trigger for an incident that is still open, which it adds to that one; and an event
 * that is moved back from the dead-letter queue comes after what was delivered meanwhile.
 */
export async function deliverGroup(records: readonly QueueRecord[], delivery: GroupDelivery): Promise<RetryRequest | undefined> {
  const { events, kept } = await deadLetterUnreadable(records, delivery);
  const runs = consecutiveRuns(inOrderOfPublication(events).filter((event) => !isOutdated(event, delivery)));
  for (const [index, run] of runs.entries()) {
    const left = await deliverRun(run, delivery);
    if (left === undefined) continue;
    const later = runs.slice(index + 1).flat().map(({ record }) => record);
    return { records: [...kept, ...left.records, ...later], seconds: left.seconds };
  }
  return kept.length === 0 ? undefined : { records: kept, seconds: backoff(kept, delivery) };
}

/**
 * Of adjacent events with the same command, only the last is sent, and the others are done when it is. When
 * PagerDuty rejects the last, the one before it takes its place, for it can be accepted.
 */
async function deliverRun(run: readonly EventRecord[], delivery: GroupDelivery): Promise<RetryRequest | undefined> {
  for (let length = run.length; length > 0; length--) {
    const waiting = run.slice(0, length);
    const left = await deliverLast(waiting, delivery);
    if (left !== 'try-previous') return left;
  }
  return undefined;
}

async function deliverLast(waiting: readonly EventRecord[], delivery: GroupDelivery): Promise<RetryRequest | undefined | 'try-previous'> {
  const last = waiting[waiting.length - 1];
  const records = waiting.map(({ record }) => record);
  // An invocation that is cut off has delivered events that it cannot report any more: they would all be sent again.
  if (delivery.remainingMs() < SLOWEST_ATTEMPT_MS + MARGIN_MS) return { records, seconds: 0 };
  const attempt = await deliverEvent(last.queued, delivery);
  switch (attempt.outcome) {
    case 'delivered':
      reportDelivered(waiting, delivery);
      return undefined;
    case 'rejected': {
      const kept = await deadLetter([last], DeadLetterReason.REJECTED, attempt.reason, delivery);
      return kept.length === 0 ? 'try-previous' : { records, seconds: backoff(records, delivery) };
    }
    case 'failed': {
      if (attempt.code === FailureCode.UNAVAILABLE) delivery.history.rememberSent(last);
      const left = await deadLetterExpired(waiting, attempt.reason, delivery);
      if (left.length === 0) return undefined;
      const seconds = backoff(left, delivery, attempt.retryAfterSeconds);
      delivery.telemetry.count(DeliverMetric.EVENTS_RETRIED);
      const { code, reason } = attempt;
      delivery.telemetry.warn('event not delivered, will be retried', { ...fieldsOf(last), outcome: 'retried', code, reason, retryInSeconds: seconds });
      return { records: left, seconds };
    }
  }
}

/** Dead-letters the events whose retry window has ended, which are the oldest; the others stay. */
async function deadLetterExpired(waiting: readonly EventRecord[], reason: string, delivery: GroupDelivery): Promise<readonly QueueRecord[]> {
  const expired = waiting.filter(({ record }) => isExpired(record, delivery));
  const kept = await deadLetter(expired, DeadLetterReason.EXPIRED, `the retry window ended; the last attempt failed: ${reason}`, delivery);
  return [...kept, ...waiting.filter((event) => !expired.includes(event)).map(({ record }) => record)];
}

function reportDelivered(waiting: readonly EventRecord[], { history, telemetry }: GroupDelivery): void {
  const last = waiting[waiting.length - 1];
  history.rememberAccepted(last);
  const latencyMs = Date.now() - publishedAt(last);
  telemetry.count(DeliverMetric.EVENTS_DELIVERED);
  if (latencyMs >= 0) telemetry.milliseconds(DeliverMetric.DELIVERY_LATENCY, latencyMs);
  telemetry.info('event delivered', { ...fieldsOf(last), outcome: 'delivered', latencyMs });
  for (const event of waiting.slice(0, -1)) {
    telemetry.count(DeliverMetric.EVENTS_COALESCED);
    telemetry.info('event left out, the next one says the same', { ...fieldsOf(event), outcome: 'coalesced' });
  }
}

function isOutdated(event: EventRecord, { history, telemetry }: GroupDelivery): boolean {
  if (!history.isOutdated(event)) return false;
  telemetry.count(DeliverMetric.EVENTS_OUTDATED);
  telemetry.warn('event left out, a later one has been sent', { ...fieldsOf(event), outcome: 'outdated' });
  return true;
}

async function deadLetterUnreadable(
  records: readonly QueueRecord[], delivery: GroupDelivery,
): Promise<{ readonly events: EventRecord[]; readonly kept: QueueRecord[] }> {
  const events: EventRecord[] = [];
  const kept: QueueRecord[] = [];
  for (const record of records) {
    const queued = parseQueuedEvent(record.body);
    if (typeof queued === 'string') kept.push(...await deadLetter([{ record }], DeadLetterReason.UNREADABLE, `the message is unreadable: ${queued}`, delivery));
    else events.push({ record, queued });
  }
  return { events, kept };
}

/** Dead-letters messages in order; those that could not be, from the first on, stay in their queue. */
async function deadLetter(
  messages: ReadonlyArray<{ readonly record: QueueRecord; readonly queued?: EventRecord['queued'] }>,
  code: DeadLetterReason, reason: string, { queue, telemetry }: GroupDelivery,
): Promise<QueueRecord[]> {
  for (const [index, message] of messages.entries()) {
    const fields = { ...fieldsOf(message), code, reason };
    try {
      await queue.deadLetter(message.record, code, reason);
    } catch (error) {
      telemetry.error('event could not be dead-lettered, will be retried', { ...fields, outcome: 'retried', reason: `${reason}; ${messageOf(error)}` });
      return messages.slice(index).map(({ record }) => record);
    }
    telemetry.count(DeliverMetric.EVENTS_DEAD_LETTERED);
    telemetry.error('event moved to the dead-letter queue', { ...fields, outcome: 'dead-lettered' });
  }
  return [];
}

function isExpired({ sentAt }: QueueRecord, { retryWindowSeconds }: GroupDelivery): boolean {
  return Date.now() - sentAt > retryWindowSeconds * 1000;
}

function backoff(records: readonly QueueRecord[], { retryWindowSeconds, random }: GroupDelivery, retryAfterSeconds?: number): number {
  return backoffSeconds(Math.max(...records.map(({ attempt }) => attempt)), retryWindowSeconds, retryAfterSeconds, random);
}

function fieldsOf({ record, queued }: { readonly record: QueueRecord; readonly queued?: EventRecord['queued'] }): LogFields {
  return {
    messageId: record.messageId,
    attempt: record.attempt,
    ...(queued !== undefined && {
      notificationId: queued.notificationId,
      dedupKey: queued.event.dedup_key,
      receiver: queued.receiver,
      action: queued.event.event_action,
    }),
  };
}
