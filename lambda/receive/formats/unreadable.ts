import { AmpAttributeName, MessageAttributeName } from '../../../src/contract/message';
import { redactKeys } from '../../shared/redact';
import { derivedDedupKey } from '../event/dedup-key';
import { NotificationFormat, type Notification } from '../notification';
import type { SnsNotification } from '../sns-notification';

/** How much of the message the page shows: enough to recognise it, not enough to be mistaken for it. */
const EXCERPT_CHARACTERS = 2000;

/**
 * A message that nobody could read still pages, with all that is known of it. It always triggers, for there is no telling
 * what it resolves; and all such messages of a receiver are one incident, so that a broken template pages once.
 */
export function unreadableNotification(sns: SnsNotification, reason: string): Notification {
  const { attributes } = sns;
  const receiver = attributes.get(MessageAttributeName.RECEIVER);
  const name = attributes.get(MessageAttributeName.ROUTING_KEY);
  const subject = sns.subject === '' ? '' : `: ${redactKeys(sns.subject)}`;
  return {
    format: NotificationFormat.UNREADABLE,
    action: 'trigger',
    dedupKey: derivedDedupKey('unreadable', sns.topicArn, receiver ?? ''),
    routingKey: name === undefined ? {} : { name },
    receiver: receiver ?? 'unknown',
    fields: {
      summary: `A notification from Alertmanager could not be read${subject} (${reason})`,
      severity: attributes.get(MessageAttributeName.SEVERITY),
      source: 'Alertmanager',
      client: 'Alertmanager',
      details: withoutEmpty({
        reason,
        subject: redactKeys(sns.subject),
        status: attributes.get(MessageAttributeName.STATUS),
        receiver,
        severity: attributes.get(MessageAttributeName.SEVERITY),
        modified: attributes.get(AmpAttributeName.MODIFIED),
        truncated: attributes.get(AmpAttributeName.TRUNCATED),
        topic: sns.topicArn,
        message_id: sns.messageId,
        message: redactKeys(sns.message).slice(0, EXCERPT_CHARACTERS),
      }),
    },
    cut: attributes.get(AmpAttributeName.TRUNCATED) === 'true',
  };
}

function withoutEmpty(details: Readonly<Record<string, string | undefined>>): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(details).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''));
}
