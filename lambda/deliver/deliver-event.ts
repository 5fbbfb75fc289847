import { classifyResponse, type ResponseClass } from './classify-response';
import type { Endpoints } from './endpoints';
import type { KeyProblem } from './find-key';
import type { PostJson } from './http';
import { fingerprintOf, type RoutingKeyCache } from './routing-key-cache';
import { shrinkEvent } from './shrink-event';
import { DeliverMetric, ReceiveMetric } from '../../src/contract/metrics';
import type { PagerDutyEvent } from '../../src/contract/pagerduty-event';
import type { QueuedEvent } from '../../src/contract/queued-event';
import type { Clock } from '../shared/clock';
import { messageOf } from '../shared/guards';
import { redactKey } from '../shared/redact';
import type { Telemetry } from '../shared/telemetry';

/** What became of one attempt to deliver an event. */
export type Attempt =
  /** With the fingerprint of the routing key under which PagerDuty accepted it. A resolve can be missing under the former key. */
  | { readonly outcome: 'delivered'; readonly fingerprint: string; readonly missing?: FailedAttempt }
  | { readonly outcome: 'rejected'; readonly reason: string }
  /** Nothing was sent, because another instance has sent a later event of the incident. */
  | { readonly outcome: 'withdrawn' }
  | { readonly outcome: 'failed'; readonly code: FailureCode; readonly reason: string; readonly retryAfterSeconds?: number };

export type FailedAttempt = Extract<Attempt, { outcome: 'failed' }>;

export const FailureCode = {
  /** PagerDuty did not answer, or asked to come back later. */
  UNAVAILABLE: 'pagerduty-unavailable',
  /** PagerDuty limits the rate of this routing key. */
  LIMITED: 'pagerduty-limit',
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
  readonly clock: Clock;
}

/** What an attempt knows of the incident. */
export interface IncidentContext {
  /** Fingerprints of the routing keys under which the incident is known to be open. */
  readonly openKeys?: readonly string[];
  /** An earlier resolve of the incident is still missing under the former key, so this one must reach it. */
  readonly isFormerKeyNeeded?: boolean;
  /** Whether no other key is tried; by default, a recent former key is. */
  readonly isExact?: boolean;
  /** Called just before the first request, with the fingerprint of its key. If it resolves to false, nothing is sent. */
  readonly prepare?: (fingerprint: string) => Promise<boolean>;
}

/** How long reading the secret and PagerDuty's answer can take together. */
const TIMEOUT_MS = 8_000;

/** However long the secret took to read, PagerDuty has this much time to answer. */
const MIN_POST_TIMEOUT_MS = 1_000;

/** `deliverEvent` takes no longer: the time limit, and the same request once more with another key or fewer details. */
export const MAX_ATTEMPT_MS = 12_000;

/** Sends one event to PagerDuty. Whatever goes wrong, it resolves; no reason that it gives contains a routing key. */
export async function deliverEvent(queued: QueuedEvent, delivery: EventDelivery, incident: IncidentContext = {}): Promise<Attempt> {
  const { keys, endpoints, defaultEndpoint, telemetry } = delivery;
  const startedAt = performance.now();
  const timeLeft = (limitMs: number): number => Math.max(MIN_POST_TIMEOUT_MS, startedAt + limitMs - performance.now());
  const endpointName = queued.endpoint ?? defaultEndpoint;
  const url = endpoints.get(endpointName);
  if (url === undefined) return failed(FailureCode.ENDPOINT_UNKNOWN, `the function has no endpoint "${endpointName}"`);
  const found = await keys.find(queued.routingKey).catch(messageOf);
  if (typeof found === 'string') {
    telemetry.count(DeliverMetric.ROUTING_KEY_FAILURES);
    return failed(FailureCode.SECRET_UNAVAILABLE, `the secret could not be read: ${found}`);
  }
  if (!found.found) {
    telemetry.count(DeliverMetric.ROUTING_KEY_FAILURES);
    return failed(found.code, found.reason);
  }
  if (found.problem !== undefined) reportProblem(queued, found.problem, telemetry);
  // Not earlier: without a key nothing is sent, and a mark for it would make PagerDuty's state look unknown.
  if (await incident.prepare?.(fingerprintOf(found.key)) === false) return { outcome: 'withdrawn' };

  const sendWith: Send = async (key, limitMs) => sendShrinking(queued.event, { key, url, delivery, timeLeft: () => timeLeft(limitMs) });
  const [first, former] = await Promise.all([
    sendWith(found.key, TIMEOUT_MS),
    resolveFormerKeys(queued, found.key, incident, delivery, sendWith),
  ]);
  const { key, response } = first.kind === 'key-refused'
    ? await sendWithOtherKey(queued, found.key, first, delivery, sendWith)
    : { key: found.key, response: first };
  if (response.kind === 'key-refused') telemetry.count(DeliverMetric.ROUTING_KEY_FAILURES);
  if (response.kind !== 'accepted') return attemptOf(response);
  keys.confirm(queued.routingKey, key);
  if (former.failure !== undefined) return former.failure;
  if (found.problem !== undefined && isResolveInTheDark(queued, incident)) return failed(found.problem.code, `resolved with an earlier routing key only: ${found.problem.reason}`);
  // Once for each resolve, not with each of its attempts: nothing waits for that key.
  if (former.isKeyMissing) reportProblem(queued, KEY_MISSING, telemetry);
  return { outcome: 'delivered', fingerprint: fingerprintOf(key), ...(former.missing && { missing: former.missing }) };
}

/**
 * Sends a resolve that PagerDuty has accepted under the current routing key under the former one, too. Not if a later trigger can be open
 * with it: that is the same incident, and it fires.
 */
export async function resolveUnderFormerKey(queued: QueuedEvent, delivery: EventDelivery, openKeys: readonly string[]): Promise<Attempt> {
  const url = delivery.endpoints.get(queued.endpoint ?? delivery.defaultEndpoint);
  if (url === undefined) return failed(FailureCode.ENDPOINT_UNKNOWN, `the function has no endpoint "${queued.endpoint}"`);
  let key: string | undefined;
  try {
    key = await delivery.keys.findBeforeRotation(queued.routingKey);
  } catch (error) {
    return formerKeyUnread(error);
  }
  const fingerprint = key === undefined ? '' : fingerprintOf(key);
  if (key === undefined || openKeys.includes(fingerprint)) return { outcome: 'delivered', fingerprint };
  const response = await sendShrinking(queued.event, { key, url, delivery, timeLeft: () => TIMEOUT_MS });
  return response.kind === 'limited' || response.kind === 'unavailable' ? failureOf(response) : { outcome: 'delivered', fingerprint };
}

function formerKeyUnread(error: unknown): FailedAttempt {
  return failed(FailureCode.SECRET_UNAVAILABLE, `the routing key of before a rotation could not be read: ${messageOf(error)}`);
}

/** Nothing says under which key the incident is open. It can be the one that the secret lacks now, so the resolve waits for it. */
function isResolveInTheDark({ event }: QueuedEvent, { openKeys = [] }: IncidentContext): boolean {
  return event.event_action === 'resolve' && openKeys.length === 0;
}

type Send = (key: string, limitMs: number) => Promise<ResponseClass>;

/** A key that was replaced since the secret was read, or the one before: a new key with a typing error stops no page. */
async function sendWithOtherKey(
  queued: QueuedEvent, refusedKey: string, refusal: ResponseClass, { keys, telemetry }: EventDelivery, sendWith: Send,
): Promise<{ readonly key: string; readonly response: ResponseClass }> {
  const others = await keys.findOthers(queued.routingKey, refusedKey).catch(() => []);
  for (const key of others) {
    const response = await sendWith(key, MAX_ATTEMPT_MS);
    if (response.kind === 'key-refused') continue;
    // The secret has this key at its current place, or only before: in the latter case an operator must look.
    const current = await keys.find(queued.routingKey).catch(() => undefined);
    if (!(current?.found === true && current.key === key)) {
      reportProblem(queued, { code: FailureCode.KEY_REFUSED, reason: `an earlier routing key was used, because ${reasonOf(refusal)}` }, telemetry);
    }
    return { key, response };
  }
  return { key: refusedKey, response: refusal };
}

/**
 * Resolves the incident under the routing keys of before a rotation, too: PagerDuty knows a dedup key per routing key, so a
 * resolve with the new key alone would leave the old incident open forever. The delivery history says under which keys the incident
 * is open, but it misses what was sent while the table could not be reached, so a recent former key is always among them.
 */
async function resolveFormerKeys(
  queued: QueuedEvent, currentKey: string, { openKeys = [], isFormerKeyNeeded = false, isExact = false }: IncidentContext,
  { keys }: EventDelivery, sendWith: Send,
): Promise<FormerKeysResult> {
  if (queued.event.event_action !== 'resolve') return { isKeyMissing: false };
  // A trigger of after the rotation says nothing of one before, which the table can have missed.
  const isFormerKeyKnown = openKeys.some((open) => open !== fingerprintOf(currentKey));
  let missing: FailedAttempt | undefined;
  const before = isExact ? undefined : await keys.findBeforeRotation(queued.routingKey).catch((error: unknown) => {
    // Where the history knows the key of before the rotation, this one is a precaution.
    if (isFormerKeyNeeded || !isFormerKeyKnown) missing = formerKeyUnread(error);
    return undefined;
  });
  const others = new Set(before === undefined ? [] : [before]);
  let isKeyMissing = false;
  try {
    for (const fingerprint of openKeys.filter((open) => open !== fingerprintOf(currentKey))) {
      const key = await keys.findByFingerprint(fingerprint);
      if (key === undefined) isKeyMissing = true;
      else others.add(key);
    }
  } catch (error) {
    return { isKeyMissing, failure: formerKeyUnread(error) };
  }
  others.delete(currentKey);
  let failure: FailedAttempt | undefined;
  for (const key of others) {
    const response = await sendWith(key, TIMEOUT_MS);
    if (response.kind === 'limited' || response.kind === 'unavailable') failure = failureOf(response);
  }
  return { isKeyMissing, ...(failure && { failure }), ...(missing && { missing }) };
}

interface FormerKeysResult {
  /** Not every key under which the incident can be open has accepted the resolve. */
  readonly failure?: FailedAttempt;
  /** The former key could not be read, and nothing says that the incident is not open with it. */
  readonly missing?: FailedAttempt;
  /** The incident can be open under a key that the secret has no more. */
  readonly isKeyMissing: boolean;
}

const KEY_MISSING = {
  code: 'key-before-rotation-missing',
  reason: 'the incident was opened with a routing key that the secret held before its previous version: resolve it in PagerDuty',
};

function reportProblem(queued: QueuedEvent, { code, reason }: { readonly code: string; readonly reason: string }, telemetry: Telemetry): void {
  telemetry.count(DeliverMetric.ROUTING_KEY_FAILURES);
  telemetry.warn('routing key not as expected', {
    notificationId: queued.notificationId,
    dedupKey: queued.event.dedup_key,
    receiver: queued.receiver,
    action: queued.event.event_action,
    code,
    reason,
  });
}

interface Sending {
  readonly key: string;
  readonly url: URL;
  readonly delivery: EventDelivery;
  readonly timeLeft: () => number;
}

/** Sends the event, and again with fewer details while PagerDuty answers that it is too large. */
async function sendShrinking(event: PagerDutyEvent, sending: Sending): Promise<ResponseClass> {
  let response = await send(event, sending);
  for (let attempt = 1; response.kind === 'too-large'; attempt++) {
    const shrunk = shrinkEvent(event, attempt);
    // Nothing is left to remove: whatever refuses such a small request is not PagerDuty's limit.
    if (shrunk === undefined) return { kind: 'unavailable', reason: response.reason };
    sending.delivery.telemetry.count(ReceiveMetric.EVENTS_TRIMMED);
    response = await send(shrunk, sending);
  }
  return response;
}

/** Removes the key from what is sent and from what comes back, before anything is truncated: a part of a key is not recognized. */
async function send(event: PagerDutyEvent, { key, url, delivery: { post, telemetry, clock }, timeLeft }: Sending): Promise<ResponseClass> {
  const startedAt = performance.now();
  try {
    const answer = await post(url, JSON.stringify({ routing_key: key, ...redactEvent(event, key) }), timeLeft());
    const response = classifyResponse({ ...answer, body: redactKey(answer.body, key) }, clock.now());
    if (response.kind !== 'key-refused' || ROUTING_KEY.test(key)) return response;
    return { ...response, reason: `${response.reason}; it does not look like a routing key, which has 32 letters and digits` };
  } catch (error) {
    return { kind: 'unavailable', reason: `no answer from ${url.host}: ${redactKey(messageOf(error), key)}` };
  } finally {
    telemetry.milliseconds(DeliverMetric.PAGERDUTY_LATENCY, performance.now() - startedAt);
  }
}

/** The form of PagerDuty's keys. Only reported, never required: what PagerDuty or a gateway accepts is a key. */
const ROUTING_KEY = /^[A-Za-z0-9]{32}$/;

/** A key in a summary or in details would be readable for everyone who sees the incident. */
function redactEvent(event: PagerDutyEvent, key: string): PagerDutyEvent {
  if (!/^[A-Za-z0-9]{16,}$/.test(key)) return event;
  const text = JSON.stringify(event);
  if (!text.includes(key)) return event;
  // The dedup key must stay what it is: it names the incident.
  return { ...(JSON.parse(text.split(key).join('[redacted]')) as PagerDutyEvent), dedup_key: event.dedup_key };
}

function attemptOf(response: Exclude<ResponseClass, { kind: 'accepted' }>): Attempt {
  return response.kind === 'rejected' ? { outcome: 'rejected', reason: response.reason } : failureOf(response);
}

function failureOf(response: Exclude<ResponseClass, { kind: 'accepted' | 'rejected' }>): FailedAttempt {
  switch (response.kind) {
    case 'key-refused': return failed(FailureCode.KEY_REFUSED, response.reason);
    case 'limited': return failed(FailureCode.LIMITED, response.reason, response.retryAfterSeconds);
    case 'unavailable': return failed(FailureCode.UNAVAILABLE, response.reason, response.retryAfterSeconds);
    case 'too-large': return failed(FailureCode.UNAVAILABLE, response.reason);
  }
}

function reasonOf(response: ResponseClass): string {
  return response.kind === 'accepted' ? 'PagerDuty accepted it' : response.reason;
}

function failed(code: FailureCode, reason: string, retryAfterSeconds?: number): FailedAttempt {
  return { outcome: 'failed', code, reason, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) };
}
