import type { QueueRecord } from './queue-record';
import { DeadLetterAttributeName, type DeadLetterReason } from '../../../src/contract/queued-event';
import type { AwsClient } from '../aws/aws-client';
import { isArray, isRecord, textOf } from '../guards';

/** The queue that the events come from, and the one for those that cannot be delivered. */
export interface DeliveryQueue {
  /** Lets messages be received again after a time. */
  defer(records: readonly QueueRecord[], seconds: number): Promise<void>;
  /** Sends a message to the dead-letter queue; it is still in its own until the function reports it as done. */
  deadLetter(record: QueueRecord, code: DeadLetterReason, reason: string): Promise<void>;
}

/** SQS takes this many messages at once. */
const BATCH = 10;

export function sqsDeliveryQueue(client: AwsClient, queueUrl: string, deadLetterQueueUrl: string): DeliveryQueue {
  return {
    defer: async (records, seconds) => {
      for (let from = 0; from < records.length; from += BATCH) {
        const { Failed: failures } = await client.call('ChangeMessageVisibilityBatch', {
          QueueUrl: queueUrl,
          Entries: records.slice(from, from + BATCH).map(({ receiptHandle }, index) => ({
            Id: String(index), ReceiptHandle: receiptHandle, VisibilityTimeout: seconds,
          })),
        });
        if (isArray(failures) && failures.length > 0) {
          const [first] = failures;
          throw new Error(`${failures.length} messages kept their visibility timeout: ${(isRecord(first) ? textOf(first.Code) : undefined) ?? 'unknown'}`);
        }
      }
    },
    deadLetter: async (record, code, reason) => {
      await client.call('SendMessage', {
        QueueUrl: deadLetterQueueUrl,
        MessageBody: record.body,
        MessageGroupId: record.group,
        // Sent twice when the function ended before it could report: the queue keeps one.
        MessageDeduplicationId: `dead-letter-${record.messageId}`,
        MessageAttributes: {
          [DeadLetterAttributeName.CODE]: { DataType: 'String', StringValue: code },
          [DeadLetterAttributeName.REASON]: { DataType: 'String', StringValue: reasonText(reason) },
        },
      });
    },
  };
}

/** SQS refuses control characters, lone surrogates and empty texts. */
function reasonText(reason: string): string {
  return reason.replace(/[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd]/g, '?').slice(0, 1000) || 'unknown';
}
