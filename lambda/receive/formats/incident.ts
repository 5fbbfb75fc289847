import { groupOfSubject, parseDefaultSubject } from './subject';
import { MessageAttributeName } from '../../../src/contract/message';
import type { PagerDutyEvent } from '../../../src/contract/pagerduty-event';
import { derivedDedupKey } from '../event/dedup-key';
import type { Notification } from '../notification';
import type { SnsNotification } from '../sns-notification';

/** The incident that a message of another setup belongs to. */
export interface Incident {
  readonly dedupKey: string;
  /** The resolve of an alert has the same key as its trigger, and no other alert has it. */
  readonly isCertain: boolean;
}

/** What a message does to its incident. A resolve of an uncertain incident does nothing: it could close another one. */
export function actOn(incident: Incident, action: PagerDutyEvent['event_action']): Pick<Notification, 'action' | 'dedupKey' | 'skipped'> {
  return {
    action,
    dedupKey: incident.dedupKey,
    ...(action === 'resolve' && !incident.isCertain && { skipped: 'the message does not identify the incident that it resolves' }),
  };
}

/**
 * The incident by the subject, for a message that has nothing better. Certain is only the default subject of Alertmanager, which
 * prints the values of the group labels. Other subjects can be the same for all alerts, so their triggers have keys that no
 * resolve has, and the first line of the message takes part.
 */
export function incidentOfSubject(sns: SnsNotification): Incident {
  const receiver = sns.attributes.get(MessageAttributeName.RECEIVER) ?? '';
  const subject = sns.subject.length < MAX_SUBJECT_CHARACTERS ? parseDefaultSubject(sns) : undefined;
  const group = subject === undefined ? '' : groupOfSubject(subject.rest);
  return group === ''
    ? { dedupKey: derivedDedupKey('text', sns.topicArn, receiver, stablePart(sns.subject), stablePart(firstLine(sns.message))), isCertain: false }
    : { dedupKey: derivedDedupKey('subject', sns.topicArn, receiver, group), isCertain: true };
}

export function firstLine(message: string): string {
  return /\S.*/.exec(message)?.[0].trim() ?? '';
}

/** A text without what differs between two notifications of one group: counts, measured values, and the status. */
function stablePart(text: string): string {
  return text.replace(/\d+/g, '').replace(/\b(?:firing|resolved)\b/gi, '').slice(0, MAX_STABLE_CHARACTERS);
}

/** SNS takes no longer subject: one of this length can have been cut. */
const MAX_SUBJECT_CHARACTERS = 100;

const MAX_STABLE_CHARACTERS = 1000;
