import { isUtf8 } from 'buffer';
import { attributeSize, DEFAULT_TOPIC_MESSAGE_BYTES as MESSAGE_BYTES } from './message-size';
import type { PublishRequest } from './publish-request';
import type { Publication } from '../aws/messaging';

const SUBJECT_CHARACTERS = 100;

/**
 * Applies AMP's changes to a message that SNS would reject: AMP replaces or truncates it, and adds attributes that report the change.
 *
 * Alertmanager itself truncates at the same length, adds the same `truncated` attribute, and might split a character. The original
 * size is unknown here. A split character is removed instead of treating the message as invalid UTF-8, because AMP documents a
 * truncated message as readable.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver-validation-truncation.html
 */
export function amend(request: PublishRequest): Publication {
  const modifications: string[] = [];
  const cutByAlertmanager = request.attributes.some(({ name, value }) => name.toString() === 'truncated' && value.toString() === 'true');
  const message = amendMessage(request.message, cutByAlertmanager);
  const subject = request.subject === undefined ? undefined : amendSubject(request.subject);
  modifications.push(...message.modifications, ...(subject?.modifications ?? []));

  const kept = request.attributes.filter(({ name, value }) => isAttribute(name, value));
  const removed = request.attributes.length - kept.length;
  if (removed > 0) {
    modifications.push(`MessageAttribute: Error - ${removed} of the message attributes have been removed because of invalid MessageAttributeKey or MessageAttributeValue`);
  }
  const texts = kept.map(({ name, value }) => [name.toString(), value.toString()] as const);
  const attributes = fitAttributes(texts, Buffer.byteLength(message.text), modifications);
  if (message.truncated) {
    attributes.truncated = 'true';
  }
  if (modifications.length > 0) {
    attributes.modified = modifications.join('; ');
  }
  return { topicArn: request.topicArn, message: message.text, subject: subject?.text, attributes };
}

interface Amended {
  readonly text: string;
  readonly modifications: readonly string[];
  readonly truncated?: boolean;
}

function amendMessage(message: Buffer, cutByAlertmanager: boolean): Amended {
  if (cutByAlertmanager) {
    return { text: withoutTornCharacter(message), truncated: true, modifications: [truncation(message.length)] };
  }
  if (!isUtf8(message)) {
    const text = 'Error - not a valid UTF-8 encoded string';
    return { text, truncated: true, modifications: [`Message: ${text}`] };
  }
  if (message.length === 0) {
    const text = 'Error - Message should not be empty';
    return { text, modifications: [`Message: ${text}`] };
  }
  if (message.length > MESSAGE_BYTES) {
    return { text: withoutTornCharacter(message.subarray(0, MESSAGE_BYTES)), truncated: true, modifications: [truncation(message.length)] };
  }
  return { text: message.toString('utf8'), modifications: [] };
}

function truncation(bytes: number): string {
  return `Message: Error - Message has been truncated from ${Math.ceil(bytes / 1024)} KB, because it exceeds the 256 KB size limit`;
}

/** A cut counts bytes: what is left of a character at the end is taken off. */
function withoutTornCharacter(bytes: Buffer): string {
  for (let length = bytes.length; length > bytes.length - 4 && length > 0; length -= 1) {
    if (isUtf8(bytes.subarray(0, length))) {
      return bytes.subarray(0, length).toString('utf8');
    }
  }
  return bytes.toString('utf8');
}

function amendSubject(subject: Buffer): Amended {
  const text = subject.toString('latin1');
  if (!/^[\x20-\x7e]*$/.test(text)) {
    return {
      text: 'Error - contains non printable ASCII characters',
      modifications: ['Subject: Error - contains non-printable ASCII characters'],
    };
  }
  return text.length <= SUBJECT_CHARACTERS ? { text, modifications: [] } : {
    text: text.slice(0, SUBJECT_CHARACTERS),
    modifications: [`Subject: Error - Subject has been truncated from ${text.length} characters, because it exceeds the ${SUBJECT_CHARACTERS} character size limit`],
  };
}

/** The names and values that SNS accepts. */
function isAttribute(name: Buffer, value: Buffer): boolean {
  const key = name.toString('utf8');
  return /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/.test(key) && key.length <= 256 && !/^(aws|amazon)\./i.test(key)
    && value.length > 0 && isUtf8(value);
}

/** Drops the last attributes when message and attributes together are over the limit of a message. */
function fitAttributes(
  attributes: ReadonlyArray<readonly [string, string]>, messageBytes: number, modifications: string[],
): Record<string, string> {
  const kept: Record<string, string> = {};
  // A message that fills the limit alone is published with its attributes: AMP documents `truncated` on just those. Whether it gets
  // through is up to the limit of the topic.
  let room = messageBytes >= MESSAGE_BYTES - 4 ? MESSAGE_BYTES : MESSAGE_BYTES - messageBytes;
  let dropped = 0;
  for (const [name, value] of attributes) {
    room -= attributeSize(name, value);
    if (room >= 0) {
      kept[name] = value;
    } else {
      dropped += 1;
    }
  }
  if (dropped > 0) {
    modifications.push(`MessageAttribute: Error - ${dropped} of the message attributes have been removed, because it exceeds the 256KB size limit`);
  }
  return kept;
}
