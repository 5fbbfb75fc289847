import { isArray, isRecord, textOf } from '../shared/guards';

/** A message as SNS hands it to a function. */
export interface SnsNotification {
  readonly messageId: string;
  readonly topicArn: string;
  /** When SNS accepted the message (ISO 8601). */
  readonly timestamp: string;
  readonly subject: string;
  readonly message: string;
  /** Message attributes by name; those that are not strings are left out. */
  readonly attributes: ReadonlyMap<string, string>;
}

/**
 * The records in the input of the function.
 *
 * @throws TypeError when the input does not come from SNS: a wrong event source, not a wrong message.
 */
export function recordsOf(event: unknown): readonly unknown[] {
  const records = isRecord(event) ? event.Records : undefined;
  if (!isArray(records)) throw new TypeError('the input is not an SNS event: it has no Records');
  return records;
}

/**
 * The message in a record. Records are parsed one by one, so that a wrong one does not keep the others from the queue.
 *
 * @throws TypeError when the record is not one of SNS.
 */
export function parseSnsRecord(record: unknown): SnsNotification {
  const sns = isRecord(record) ? record.Sns : undefined;
  if (!isRecord(sns)) throw new TypeError('the input is not an SNS event: a record has no Sns');
  const messageId = textOf(sns.MessageId);
  if (messageId === undefined) throw new TypeError('the input is not an SNS event: a record has no MessageId');
  return {
    messageId,
    topicArn: textOf(sns.TopicArn) ?? '',
    // Events are ordered by it: the time of arrival is close, none at all would keep the order of arrival.
    timestamp: textOf(sns.Timestamp) ?? new Date().toISOString(),
    subject: textOf(sns.Subject) ?? '',
    message: textOf(sns.Message) ?? '',
    attributes: parseAttributes(sns.MessageAttributes),
  };
}

function parseAttributes(attributes: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, attribute] of Object.entries(isRecord(attributes) ? attributes : {})) {
    const value = isRecord(attribute) ? textOf(attribute.Value) : undefined;
    if (value !== undefined) found.set(name, value);
  }
  return found;
}
