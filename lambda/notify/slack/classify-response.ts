import { parseRecord, textOf } from '../../shared/guards';
import type { PostResponse } from '../../shared/net/post-request';
import { excerptOf } from '../http/excerpt';
import { retryAfterSeconds } from '../http/retry-after';
import type { Attempt } from '../transport';

/** Errors of Slack that say that the URL or the token in the secret is not valid, or is not allowed to post: a person can replace it meanwhile. */
const CREDENTIAL_ERRORS: ReadonlySet<string> = new Set([
  'invalid_token', 'no_service', 'no_service_id', 'no_team', 'team_disabled',
  'invalid_auth', 'not_authed', 'account_inactive', 'token_revoked', 'token_expired', 'missing_scope', 'no_permission', 'not_allowed_token_type',
  'access_denied', 'org_login_required', 'ekm_access_denied', 'team_access_not_granted',
]);

/** Errors of Slack that pass: the same message can succeed later. */
const TRANSIENT_ERRORS: ReadonlySet<string> = new Set([
  'ratelimited', 'rate_limited', 'rollup_error', 'internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org',
]);

/** The JSON of an answer that is too long to be read whole, because it repeats the message. */
const BEGINS_WITH_OK = /^\s*\{\s*"ok"\s*:\s*true\s*[,}]/;

/**
 * What Slack's answer means. As in Alertmanager, a 2xx counts only with `ok`: the text `ok` of an incoming webhook, or the JSON
 * `{"ok": true}` of the API. Errors have a name, which the reason contains.
 *
 * Alertmanager gives up on 429 up to 0.34, and on credentials that Slack does not accept. Both are retried here: the first for as
 * long as Slack says, the second because an operator can still fix the secret.
 *
 * @param redact removes what came from the secret.
 */
export function classifySlackResponse(response: PostResponse, redact: (text: string) => string): Attempt {
  const { status, headers, body } = response;
  const isJson = (headers['content-type'] ?? '').startsWith('application/json');
  const answer = isJson ? parseRecord(body) : undefined;
  const isSuccess = status >= 200 && status < 300;
  if (isSuccess && (isJson ? answer?.ok === true || BEGINS_WITH_OK.test(body) : body === 'ok')) return { outcome: 'delivered' };
  const excerpt = excerptOf(body, redact);
  // The body of an incoming webhook's error is its name.
  const name = textOf(answer?.error) ?? (/^[a-z_]+$/.test(excerpt) ? excerpt : undefined);
  const reason = `Slack answered ${status}${excerpt === '' ? '' : `: ${name === undefined ? excerpt : redact(name)}`}`;
  if (name !== undefined && CREDENTIAL_ERRORS.has(name)) return { outcome: 'failed', reason, isAboutCredentials: true };
  const passes = status >= 500 || status === 429 || (name !== undefined && TRANSIENT_ERRORS.has(name));
  // An answer that should be JSON and is not came from something in between.
  if (passes || (isSuccess && isJson && answer === undefined)) return { outcome: 'failed', reason, retryAfterSeconds: retryAfterSeconds(response) };
  if (status === 401 || (status === 403 && name === undefined)) return { outcome: 'failed', reason, isAboutCredentials: true };
  return { outcome: 'rejected', reason: status >= 300 && status < 400 ? `${reason}; redirects are not followed` : reason };
}
