import type { HttpAnswer } from './http';
import { isArray, isRecord, textOf } from '../shared/guards';
import { parseRetryAfter } from '../shared/net/retry-after';

/** What PagerDuty's response means for an event. */
export type ResponseClass =
  /** PagerDuty has the event. */
  | { readonly kind: 'accepted' }
  /** Too many requests for this routing key. */
  | { readonly kind: 'limited'; readonly reason: string; readonly retryAfterSeconds?: number }
  /** Not now: the same request can succeed later. */
  | { readonly kind: 'unavailable'; readonly reason: string; readonly retryAfterSeconds?: number }
  /** The event is fine, the routing key is not: an operator can fix that. */
  | { readonly kind: 'key-refused'; readonly reason: string }
  /** The request has too many bytes. */
  | { readonly kind: 'too-large'; readonly reason: string }
  /** The event itself: a retry cannot help. */
  | { readonly kind: 'rejected'; readonly reason: string };

/**
 * Only a response in PagerDuty's own form decides about an event. Anything else comes from something in between, such as a
 * proxy or a load balancer, and says nothing about what PagerDuty would answer: the event is retried.
 *
 * @see https://developer.pagerduty.com/docs/events-api-v2-overview, "Response Codes & Retry Logic"
 */
export function classifyResponse(answer: HttpAnswer, now: number): ResponseClass {
  const { status } = answer;
  const body = parseBody(answer.body);
  if (status >= 200 && status < 300) return classifySuccess(answer, body);
  const said = describeBody(body, answer.body);
  const reason = `PagerDuty answered ${status}${said === '' ? '' : `: ${said}`}`;
  const retryAfterSeconds = parseRetryAfter(answer.retryAfter, now);
  const later = { reason, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
  const isPage = isHtml(answer.body);
  if (status === 429 || (status === 403 && !isPage && ABOUT_LIMIT.test(said))) return { kind: 'limited', ...later };
  if (status < 400 || status >= 500 || status === 408 || status === 407) return { kind: 'unavailable', ...later };
  if (status === 413) return { kind: 'too-large', reason };
  if (!isPage && (status === 401 || status === 403 || ABOUT_KEY.test(said))) return { kind: 'key-refused', reason };
  if ((status === 400 || status === 422) && speaksOfEvent(body)) return { kind: 'rejected', reason };
  return { kind: 'unavailable', ...later };
}

/** A 202 whose body is empty or was lost is PagerDuty's. Any other success must say that it is one. */
function classifySuccess({ status, body, isComplete }: HttpAnswer, parsed: unknown): ResponseClass {
  const isNothing = body.trim() === '' || (!isComplete && !isHtml(body));
  if (status === 202 && isNothing) return { kind: 'accepted' };
  if (isRecord(parsed) && (parsed.status === 'success' || (status === 202 && parsed.status === undefined))) return { kind: 'accepted' };
  const said = describeBody(parsed, body);
  const ending = said === '' ? 'with an empty body' : `with a body that is not PagerDuty's: ${said}`;
  return { kind: 'unavailable', reason: `the answer was ${status} ${ending}` };
}

/** PagerDuty lists what is wrong with an event. */
function speaksOfEvent(body: unknown): boolean {
  if (!isRecord(body)) return false;
  const { errors } = body;
  return body.status === 'invalid event' || (isArray(errors) ? errors.length > 0 : isRecord(errors) && Object.keys(errors).length > 0);
}

/** `Invalid routing key`, `'routing_key' cannot contain …`, `Invalid Key`, `Service does not exist`: texts seen in responses. */
const ABOUT_KEY = new RegExp([
  /\b(?:routing|integration|service|api)[ _-]?key\b/,
  /(?:^|: )invalid key\b/,
  /\b(?:service|integration)\b.*\b(?:does not exist|not found|disabled|deleted|inactive)\b/,
].map(({ source }) => source).join('|'), 'i');

const ABOUT_LIMIT = /\b(?:throttle\w*|throttling|rate limit\w*|too many requests|limit exceeded)\b/i;

const MAX_REASON_CHARACTERS = 500;

/** PagerDuty's message and errors, or the text: some responses are not JSON. */
function describeBody(parsed: unknown, body: string): string {
  const text = isRecord(parsed) ? [parsed.message, parsed.errors, parsed.error].flatMap(partsOf).join(': ') : '';
  return (text === '' ? body : text).replace(/\s+/g, ' ').trim().slice(0, MAX_REASON_CHARACTERS);
}

function partsOf(part: unknown): string[] {
  if (isArray(part)) return part.flatMap(partsOf);
  if (isRecord(part)) return Object.entries(part).map(([name, value]) => `${name}: ${partsOf(value).join(', ')}`);
  return part === undefined || part === null || part === '' ? [] : [textOf(part) ?? String(part)];
}

function isHtml(body: string): boolean {
  return /^\s*<(?:!doctype|html|head|body|\?xml|h1)/i.test(body);
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
