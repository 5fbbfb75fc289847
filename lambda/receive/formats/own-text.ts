import { routingKeyOf, severityIn } from './common-fields';
import { actOn, firstLine, incidentOfSubject } from './incident';
import { commonValuesOfSubject, isReplacedSubject, parseDefaultSubject, statusAction } from './subject';
import { AmpAttributeName, MessageAttributeName } from '../../../src/contract/message';
import { PAGERDUTY_SEVERITIES, type PagerDutyEvent } from '../../../src/contract/pagerduty-event';
import { parseRecord } from '../../shared/guards';
import { worstSeverity } from '../event/severity';
import { NotificationFormat, type Notification } from '../notification';
import type { SnsNotification } from '../sns-notification';

/** Reads a message that a template of the user's own has printed: the page shows it, and the subject identifies the incident. */
export function readOwnText(sns: SnsNotification): Notification {
  const isCut = sns.attributes.get(AmpAttributeName.TRUNCATED) === 'true';
  return {
    format: NotificationFormat.OWN_TEXT,
    ...actOn(incidentOfSubject(sns), actionOf(sns)),
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

/** By attribute or subject. Where neither has it, the text itself can report that its alert is resolved, which is no reason to page. */
function actionOf(sns: SnsNotification): PagerDutyEvent['event_action'] {
  const isTold = sns.attributes.has(MessageAttributeName.STATUS) || /^\s*\[FIRING/.test(sns.subject);
  return !isTold && saysResolved(sns.message) ? 'resolve' : statusAction(sns);
}

/**
 * Whether a text reports the status `resolved` where templates print it: in front of everything else as Alertmanager's own texts do, as the first line
 * with a status, or as a member of a JSON object. A text that speaks of resolving, or of something that fires, pages.
 */
function saysResolved(message: string): boolean {
  if (/firing/i.test(message)) return false;
  const { status } = parseRecord(message) ?? {};
  const line = /^[*_]*status[*_]*[ \t]*[:=](.*)$/im.exec(message)?.[1];
  return /^\s*\[RESOLVED\]/.test(message) || (typeof status === 'string' && isResolved(status)) || (line !== undefined && isResolved(line));
}

function isResolved(status: string): boolean {
  return /^[\s*_"']*resolved[\s*_"']*$/i.test(status);
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
