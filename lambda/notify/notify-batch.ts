import { notifyGroup, type GroupNotification, type RetryRequest } from './notify-group';
import { parseQueueEvent, type QueueRecord } from '../deliver/queue-record';
import { messageOf } from '../shared/guards';

/** What Lambda keeps in the queue: every message that is not named here is deleted. */
export interface BatchResponse {
  readonly batchItemFailures: ReadonlyArray<{ readonly itemIdentifier: string }>;
}

/** When an attempt ended in a way that nobody foresaw, the next one is made after this time. */
const UNFORESEEN_SECONDS = 30;

/** Sends a batch: groups side by side, the notifications of a group one after the other. */
export async function notifyBatch(event: unknown, context: GroupNotification, flush: () => void): Promise<BatchResponse> {
  try {
    const left = await Promise.all(groupsOf(parseQueueEvent(event, Date.now())).map(async (records) => notifyAndDefer(records, context)));
    return { batchItemFailures: left.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
  } finally {
    flush();
  }
}

function groupsOf(records: readonly QueueRecord[]): QueueRecord[][] {
  const groups = new Map<string, QueueRecord[]>();
  for (const record of records) groups.set(record.group, [...(groups.get(record.group) ?? []), record]);
  return Array.from(groups.values());
}

/** Sends a group, and lets what is left of it wait: all of it for the same time, because its first message holds up the others. */
async function notifyAndDefer(records: readonly QueueRecord[], context: GroupNotification): Promise<readonly QueueRecord[]> {
  const left = await notifyGroup(records, context).catch((error: unknown): RetryRequest => {
    context.telemetry.error('group not sent, will be retried', { outcome: 'retried', reason: messageOf(error), count: records.length });
    return { records, seconds: UNFORESEEN_SECONDS };
  });
  if (left === undefined) return [];
  try {
    await context.queue.defer(left.records, left.seconds);
  } catch (error) {
    // They come back all the same, when the visibility timeout of the queue is over.
    context.telemetry.warn('visibility timeout not changed', { reason: messageOf(error), count: left.records.length });
  }
  return left.records;
}
