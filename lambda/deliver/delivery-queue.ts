import { ChangeMessageVisibilityBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { QueueRecord } from './queue-record';
import { DeadLetterAttributeName, type ParkReason } from '../../src/contract/queued-event';

/** The queue that the events come from, and the one for those that cannot be delivered. */
export interface DeliveryQueue {
  /** Lets messages be received again after a time. */
  defer(records: readonly QueueRecord[], seconds: number): Promise<void>;
  /** Puts a message into the dead-letter queue; it is still in its own until the function reports it as done. */
  park(record: QueueRecord, code: ParkReason, reason: string): Promise<void>;
}

/** SQS takes this many messages at once. */
const BATCH = 10;

export function sqsDeliveryQueue(client: Pick<SQSClient, 'send'>, queueUrl: string, deadLetterQueueUrl: string): DeliveryQueue {
  return {
    defer: async (records, seconds) => {
      for (let from = 0; from < records.length; from += BATCH) {
        const { Failed: failures = [] } = await client.send(new ChangeMessageVisibilityBatchCommand({
          QueueUrl: queueUrl,
          Entries: records.slice(from, from + BATCH).map(({ receiptHandle }, index) => ({
            Id: String(index), ReceiptHandle: receiptHandle, VisibilityTimeout: seconds,
          })),
        }));
        if (failures.length > 0) throw new Error(`${failures.length} messages kept their visibility timeout: ${failures[0].Code ?? 'unknown'}`);
      }
    },
    park: async (record, code, reason) => {
      await client.send(new SendMessageCommand({
        QueueUrl: deadLetterQueueUrl,
        MessageBody: record.body,
        MessageGroupId: record.group,
        // Parked twice, when the function ended before it could report: it lies there once.
        MessageDeduplicationId: `parked-${record.messageId}`,
        MessageAttributes: {
          [DeadLetterAttributeName.CODE]: { DataType: 'String', StringValue: code },
          [DeadLetterAttributeName.REASON]: { DataType: 'String', StringValue: reasonText(reason) },
        },
      }));
    },
  };
}

/** SQS refuses control characters, lone surrogates and empty texts. */
function reasonText(reason: string): string {
  return reason.replace(/[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd]/g, '?').slice(0, 1000) || 'unknown';
}
