import { commonLabels, parseAlertList, type ListedAlert } from './alert-list';
import { routingKeyOf } from './common-fields';
import { groupValuesOf } from './group-values';
import { actOn, type Incident } from './incident';
import { isReplacedSubject, parseDefaultSubject } from './subject';
import { AmpAttributeName, MessageAttributeName } from '../../../src/contract/message';
import type { PagerDutyEvent } from '../../../src/contract/pagerduty-event';
import { derivedDedupKey } from '../event/dedup-key';
import { worstSeverity } from '../event/severity';
import { NotificationFormat, type Notification } from '../notification';
import type { SnsNotification } from '../sns-notification';

/**
 * Reads the message that Alertmanager writes when an SNS receiver has none of its own: common annotations, then lists of
 * the alerts that fire and of those that are resolved. `undefined` when it is something else.
 */
export function readDefaultText(sns: SnsNotification): Notification | undefined {
  const alerts = parseAlertList(sns.message);
  if (alerts.length === 0) return undefined;
  const isCut = sns.attributes.get(AmpAttributeName.TRUNCATED) === 'true';
  const incident = incidentOf(alerts, sns);
  return {
    format: NotificationFormat.DEFAULT_TEXT,
    // The labels that all alerts share are not known if some alerts are missing.
    ...actOn({ ...incident, isCertain: incident.isCertain && !isCut }, actionOf(alerts, sns)),
    routingKey: routingKeyOf(sns),
    receiver: sns.attributes.get(MessageAttributeName.RECEIVER) ?? 'unknown',
    fields: {
      summary: summaryOf(alerts, sns),
      severity: sns.attributes.get(MessageAttributeName.SEVERITY) ?? worstSeverity(alerts.map(({ labels }) => labels.get('severity'))),
      source: 'Alertmanager',
      client: 'Alertmanager',
      details: { message: sns.message },
    },
    note: isCut ? 'the notification was too long for Amazon SNS and arrived truncated' : undefined,
    cut: isCut,
  };
}

/** By the attribute or the default subject, which no value can imitate; else by the list. */
function actionOf(alerts: readonly ListedAlert[], sns: SnsNotification): PagerDutyEvent['event_action'] {
  const status = sns.attributes.get(MessageAttributeName.STATUS);
  if (status !== undefined) return status === 'resolved' ? 'resolve' : 'trigger';
  return parseDefaultSubject(sns)?.action ?? (alerts.some(({ isFiring }) => isFiring) ? 'trigger' : 'resolve');
}

/**
 * By the values of the group labels, if the default subject has arrived whole. If AMP has replaced or cut it, or it is a
 * constant of the user, by the labels that all alerts share: alerts of two groups always differ in one of them.
 */
function incidentOf(alerts: readonly ListedAlert[], sns: SnsNotification): Incident {
  const shared = commonLabels(alerts);
  const subject = parseDefaultSubject(sns);
  const groupValues = subject === undefined || shared.length === 0 ? undefined : groupValuesOf(subject.rest, shared);
  const receiver = sns.attributes.get(MessageAttributeName.RECEIVER) ?? '';
  return groupValues !== undefined
    ? { dedupKey: derivedDedupKey('group', sns.topicArn, receiver, ...groupValues), isCertain: true }
    : { dedupKey: derivedDedupKey('labels', sns.topicArn, receiver, ...shared.map((pair) => JSON.stringify(pair)).sort()), isCertain: shared.length > 0 };
}

function summaryOf(alerts: readonly ListedAlert[], sns: SnsNotification): string {
  const isDefault = /^\[(?:FIRING:\d+|RESOLVED)\] \S/.test(sns.subject);
  if (isDefault) return sns.subject;
  const count = alerts.filter(({ isFiring }) => isFiring).length;
  const prefix = sns.subject === '' || isReplacedSubject(sns.subject) ? '' : `${sns.subject}: `;
  const values = commonLabels(alerts).map(([, value]) => value).join(' ');
  return `${prefix}${count > 0 ? `[FIRING:${count}]` : '[RESOLVED]'} ${values}`;
}
