import { isArray, isRecord, parseRecord, textOf } from '../../shared/guards';
import type { PostResponse } from '../../shared/net/post-request';
import { excerptOf } from '../http/excerpt';
import { retryAfterSeconds } from '../http/retry-after';
import type { Attempt } from '../transport';

/**
 * What an answer of Sysdig's API means. A token that is refused is retried, because an operator can still fix the secret. A page of a
 * proxy or of a login, which is not JSON, is not a success, whatever its status.
 *
 * @param redact removes what came from the secret.
 */
export function classifySysdigResponse(response: PostResponse, redact: (text: string) => string): Attempt {
  const { status, body } = response;
  const isSuccess = status >= 200 && status < 300;
  if (isSuccess && /^\s*(\{|$)/.test(body)) return { outcome: 'delivered' };
  const text = excerptOf(messagesIn(body) ?? body, redact);
  const reason = `Sysdig answered ${status}${text === '' ? '' : `: ${text}`}`;
  if (status === 401 || status === 403) return { outcome: 'failed', reason, isAboutCredentials: true };
  if (isSuccess || status >= 500 || status === 429 || status === 408) return { outcome: 'failed', reason, retryAfterSeconds: retryAfterSeconds(response) };
  return { outcome: 'rejected', reason: status >= 300 && status < 400 ? `${reason}; redirects are not followed` : reason };
}

/** The messages of an error: `{"errors":[{"reason","message"}]}`, `{"message"}`, or `{"error"}`. */
function messagesIn(body: string): string | undefined {
  const value = parseRecord(body);
  if (value === undefined) return undefined;
  if (!isArray(value.errors)) return textOf(value.message) ?? textOf(value.error);
  const messages = value.errors.filter(isRecord).map(({ message, reason }) => [textOf(message), textOf(reason)].filter((part) => part !== undefined).join(': '));
  return messages.join('; ') || undefined;
}
