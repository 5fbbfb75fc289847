import { parseRecord, textOf } from '../guards';
import type { PostResponse } from '../net/post-request';

/** An AWS service answered with an error. */
export class AwsError extends Error {
  /** @param code the service's own name of the error, such as `ResourceNotFoundException`. */
  constructor(readonly code: string, message: string, readonly status: number) {
    super(`${code}: ${message}`);
    this.name = code;
  }
}

/** Codes of requests that are too many, from the list of the AWS SDKs. */
const THROTTLING = new Set([
  'BandwidthLimitExceeded', 'EC2ThrottledException', 'LimitExceededException', 'PriorRequestNotComplete', 'ProvisionedThroughputExceededException',
  'RequestLimitExceeded', 'RequestThrottled', 'RequestThrottledException', 'SlowDown', 'ThrottledException', 'Throttling',
  'ThrottlingException', 'TooManyRequestsException', 'TransactionInProgressException', 'KmsThrottled', 'KMS.ThrottlingException',
]);

const TRANSIENT = new Set(['InternalError', 'InternalFailure', 'InternalServerError', 'InternalServiceError', 'RequestTimeout', 'RequestTimeoutException', 'ServiceUnavailable']);

const CLOCK_SKEW = new Set([
  'AuthFailure', 'InvalidSignatureException', 'RequestExpired', 'RequestInTheFuture', 'RequestTimeTooSkewed', 'SignatureDoesNotMatch',
]);

export function isThrottling({ code, status }: AwsError): boolean {
  return status === 429 || THROTTLING.has(code);
}

/** Whether the same request can succeed later. */
export function isTransient(error: AwsError): boolean {
  return error.status >= 500 || TRANSIENT.has(error.code) || isThrottling(error);
}

/** Whether a clock that differs from the service's can be the cause. */
export function mayBeClockSkew({ code }: AwsError): boolean {
  return CLOCK_SKEW.has(code);
}

/** The error in a response of the JSON protocols. */
export function parseAwsError({ status, headers, body }: PostResponse): AwsError {
  const parsed = parseJson(body);
  const type = textOf(parsed.__type) ?? textOf(parsed.code) ?? textOf(headers['x-amzn-errortype']) ?? `Http${status}`;
  // `com.amazonaws.sqs#QueueDoesNotExist`, `QueueDoesNotExist:http://…`
  const code = type.replace(/^.*#/, '').replace(/:.*$/, '');
  return new AwsError(code, textOf(parsed.message) ?? textOf(parsed.Message) ?? `the service answered ${status}`, status);
}

export function parseJson(body: string): Readonly<Record<string, unknown>> {
  return parseRecord(body) ?? {};
}
