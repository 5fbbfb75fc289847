import type { EventRecord } from './event-record';
import { DeliverMetric } from '../../src/contract/metrics';
import { DeadLetterReason } from '../../src/contract/queued-event';
import type { Clock } from '../shared/clock';
import { messageOf } from '../shared/guards';
import type { DeliveryQueue } from '../shared/queue/delivery-queue';
import type { QueueRecord } from '../shared/queue/queue-record';
import type { LogFields, Telemetry } from '../shared/telemetry';

export interface DeadLettering {
  readonly queue: DeliveryQueue;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly retryWindowSeconds: number;
}

/** A message, and the event in it when it is readable. */
interface Message {
  readonly record: QueueRecord;
  readonly queued?: EventRecord['queued'];
}

/** Moves a message to the dead-letter queue. Resolves to whether it is there; otherwise it must stay in its own queue. */
export async function deadLetter(message: Message, code: DeadLetterReason, reason: string, { queue, telemetry }: DeadLettering): Promise<boolean> {
  const fields = { ...fieldsOf(message), code };
  try {
    await queue.deadLetter(message.record, code, reason);
  } catch (error) {
    telemetry.error('event could not be dead-lettered, will be retried', { ...fields, outcome: 'retried', reason: `${reason}; ${messageOf(error)}` });
    return false;
  }
  telemetry.count(DeliverMetric.EVENTS_DEAD_LETTERED);
  telemetry.error('event moved to the dead-letter queue', { ...fields, outcome: 'dead-lettered', reason });
  return true;
}

/** Dead-letters, in order, the messages whose retry window has ended, up to the first that cannot be. Resolves to those that are gone. */
export async function deadLetterExpired<M extends Message>(messages: readonly M[], reason: string, delivery: DeadLettering): Promise<M[]> {
  const gone: M[] = [];
  for (const message of messages.filter(({ record }) => isExpired(record, delivery))) {
    const isGone = await deadLetter(message, DeadLetterReason.EXPIRED, `the retry window ended; the last attempt failed: ${reason}`, delivery);
    if (!isGone) break;
    gone.push(message);
  }
  return gone;
}

export function isExpired({ sentAt }: QueueRecord, { retryWindowSeconds, clock }: DeadLettering): boolean {
  return clock.now() - sentAt > retryWindowSeconds * 1000;
}

export function fieldsOf({ record, queued }: Message): LogFields {
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
