import type { Message } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSMessageAttributes } from 'aws-lambda';

/** Messages of a queue in the form in which AWS Lambda hands them to a function. */
export function sqsEvent(messages: readonly Message[], queueArn: string, region: string): SQSEvent {
  return {
    Records: messages.map((message) => ({
      messageId: message.MessageId ?? '',
      receiptHandle: message.ReceiptHandle ?? '',
      body: message.Body ?? '',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: '0',
        SenderId: '',
        ApproximateFirstReceiveTimestamp: '0',
        ...message.Attributes,
      },
      messageAttributes: messageAttributes(message),
      md5OfBody: message.MD5OfBody ?? '',
      ...(message.MD5OfMessageAttributes === undefined ? {} : { md5OfMessageAttributes: message.MD5OfMessageAttributes }),
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: region,
    })),
  };
}

function messageAttributes({ MessageAttributes }: Message): SQSMessageAttributes {
  const attributes: SQSMessageAttributes = {};
  for (const [name, { DataType, StringValue }] of Object.entries(MessageAttributes ?? {})) {
    attributes[name] = { dataType: DataType === 'Number' ? 'Number' : 'String', stringValue: StringValue, stringListValues: [], binaryListValues: [] };
  }
  return attributes;
}

/**
 * Which messages of a batch are done, so that they are deleted; the others come back when their visibility timeout ends.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function doneMessages(messages: readonly Message[], response: unknown, reportsBatchItemFailures: boolean): readonly Message[] {
  if (!reportsBatchItemFailures) {
    return messages;
  }
  const failures = failedIds(response);
  const known = new Set(messages.map(({ MessageId }) => MessageId));
  // An answer that cannot be understood, or that names other messages, counts as a failure of the whole batch.
  if (failures === undefined || failures.some((id) => !known.has(id))) {
    return [];
  }
  return messages.filter(({ MessageId }) => !failures.includes(MessageId ?? ''));
}

function failedIds(response: unknown): string[] | undefined {
  if (response === null || response === undefined) {
    return [];
  }
  const { batchItemFailures } = response as Partial<SQSBatchResponse>;
  if (batchItemFailures === null || batchItemFailures === undefined) {
    return [];
  }
  if (!Array.isArray(batchItemFailures)) {
    return undefined;
  }
  const ids = batchItemFailures.map((failure: Partial<SQSBatchResponse['batchItemFailures'][number]> | null) => failure?.itemIdentifier);
  return ids.every((id): id is string => typeof id === 'string' && id !== '') ? ids : undefined;
}
