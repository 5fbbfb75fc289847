import { routingKeyOf, severityIn } from './common-fields';
import { actOn, firstLine, incidentOfSubject } from './incident';
import { commonValuesOfSubject, isReplacedSubject, parseDefaultSubject, statusAction } from './subject';
import { AmpAttributeName, MessageAttributeName } from '../../../src/contract/message';
import { PAGERDUTY_SEVERITIES } from '../../../src/contract/pagerduty-event';
import { worstSeverity } from '../event/severity';
import { NotificationFormat, type Notification } from '../notification';
import type { SnsNotification } from '../sns-notification';

/** Reads a message that a template of the user's own has printed: the page shows it, and the subject identifies the incident. */
export function readOwnText(sns: SnsNotification): Notification {
  const isCut = sns.attributes.get(AmpAttributeName.TRUNCATED) === 'true';
  return {
    format: NotificationFormat.OWN_TEXT,
    ...actOn(incidentOfSubject(sns), statusAction(sns)),
    routingKey: routingKeyOf(sns),
    receiver: sns.attributes.get(MessageAttributeName.RECEIVER) ?? 'unknown',
    fields: {
      summary: summaryOf(sns),
      severity: sns.attributes.get(MessageAttributeName.SEVERITY) ?? severityOf(sns),
      source: 'Alertmanager',
      client: 'Alertmanager',
      details: { ...(sns.subject === '' ? {} : { subject: sns.subject }), message: sns.message },
    },
    note: isCut ? 'the notification was too long for Amazon SNS and arrived truncated' : undefined,
    cut: isCut,
  };
}

/** The default subject names the alert; any other can be a constant. */
function summaryOf(sns: SnsNotification): string {
  if (parseDefaultSubject(sns)?.rest.trim()) return sns.subject;
  const prefix = sns.subject === '' || isReplacedSubject(sns.subject) ? '' : `${sns.subject}: `;
  return `${prefix}${firstLine(sns.message)}`;
}

/** What the text names as severity, else what stands among the common values of the default subject. */
function severityOf(sns: SnsNotification): string | undefined {
  const named = severityIn(`${sns.message}\n`)?.toLowerCase();
  if (named !== undefined && isKnown(named)) return named;
  const values = commonValuesOfSubject(parseDefaultSubject(sns)?.rest ?? '').toLowerCase().split(' ');
  return worstSeverity(values.filter(isKnown));
}

function isKnown(severity: string): boolean {
  return PAGERDUTY_SEVERITIES.some((known) => known === severity);
}
