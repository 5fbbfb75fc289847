import { deliverGroup, type GroupDelivery, type RetryRequest } from './deliver-group';
import { parseQueueEvent, type QueueRecord } from './queue-record';
import { messageOf } from '../shared/guards';

/** What the function works with; the time that is left comes with each invocation. */
export type DeliverCollaborators = Omit<GroupDelivery, 'remainingMs'>;

/** What Lambda keeps in the queue: every message that is not named here is deleted. */
export interface BatchResponse {
  readonly batchItemFailures: ReadonlyArray<{ readonly itemIdentifier: string }>;
}

/** When an attempt ended in a way that nobody foresaw, the next one is made after this time. */
const UNFORESEEN_SECONDS = 30;

/** Delivers a batch: groups side by side, the events of a group one after the other. */
export async function deliverBatch(event: unknown, collaborators: DeliverCollaborators, remainingMs: () => number): Promise<BatchResponse> {
  const delivery: GroupDelivery = { ...collaborators, remainingMs };
  try {
    const groups = groupsOf(parseQueueEvent(event));
    const leftovers = await Promise.all(groups.map(async (records) => retryAfterFailure(records, delivery)));
    return { batchItemFailures: leftovers.flat().map(({ messageId }) => ({ itemIdentifier: messageId })) };
  } finally {
    collaborators.telemetry.flush();
  }
}

function groupsOf(records: readonly QueueRecord[]): QueueRecord[][] {
  const groups = new Map<string, QueueRecord[]>();
  for (const record of records) groups.set(record.group, [...(groups.get(record.group) ?? []), record]);
  return Array.from(groups.values());
}

/** Delivers a group, and lets what is left of it wait. All of it for the same time: its first message holds up the others. */
async function retryAfterFailure(records: readonly QueueRecord[], delivery: GroupDelivery): Promise<readonly QueueRecord[]> {
  const leftover = await deliverGroup(records, delivery).catch((error: unknown): RetryRequest => {
    delivery.telemetry.error('group not delivered, will be retried', { outcome: 'retried', reason: messageOf(error), count: records.length });
    return { records, seconds: UNFORESEEN_SECONDS };
  });
  if (leftover === undefined) return [];
  try {
    await delivery.queue.defer(leftover.records, leftover.seconds);
  } catch (error) {
    // They come back all the same, when the visibility timeout of the queue is over.
    delivery.telemetry.warn('visibility timeout not changed', { reason: messageOf(error), count: leftover.records.length });
  }
  return leftover.records;
}
