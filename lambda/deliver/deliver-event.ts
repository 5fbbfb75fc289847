import { classifyResponse, type ResponseClass } from './classify-response';
import type { Endpoints } from './endpoints';
import type { KeyProblem } from './find-key';
import type { PostJson } from './http';
import type { RoutingKeyCache } from './routing-key-cache';
import { DeliverMetric } from '../../src/contract/metrics';
import type { QueuedEvent } from '../../src/contract/queued-event';
import { messageOf } from '../shared/guards';
import { redactKey } from '../shared/redact';
import type { Telemetry } from '../shared/telemetry';

/** What became of one attempt to deliver an event. */
export type Attempt =
  | { readonly outcome: 'delivered' }
  | { readonly outcome: 'rejected'; readonly reason: string }
  | { readonly outcome: 'failed'; readonly code: FailureCode; readonly reason: string; readonly retryAfterSeconds?: number };

export const FailureCode = {
  /** PagerDuty did not answer, or asked to come back later. */
  UNAVAILABLE: 'pagerduty-unavailable',
  /** PagerDuty does not know the routing key. */
  KEY_REFUSED: 'key-refused',
  /** Secrets Manager did not answer. */
  SECRET_UNAVAILABLE: 'secret-unavailable',
  /** The event names an endpoint that the function does not have. */
  ENDPOINT_UNKNOWN: 'endpoint-unknown',
} as const;
export type FailureCode = (typeof FailureCode)[keyof typeof FailureCode] | KeyProblem;

export interface EventDelivery {
  readonly keys: RoutingKeyCache;
  readonly post: PostJson;
  readonly endpoints: Endpoints;
  readonly defaultEndpoint: string;
  readonly telemetry: Telemetry;
}

/** How long reading the secret and PagerDuty's answer can take together. */
const TIMEOUT_MS = 10_000;

/** However long the secret took to read, PagerDuty gets this much time to answer. */
const SHORTEST_TIMEOUT_MS = 1000;

/** `deliverEvent` takes no longer: the timeout, and with a key that was replaced the secret and PagerDuty once more. */
export const SLOWEST_ATTEMPT_MS = 18_000;

/** Sends one event to PagerDuty. Whatever goes wrong, it resolves; no reason that it gives contains a routing key. */
export async function deliverEvent(queued: QueuedEvent, delivery: EventDelivery): Promise<Attempt> {
  const { keys, endpoints, defaultEndpoint, telemetry } = delivery;
  const deadline = performance.now() + TIMEOUT_MS;
  const endpointName = queued.endpoint ?? defaultEndpoint;
  const url = endpoints.get(endpointName);
  if (url === undefined) return failed(FailureCode.ENDPOINT_UNKNOWN, `the function has no endpoint "${endpointName}"`);
  const found = await keys.find(queued.routingKey).catch(messageOf);
  if (typeof found === 'string') return failed(FailureCode.SECRET_UNAVAILABLE, `the secret could not be read: ${found}`);
  if (!found.found) {
    telemetry.count(DeliverMetric.ROUTING_KEY_FAILURES);
    return failed(found.code, found.reason);
  }
  const sendWith = async (key: string): Promise<ResponseClass> =>
    send(queued, key, url, delivery, Math.max(SHORTEST_TIMEOUT_MS, deadline - performance.now()));
  const response = await sendWith(found.key);
  if (response.kind !== 'key-refused') return attemptOf(response);
  // The key can have been replaced since the secret was read: then there is no need to wait.
  const other = await keys.findOther(queued.routingKey, found.key).catch(() => undefined);
  const second = other === undefined ? response : await sendWith(other);
  if (second.kind === 'key-refused') telemetry.count(DeliverMetric.ROUTING_KEY_FAILURES);
  return attemptOf(second);
}

/** The key is taken out of whatever comes back before anything is cut off it: a part of a key is not recognized any more. */
async function send(queued: QueuedEvent, key: string, url: URL, { post, telemetry }: EventDelivery, timeoutMs: number): Promise<ResponseClass> {
  const startedAt = performance.now();
  try {
    const answer = await post(url, JSON.stringify({ routing_key: key, ...queued.event }), timeoutMs);
    return classifyResponse({ ...answer, body: redactKey(answer.body, key) }, Date.now());
  } catch (error) {
    return { kind: 'unavailable', reason: `no answer from ${url.host}: ${redactKey(messageOf(error), key)}` };
  } finally {
    telemetry.milliseconds(DeliverMetric.PAGERDUTY_LATENCY, performance.now() - startedAt);
  }
}

function attemptOf(response: ResponseClass): Attempt {
  switch (response.kind) {
    case 'accepted': return { outcome: 'delivered' };
    case 'rejected': return { outcome: 'rejected', reason: response.reason };
    case 'key-refused': return failed(FailureCode.KEY_REFUSED, response.reason);
    case 'unavailable': return failed(FailureCode.UNAVAILABLE, response.reason, response.retryAfterSeconds);
  }
}

function failed(code: FailureCode, reason: string, retryAfterSeconds?: number): Attempt {
  return { outcome: 'failed', code, reason, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}
