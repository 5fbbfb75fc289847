import { actOn } from './incident';
import { groupOfSubject, parseDefaultSubject, statusAction } from './subject';
import { AmpAttributeName, MessageAttributeName } from '../../../src/contract/message';
import { redactKeys } from '../../shared/redact';
import { derivedDedupKey } from '../event/dedup-key';
import { NotificationFormat, type Notification } from '../notification';
import type { SnsNotification } from '../sns-notification';

/** How much of the message the page shows: enough to recognize it, not enough to be mistaken for it. */
const MAX_EXCERPT_CHARACTERS = 2000;

/**
 * A message that could not be read still pages, with all that is known of it. A resolve does nothing, because it is unknown
 * what it resolves. All such messages of a receiver and subject are one incident, so that a broken template pages once.
 */
export function unreadableNotification(sns: SnsNotification, reason: string): Notification {
  const { attributes, subject } = sns;
  const receiver = attributes.get(MessageAttributeName.RECEIVER);
  const name = attributes.get(MessageAttributeName.ROUTING_KEY);
  const group = groupOfSubject(parseDefaultSubject(sns)?.rest ?? '');
  return {
    format: NotificationFormat.UNREADABLE,
    ...actOn({ dedupKey: derivedDedupKey('unreadable', sns.topicArn, receiver ?? '', group), isCertain: false }, statusAction(sns)),
    routingKey: name === undefined ? {} : { name },
    receiver: receiver ?? 'unknown',
    fields: {
      summary: `A notification from Alertmanager could not be read${subject === '' ? '' : `: ${subject}`} (${reason})`,
      severity: attributes.get(MessageAttributeName.SEVERITY),
      source: 'Alertmanager',
      client: 'Alertmanager',
      details: withoutEmpty({
        reason,
        subject,
        status: attributes.get(MessageAttributeName.STATUS),
        receiver,
        severity: attributes.get(MessageAttributeName.SEVERITY),
        modified: attributes.get(AmpAttributeName.MODIFIED),
        truncated: attributes.get(AmpAttributeName.TRUNCATED),
        topic: sns.topicArn,
        message_id: sns.messageId,
        // Redacted first: an excerpt could end inside a key.
        message: redactKeys(sns.message).slice(0, MAX_EXCERPT_CHARACTERS),
      }),
    },
    cut: attributes.get(AmpAttributeName.TRUNCATED) === 'true',
  };
}

function withoutEmpty(details: Readonly<Record<string, string | undefined>>): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(details).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''));
}
