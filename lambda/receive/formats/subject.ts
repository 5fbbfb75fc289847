import { AmpAttributeName, MessageAttributeName } from '../../../src/contract/message';
import type { PagerDutyEvent } from '../../../src/contract/pagerduty-event';
import type { SnsNotification } from '../sns-notification';

/** A subject as Alertmanager's default template prints it: `[FIRING:2] <group values> (<other common values>)`. */
export interface DefaultSubject {
  readonly action: PagerDutyEvent['event_action'];
  /** What follows the status, white space included. */
  readonly rest: string;
}

const DEFAULT_SUBJECT = /^\[(?:FIRING:\d+|RESOLVED)\] ?(.*)$/s;

/** The subject if it has the form of Alertmanager's default, and AMP has not cut it. */
export function parseDefaultSubject(sns: SnsNotification): DefaultSubject | undefined {
  const rest = DEFAULT_SUBJECT.exec(sns.subject)?.[1];
  if (rest === undefined || /Subject.*truncated/i.test(sns.attributes.get(AmpAttributeName.MODIFIED) ?? '')) return undefined;
  return { action: sns.subject.startsWith('[RESOLVED]') ? 'resolve' : 'trigger', rest };
}

/** Whether AMP published a constant text in place of the subject. */
export function isReplacedSubject(subject: string): boolean {
  return subject.startsWith('Error - ');
}

/**
 * Whether a message that does not report it itself triggers or resolves, as the article does it: by the subject. A subject
 * that starts with `[FIRING` and has `[RESOLVED]` further on has it from a label; and when in doubt it is a trigger,
 * because a page too many is better than one too few.
 */
export function statusAction({ subject, attributes }: SnsNotification): PagerDutyEvent['event_action'] {
  const status = attributes.get(MessageAttributeName.STATUS);
  if (status !== undefined) return status === 'resolved' ? 'resolve' : 'trigger';
  return subject.includes('[RESOLVED]') && !subject.trimStart().startsWith('[FIRING') ? 'resolve' : 'trigger';
}

/**
 * The values of the group labels in what follows the status of a default subject. The template prints the other common values
 * in parentheses at the end, and a space if there are none: parentheses elsewhere belong to the group.
 */
export function groupOfSubject(rest: string): string {
  const opening = rest.endsWith(')') ? openingOfLast(rest) : -1;
  return (opening < 0 ? rest : rest.slice(0, opening)).trim();
}

/** The opening parenthesis that belongs to the last character. */
function openingOfLast(text: string): number {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ')') depth += 1;
    if (text[at] === '(') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** The other common values of a default subject: what stands in the parentheses at its end. */
export function commonValuesOfSubject(rest: string): string {
  const opening = rest.endsWith(')') ? openingOfLast(rest) : -1;
  return opening < 0 ? '' : rest.slice(opening + 1, -1);
}
