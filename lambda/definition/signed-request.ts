import aws4 from 'aws4';
import { send, type HttpResponse } from './http';
import { parseAwsError, type AwsError } from '../shared/aws/aws-error';
import { requireRegion, resolveEndpoint } from '../shared/aws/endpoint';
import { systemClock, type Clock } from '../shared/clock';
import type { Environment } from '../shared/environment';

/** A service with a REST protocol. */
export interface RestService {
  /** Host name prefix, and name in the signature. */
  readonly name: string;
  /** The service in the name of the variable that overrides its endpoint: `AWS_ENDPOINT_URL_<variable>`. */
  readonly variable: string;
}

export interface SignedRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Encoded, with the query. */
  readonly path: string;
  readonly contentType?: string;
  readonly body?: Buffer;
}

/** Sends a request to one service. @throws AwsError when the service answers with an error, after retries if those can help. */
export type SendSigned = (request: SignedRequest) => Promise<HttpResponse>;

const MAX_ATTEMPTS = 6;
const BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 10_000;

/** Requests that are signed with the credentials of the function, and repeated while the service is throttling or failing. */
export function createSignedSender(service: RestService, environment: Environment, clock: Clock = systemClock): SendSigned {
  const endpoint = resolveEndpoint(service, environment);
  return async (request) => {
    for (let attempt = 1; ; attempt++) {
      const outcome = await sendOnce(service, endpoint, request, environment).catch((error: Error) => error);
      if (!(outcome instanceof Error) && outcome.status < 300) return outcome;
      const error = outcome instanceof Error ? outcome : parseRestError(outcome);
      if (attempt >= MAX_ATTEMPTS || !canSucceedLater(error)) throw error;
      await clock.sleep((0.5 + clock.random() / 2) * Math.min(MAX_BACKOFF_MS, BACKOFF_MS * 2 ** attempt));
    }
  };
}

async function sendOnce(
  { name }: RestService, endpoint: URL, { method, path, contentType, body }: SignedRequest, environment: Environment,
): Promise<HttpResponse> {
  const { headers } = aws4.sign({
    service: name,
    region: requireRegion(environment),
    method,
    path,
    host: endpoint.host,
    headers: contentType === undefined ? {} : { 'content-type': contentType },
    body,
  }, {
    accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
    sessionToken: environment.AWS_SESSION_TOKEN,
  });
  return send({ method, url: new URL(path, endpoint), headers: headers as Record<string, string>, body });
}

/** The error of a REST service: JSON with the code in a header (AMP), or XML (Amazon S3). */
function parseRestError({ status, headers, body }: HttpResponse): AwsError {
  const text = body.toString('utf8');
  const [, code] = /<Code>([^<]*)<\/Code>/.exec(text) ?? [];
  const [, message] = /<Message>([^<]*)<\/Message>/.exec(text) ?? [];
  return parseAwsError({ status, headers, isComplete: true, body: code === undefined ? text : JSON.stringify({ code, message }) });
}

/** Without a status nobody answered. A conflict is not repeated here: what to do next depends on the state. */
function canSucceedLater(error: Error): boolean {
  return !('status' in error) || error.status === 429 || Number(error.status) >= 500;
}
