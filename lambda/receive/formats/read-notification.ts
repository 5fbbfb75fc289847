import { readAmpJsonMessage } from './amp-json';
import { readArticleMessage } from './article';
import { readDefaultText } from './default-text';
import { readRelayMessage } from './relay';
import { unreadableNotification } from './unreadable';
import { redactKeys } from '../../shared/redact';
import { looksLikeRelayMessage } from '../decode/decode-message';
import type { Notification } from '../notification';
import type { SnsNotification } from '../sns-notification';

/**
 * Reads a message in whatever format it is. Never fails: what cannot be read becomes a notification that says so, for an
 * alert that is lost here is lost for good.
 */
export function readNotification(received: SnsNotification): Notification {
  // Messages of the construct hold no routing keys; whoever puts them into a message may put them into an attribute too.
  const sns = looksLikeRelayMessage(received.message) ? received : withoutKeysInAttributes(received);
  try {
    const read = readKnownFormat(sns);
    return typeof read === 'string' ? unreadableNotification(sns, read) : read;
  } catch (error) {
    // For example a structure too deep for the stack. What the error says may quote the message.
    return unreadableNotification(sns, `reading it failed with ${error instanceof Error ? error.name : 'an error'}`);
  }
}

function withoutKeysInAttributes(sns: SnsNotification): SnsNotification {
  return { ...sns, attributes: new Map(Array.from(sns.attributes, ([name, value]) => [name, redactKeys(value)])) };
}

function readKnownFormat(sns: SnsNotification): Notification | string {
  if (looksLikeRelayMessage(sns.message)) return readRelayMessage(sns);
  const replacement = AMP_REPLACEMENTS.find((text) => sns.message.startsWith(text));
  if (replacement !== undefined) return `AMP could not publish it: ${replacement.slice('Error - '.length)}`;
  if (sns.message.trim() === '') return 'the message is empty';
  return readAmpJsonMessage(sns) ?? readArticleMessage(sns) ?? readDefaultText(sns) ?? 'the message is in no format that the relay knows';
}

/**
 * What AMP publishes instead of a message that it cannot publish.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver-validation-truncation.html
 */
const AMP_REPLACEMENTS = ['Error - not a valid UTF-8 encoded string', 'Error - Message should not be empty'];
