import { statusFreeSubject } from './subject';
import { AmpAttributeName, MessageAttributeName } from '../../../src/contract/message';
import { derivedDedupKey } from '../event/dedup-key';
import { worstSeverity } from '../event/severity';
import { NotificationFormat, type Notification } from '../notification';
import type { SnsNotification } from '../sns-notification';

/**
 * Reads the message that Alertmanager writes when an SNS receiver has none of its own: common annotations, then lists of
 * the alerts that fire and of those that are resolved. `undefined` when it is something else.
 */
export function readDefaultText(sns: SnsNotification): Notification | undefined {
  const { message } = sns;
  const isFiring = /^Alerts Firing:\s*$/m.test(message);
  const isResolved = /^Alerts Resolved:\s*$/m.test(message);
  if (!(isFiring || isResolved) || !/^Labels:\s*$/m.test(message)) return undefined;
  const alertName = label(message, 'alertname') ?? '';
  const name = sns.attributes.get(MessageAttributeName.ROUTING_KEY);
  const isCut = sns.attributes.get(AmpAttributeName.TRUNCATED) === 'true';
  return {
    format: NotificationFormat.DEFAULT_TEXT,
    action: isFiring ? 'trigger' : 'resolve',
    // The part of the subject before the parenthesis is the values of the group labels, the same for trigger and resolve.
    dedupKey: derivedDedupKey(sns.topicArn, statusFreeSubject(sns.subject) || alertName),
    routingKey: name === undefined ? {} : { name },
    receiver: sns.attributes.get(MessageAttributeName.RECEIVER) ?? 'unknown',
    fields: {
      summary: sns.subject || `${isFiring ? '[FIRING]' : '[RESOLVED]'} ${alertName}`,
      severity: sns.attributes.get(MessageAttributeName.SEVERITY) ?? worstSeverity(labels(message, 'severity')),
      source: 'Alertmanager',
      client: 'Alertmanager',
      details: { message },
    },
    note: isCut ? 'the notification was too long for Amazon SNS and arrived cut' : undefined,
    cut: isCut,
  };
}

function label(message: string, name: string): string | undefined {
  return labels(message, name)[0];
}

function labels(message: string, name: string): string[] {
  return Array.from(message.matchAll(new RegExp(`^ - ${name} = (.*)$`, 'gm')), ([, value]) => value);
}
