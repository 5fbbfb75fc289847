import type { PostResponse } from '../../shared/net/post-request';
import type { Attempt } from '../transport';

/** Of a response, this much is kept. */
const MAX_EXCERPT_CHARACTERS = 300;

/**
 * What a response means, as Alertmanager decides it: 2xx is success, 5xx is retried, and everything else is final. Only 429 is
 * retried here although Alertmanager gives up: it says itself that the same request can succeed later (docs/decisions/0071).
 *
 * A redirect is a failure. Alertmanager follows it, and a 301 or 302 makes its POST a GET without a body.
 *
 * @param redact removes what came from the secret.
 */
export function classifyResponse({ status, headers, body }: PostResponse, redact: (text: string) => string): Attempt {
  if (status >= 200 && status < 300) return { outcome: 'delivered' };
  const excerpt = redact(body).replace(/\s+/g, ' ').trim().slice(0, MAX_EXCERPT_CHARACTERS);
  const answered = `the server answered ${status}${excerpt === '' ? '' : `: ${excerpt}`}`;
  if (status >= 500 || status === 429) {
    const retryAfterSeconds = Number(headers['retry-after']);
    return { outcome: 'failed', reason: answered, ...(retryAfterSeconds > 0 && { retryAfterSeconds }) };
  }
  const reason = status >= 300 && status < 400 ? `${answered}; redirects are not followed` : answered;
  return { outcome: 'rejected', reason, ...((status === 401 || status === 403) && { isAboutCredentials: true }) };
}
