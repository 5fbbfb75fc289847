import { notifyGroup, type GroupNotification, type RetryRequest } from './notify-group';
import { messageOf } from '../shared/guards';
import { groupRecords, parseQueueEvent, type QueueRecord } from '../shared/queue/queue-record';

/** What Lambda keeps in the queue: every message that is not named here is deleted. */
export interface BatchResponse {
  readonly batchItemFailures: ReadonlyArray<{ readonly itemIdentifier: string }>;
}

/** When an attempt ended in a way that nobody foresaw, the next one is made after this time. */
const UNFORESEEN_SECONDS = 30;

/** Sends a batch: groups side by side, the notifications of a group one after the other. */
export async function notifyBatch(event: unknown, context: GroupNotification, flush: () => void): Promise<BatchResponse> {
  try {
    const groups = groupRecords(parseQueueEvent(event, context.clock.now()));
    await learnFromTable(groups, context);
    const left = await Promise.all(groups.map(async (records) => notifyAndDefer(records, context)));
    await context.history.catchUp();
    return { batchItemFailures: left.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
  } finally {
    flush();
  }
}

/** One read for the whole batch: what was sent of its groups. */
async function learnFromTable(groups: readonly QueueRecord[][], { table, history }: GroupNotification): Promise<void> {
  if (table === undefined) return;
  table.startBatch();
  const names = groups.map(([{ group }]) => group);
  const items = await table.read(names.map((name) => history.itemIdOf(name)));
  if (items !== undefined) names.forEach((name) => history.learn(name, items));
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
