import { isArray, isRecord, textOf } from '../guards';

/** A message of the FIFO queue as Lambda hands it to the function. */
export interface QueueRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly group: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** How often it has been received, this time included. */
  readonly attempt: number;
}

/**
 * The messages in the input of the function.
 *
 * @throws TypeError when the input does not come from SQS: a wrong event source, not a wrong message.
 */
export function parseQueueEvent(event: unknown, now: number): QueueRecord[] {
  const records = isRecord(event) ? event.Records : undefined;
  if (!isArray(records)) throw new TypeError('the input is no SQS event: it has no Records');
  return records.map((record) => {
    const messageId = isRecord(record) ? textOf(record.messageId) : undefined;
    if (!isRecord(record) || messageId === undefined) throw new TypeError('the input is no SQS event: a record has no messageId');
    const attributes = isRecord(record.attributes) ? record.attributes : {};
    return {
      messageId,
      receiptHandle: textOf(record.receiptHandle) ?? '',
      body: textOf(record.body) ?? '',
      // Without a group there is no order to keep.
      group: textOf(attributes.MessageGroupId) ?? messageId,
      sentAt: positive(attributes.SentTimestamp) ?? now,
      attempt: positive(attributes.ApproximateReceiveCount) ?? 1,
    };
  });
}

/** The messages of a batch by group, in their order. */
export function groupRecords(records: readonly QueueRecord[]): QueueRecord[][] {
  const groups = new Map<string, QueueRecord[]>();
  for (const record of records) groups.set(record.group, [...(groups.get(record.group) ?? []), record]);
  return Array.from(groups.values());
}

function positive(value: unknown): number | undefined {
  const number = Number(value);
  return number > 0 && Number.isFinite(number) ? number : undefined;
}
