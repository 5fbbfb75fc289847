import aws4 from 'aws4';
import { AwsError, isThrottling, isTransient, mayBeClockSkew, parseAwsError, parseJson } from './aws-error';
import { requireRegion, resolveEndpoint } from './endpoint';
import type { AwsService } from './services';
import { systemClock, type Clock } from '../clock';
import type { Environment } from '../environment';
import { messageOf } from '../guards';
import { post, type Post } from '../net/post';
import type { PostResponse } from '../net/post-request';

export interface AwsClientOptions {
  /** Where Region, credentials, and endpoints come from; Lambda sets them in `process.env`. */
  readonly environment: Environment;
  /** How often a request is sent at most, the first time included. */
  readonly maxAttempts: number;
  /** Limit for each attempt. */
  readonly attemptTimeoutMs: number;
  /** A URL of the service that needs no resolution, such as that of a queue. */
  readonly knownUrl?: string;
  readonly clock?: Clock;
  readonly post?: Post;
}

export interface AwsClient {
  /**
   * Calls an operation.
   *
   * @throws AwsError when the service answers with an error.
   * @throws Error when the last attempt got no response.
   */
  call(operation: string, input: object): Promise<Readonly<Record<string, unknown>>>;
}

const MAX_BACKOFF_MS = 1000;
const BACKOFF_MS = 50;
const THROTTLING_BACKOFF_MS = 200;

/** The SDKs adjust their clock from the same difference on. */
const MIN_CLOCK_SKEW_MS = 4 * 60 * 1000;

/** Larger than any response that the functions ask for. */
const MAX_RESPONSE_CHARACTERS = 1024 * 1024;

/**
 * A client for one AWS service: signs with Signature Version 4, retries what can succeed later, and adjusts to the service's
 * clock. It replaces the AWS SDK, which costs a cold start several times as much (docs/decisions/0060).
 */
export function createAwsClient(service: AwsService, options: AwsClientOptions): AwsClient {
  const { environment, maxAttempts, attemptTimeoutMs, clock = systemClock } = options;
  const url = resolveEndpoint(service, environment, options.knownUrl);
  const send = options.post ?? post;
  let clockOffsetMs = 0;

  const attempt = async (operation: string, body: string): Promise<PostResponse> => send({
    url,
    headers: signedHeaders(service, url, operation, body, environment, clock.now() + clockOffsetMs),
    body,
    timeoutMs: attemptTimeoutMs,
    maxBodyCharacters: MAX_RESPONSE_CHARACTERS,
  });

  /** Whether the service's clock differs, and signatures are made with its time from now on. */
  const adjustClock = ({ headers }: PostResponse): boolean => {
    const differenceMs = Date.parse(headers.date ?? '') - (clock.now() + clockOffsetMs);
    if (!(Math.abs(differenceMs) >= MIN_CLOCK_SKEW_MS)) return false;
    clockOffsetMs += differenceMs;
    return true;
  };

  const outcomeOf = (response: PostResponse): Outcome => {
    if (!response.isComplete) return { error: new AwsError('IncompleteResponse', 'the response ended early', response.status), backoffMs: BACKOFF_MS };
    if (response.status >= 200 && response.status < 300) return { result: parseJson(response.body) };
    const error = parseAwsError(response);
    const isWorthRepeating = isTransient(error) || (mayBeClockSkew(error) && adjustClock(response));
    return { error, ...(isWorthRepeating && { backoffMs: isThrottling(error) ? THROTTLING_BACKOFF_MS : BACKOFF_MS }) };
  };

  const call = async (operation: string, input: object): Promise<Readonly<Record<string, unknown>>> => {
    const body = JSON.stringify(input);
    for (let count = 1; ; count++) {
      const outcome = await attempt(operation, body).then(outcomeOf, (error: unknown): Outcome => (
        { error: new Error(`${url.host}: ${messageOf(error)}`), backoffMs: BACKOFF_MS }));
      if ('result' in outcome) return outcome.result;
      if (outcome.backoffMs === undefined || count >= maxAttempts) throw outcome.error;
      await clock.sleep(clock.random() * Math.min(MAX_BACKOFF_MS, outcome.backoffMs * 2 ** (count - 1)));
    }
  };
  return { call };
}

type Outcome =
  | { readonly result: Readonly<Record<string, unknown>> }
  /** With a backoff, the same request can succeed later. */
  | { readonly error: Error; readonly backoffMs?: number };

function signedHeaders(
  service: AwsService, url: URL, operation: string, body: string, environment: Environment, now: number,
): Record<string, string> {
  const { headers } = aws4.sign({
    service: service.name,
    region: requireRegion(environment),
    method: 'POST',
    path: '/',
    host: url.host,
    headers: {
      'Content-Type': `application/x-amz-json-${service.jsonVersion}`,
      'X-Amz-Target': `${service.target}.${operation}`,
      'X-Amz-Date': new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    },
    body,
  }, {
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
    sessionToken: environment.AWS_SESSION_TOKEN,
  });
  return headers as Record<string, string>;
}
