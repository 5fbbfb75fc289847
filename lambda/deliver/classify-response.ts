import type { HttpAnswer } from './http';
import { isArray, isRecord, textOf } from '../shared/guards';

/** What PagerDuty's answer means for an event. */
export type ResponseClass =
  /** PagerDuty has it. */
  | { readonly kind: 'accepted' }
  /** Not now: the same request can succeed later. */
  | { readonly kind: 'unavailable'; readonly reason: string; readonly retryAfterSeconds?: number }
  /** The event is fine, the routing key is not: a person can put that right. */
  | { readonly kind: 'key-refused'; readonly reason: string }
  /** The event itself: retrying cannot help. */
  | { readonly kind: 'rejected'; readonly reason: string };

/**
 * Only an answer that speaks of the event rejects it. A redirect does not: something stands between here and PagerDuty, or
 * the address has changed, and the event has not been looked at.
 *
 * @see https://developer.pagerduty.com/docs/events-api-v2-overview, "Response Codes & Retry Logic"
 */
export function classifyResponse(answer: HttpAnswer, now: number): ResponseClass {
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'accepted' };
  const said = whatItSays(answer.body);
  const reason = `PagerDuty answered ${status}${said === '' ? '' : `: ${said}`}`;
  if (status === 408 || status === 429 || status >= 500 || status < 400) {
    const retryAfterSeconds = parseRetryAfter(answer.retryAfter, now);
    return { kind: 'unavailable', reason, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  }
  const isAboutKey = status === 401 || status === 403 || (status === 400 && ABOUT_KEY.test(said));
  return { kind: isAboutKey ? 'key-refused' : 'rejected', reason };
}

/** `Invalid routing key`, `Length of 'routing_key' is incorrect …`, `'routing_key' cannot contain …`: texts seen in answers. */
const ABOUT_KEY = /routing[ _-]?key/i;

const LONGEST_REASON = 500;

/** PagerDuty's message and errors; or the text, for some answers are not JSON. */
function whatItSays(body: string): string {
  const parsed = parse(body);
  const text = isRecord(parsed)
    ? [textOf(parsed.message) ?? '', ...(isArray(parsed.errors) ? parsed.errors.map(String) : [])].filter((part) => part !== '').join(': ')
    : body;
  return text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_REASON);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Seconds to wait, from either of the two forms of the header. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text);
  const date = /[a-z]/i.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}
