import { readRelayMessage } from './relay';
import { unreadableNotification } from './unreadable';
import { looksLikeRelayMessage } from '../decode/decode-message';
import { NotificationFormat, type Notification } from '../notification';
import { redactNotification } from '../redact-notification';
import type { SnsNotification } from '../sns-notification';

/**
 * Reads a message in whatever format it is. Never fails: what cannot be read becomes a notification about that, for an
 * alert that is lost here is lost for good.
 */
export function readNotification(sns: SnsNotification): Notification {
  // Messages of the construct hold no routing keys, and a relay that cannot be read might not be one.
  const read = readSafely(sns);
  return read.format === NotificationFormat.RELAY ? read : redactNotification(read);
}

function readSafely(sns: SnsNotification): Notification {
  try {
    const read = readKnownFormat(sns);
    return typeof read === 'string' ? unreadableNotification(sns, read) : read;
  } catch (error) {
    // For example a structure too deep for the stack. What the error says can quote the message.
    return unreadableNotification(sns, `reading it failed with ${error instanceof Error ? error.name : 'an error'}`);
  }
}

function readKnownFormat(sns: SnsNotification): Notification | string {
  if (looksLikeRelayMessage(sns.message)) return readRelayMessage(sns);
  if (sns.message.startsWith(AMP_REPLACEMENT)) return `AMP could not publish it: ${sns.message.slice(AMP_REPLACEMENT.length, MAX_REASON_CHARACTERS)}`;
  if (sns.message.trim() === '') return 'the message is empty';
  // On demand: a page in the construct's own format would wait for it.
  const { readOtherFormat } = require('./other-formats') as typeof import('./other-formats');
  return readOtherFormat(sns);
}

/**
 * What AMP publishes instead of a message that it cannot publish starts like this.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver-validation-truncation.html
 */
const AMP_REPLACEMENT = 'Error - ';

const MAX_REASON_CHARACTERS = 100;
