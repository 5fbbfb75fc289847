import { MessageAttributeName } from '../../../src/contract/message';
import type { PagerDutyEvent } from '../../../src/contract/pagerduty-event';
import type { SnsNotification } from '../sns-notification';

/**
 * Whether a message that does not say so itself triggers or resolves, as the article does it: by the subject. A subject
 * that starts with `[FIRING` and has `[RESOLVED]` further on has it from a label; and when in doubt it is a trigger,
 * because a page too many is better than one too few.
 */
export function statusAction({ subject, attributes }: SnsNotification): PagerDutyEvent['event_action'] {
  const status = attributes.get(MessageAttributeName.STATUS);
  if (status !== undefined) return status === 'resolved' ? 'resolve' : 'trigger';
  return subject.includes('[RESOLVED]') && !subject.trimStart().startsWith('[FIRING') ? 'resolve' : 'trigger';
}

/** What the subjects of a trigger and of its resolve have in common: `[FIRING:1] X (b c)` and `[RESOLVED] X (c)` are of `X`. */
export function statusFreeSubject(subject: string): string {
  return subject.replace(/^\s*\[[^\]]*\]\s*/, '').replace(/\s*\(.*$/s, '');
}
