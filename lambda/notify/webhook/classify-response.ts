import type { PostResponse } from '../../shared/net/post-request';
import { excerptOf } from '../http/excerpt';
import { retryAfterSeconds } from '../http/retry-after';
import type { Attempt } from '../transport';

/**
 * What a response means, as Alertmanager decides it: 2xx is success, 5xx is retried, and everything else is final. Only 429 is
 * retried here although Alertmanager gives up: it says itself that the same request can succeed later (docs/decisions/0071).
 *
 * A redirect is a failure. Alertmanager follows it, and a 301 or 302 makes its POST a GET without a body.
 *
 * @param redact removes what came from the secret.
 */
export function classifyResponse(response: PostResponse, redact: (text: string) => string): Attempt {
  const { status, body } = response;
  if (status >= 200 && status < 300) return { outcome: 'delivered' };
  const excerpt = excerptOf(body, redact);
  const answered = `the server answered ${status}${excerpt === '' ? '' : `: ${excerpt}`}`;
  if (status >= 500 || status === 429) return { outcome: 'failed', reason: answered, retryAfterSeconds: retryAfterSeconds(response) };
  const reason = status >= 300 && status < 400 ? `${answered}; redirects are not followed` : answered;
  return { outcome: 'rejected', reason, ...((status === 401 || status === 403) && { isAboutCredentials: true }) };
}
