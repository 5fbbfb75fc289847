import { PagerDutyLimit } from '../../../src/contract/pagerduty-event';

/** Cuts a summary as Alertmanager does: to 1023 characters (code points) and an ellipsis. */
export function cutSummary(text: string): { readonly text: string; readonly isCut: boolean } {
  const limit = PagerDutyLimit.SUMMARY_CHARACTERS;
  if (text.length <= limit) return { text, isCut: false };
  const characters = Array.from(text);
  if (characters.length <= limit) return { text, isCut: false };
  return { text: `${characters.slice(0, limit - 1).join('')}…`, isCut: true };
}
