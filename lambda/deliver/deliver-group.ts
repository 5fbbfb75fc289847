import { deadLetter, deadLetterExpired, fieldsOf, type DeadLettering } from './dead-letter';
import { deliverEvent, FailureCode, MAX_ATTEMPT_MS, resolveUnderFormerKey, type Attempt, type EventDelivery, type FailedAttempt } from './deliver-event';
import { lastOf, type EventRecord } from './event-record';
import { inOrder, orderOf, publishedAt } from './order/event-order';
import { nextStep, type Step } from './order/next-step';
import { Lanes, type LaneOutcome } from './pace/lanes';
import { turnSeconds } from './pace/turn';
import { reportDelivered, reportFormerKeyMissing, reportSkipped, reportUnpaged } from './report-outcomes';
import { DeliverMetric } from '../../src/contract/metrics';
import { DeadLetterReason } from '../../src/contract/queued-event';
import { backoffSeconds } from '../shared/queue/backoff';
import type { QueueRecord } from '../shared/queue/queue-record';
import type { DeliveryHistory } from '../shared/watermark/delivery-history';
import { isTrigger } from '../shared/watermark/event-order';
import { mayBeOpen } from '../shared/watermark/group-state';
import type { SharedTable } from '../shared/watermark/shared-table';

/** What the function works with, made once when it starts. */
export interface DeliverCollaborators extends EventDelivery, DeadLettering {
  /** What all instances share; `undefined` for a single instance with its memory. */
  readonly table: SharedTable | undefined;
  readonly history: DeliveryHistory;
  readonly lanes: Lanes;
}

/** The collaborators in one invocation. */
export interface GroupDelivery extends DeliverCollaborators {
  /** Milliseconds that are left of this invocation. */
  readonly remainingMs: () => number;
}

/** What is left for later: these messages, all of them after this time. */
export interface RetryRequest {
  readonly records: readonly QueueRecord[];
  readonly seconds: number;
  /** They wait for their turn at a limited rate; no attempt failed. */
  readonly isTurn?: boolean;
}

/** What an invocation needs at its end, to dead-letter an event and to change visibility timeouts while SQS is slow. */
const MARGIN_MS = 4_000;

/**
 * Delivers the events of one group in order, and stops at the first that fails: those after it must not overtake it.
 *
 * Which of them are sent is decided step by step with what PagerDuty has of the group: see `nextStep`. An event that is
 * dead-lettered gives up its place, so that its group is not blocked.
 */
export async function deliverGroup(events: readonly EventRecord[], delivery: GroupDelivery): Promise<RetryRequest | undefined> {
  const [first] = events;
  if (first === undefined) return undefined;
  const { group } = first.record;
  let left = inOrder(events);
  const aside: QueueRecord[] = [];
  let asideSeconds = 0;
  for (;;) {
    const step = nextStep(left, delivery.history.stateOf(group));
    if (step === undefined) return aside.length === 0 ? undefined : { records: aside, seconds: asideSeconds };
    const result = await take(step, group, delivery);
    left = left.filter((event) => !result.done.includes(event));
    if (result.retrySeconds === undefined) continue;
    if (result.isAside === true) {
      const last = lastOf(step.events);
      aside.push(last.record);
      asideSeconds = result.retrySeconds;
      left = left.filter((event) => event !== last);
    } else {
      const records = [...aside, ...left.map(({ record }) => record)];
      return records.length === 0 ? undefined : { records, seconds: result.retrySeconds, isTurn: result.isTurn === true };
    }
  }
}

interface StepResult {
  /** Nothing is left to do for these. */
  readonly done: readonly EventRecord[];
  /** The group must wait for this time. */
  readonly retrySeconds?: number;
  /** Only the last event of the step waits: it cannot change what later ones do. */
  readonly isAside?: boolean;
  readonly isTurn?: boolean;
}

async function take(step: Step, group: string, delivery: GroupDelivery): Promise<StepResult> {
  if (step.kind === 'skip') {
    step.events.forEach((event) => reportSkipped(event, step.decision, delivery));
    return { done: step.events };
  }
  const tooOld = step.kind === 'page-late' ? step.events.filter((event) => isTooOldToPage(event, delivery)) : [];
  if (tooOld.length > 0) {
    tooOld.forEach((event) => reportUnpaged(event, delivery));
    return { done: tooOld };
  }
  // An invocation that is killed has delivered events that it cannot report anymore: they would all be sent again.
  if (delivery.remainingMs() < MAX_ATTEMPT_MS + MARGIN_MS) return { done: [], retrySeconds: 0 };
  switch (step.kind) {
    case 'page-late': return pageLate(step.events, group, delivery);
    case 'resolve-former': return resolveFormer(lastOf(step.events), group, delivery);
    case 'send': return sendLast(step.events, group, delivery);
  }
}

/** Sends the last of the events; the others are done when it is. */
async function sendLast(events: readonly EventRecord[], group: string, delivery: GroupDelivery): Promise<StepResult> {
  const last = lastOf(events);
  const { history } = delivery;
  const attempt = await attemptInLane(last, delivery, async (fingerprint) => {
    // A resolve that waits for its former key must not close what this opens, even if the answer is lost.
    if (history.stateOf(group).awaitsFormerKey !== undefined && isTrigger(orderOf(last))) await history.recordKeyUsed(group, fingerprint);
    return history.recordSent(group, orderOf(last));
  });
  if (attempt.outcome === 'withdrawn') return { done: [] };
  if (attempt.outcome === 'turn') return { done: [], retrySeconds: attempt.seconds, isTurn: true };
  if (attempt.outcome !== 'delivered') return afterFailure(events, attempt, delivery);
  reportDelivered(events, delivery);
  if (attempt.missing === undefined) {
    await history.recordAccepted(group, orderOf(last), attempt.fingerprint);
    return { done: events };
  }
  if (await history.recordResolvedInPart(group, orderOf(last))) return waitForFormerKey(events, attempt.missing, delivery);
  reportFormerKeyMissing(last, attempt.missing, 'delivered', delivery);
  return { done: events };
}

/** Resolves an incident that can be open with the routing key of before a rotation: PagerDuty has accepted the resolve under the current one. */
async function resolveFormer(event: EventRecord, group: string, delivery: GroupDelivery): Promise<StepResult> {
  const { history, telemetry } = delivery;
  const attempt = await resolveUnderFormerKey(event.queued, delivery, history.stateOf(group).openKeys);
  if (attempt.outcome === 'failed') return waitForFormerKey([event], attempt, delivery);
  await history.recordFormerKeyResolved(group);
  telemetry.info('event delivered with the routing key of before a rotation, too', { ...fieldsOf(event), outcome: 'delivered' });
  return { done: [event] };
}

/** Later events of the group that come meanwhile wait for the queue to hand the resolve over again. */
const MAX_FORMER_KEY_PAUSE_SECONDS = 60;

/** However long the retry window is, the queue must not give the resolve up before it ends, after a thousand receives. */
const MIN_FORMER_KEY_PAUSES_PER_WINDOW = 900;

/** The last of the events stays in the queue until the former routing key can be read. What comes behind it goes on. */
async function waitForFormerKey(events: readonly EventRecord[], missing: FailedAttempt, delivery: GroupDelivery): Promise<StepResult> {
  const last = lastOf(events);
  const { retryWindowSeconds } = delivery;
  if ((await deadLetterExpired([last], missing.reason, delivery)).length > 0) return { done: events };
  delivery.telemetry.count(DeliverMetric.EVENTS_RETRIED);
  reportFormerKeyMissing(last, missing, 'retried', delivery);
  const longest = Math.max(MAX_FORMER_KEY_PAUSE_SECONDS, Math.ceil(retryWindowSeconds / MIN_FORMER_KEY_PAUSES_PER_WINDOW));
  const retrySeconds = Math.max(Math.min(backoff([last], delivery), longest), missing.retryAfterSeconds ?? 0);
  return { done: events.slice(0, -1), retrySeconds, isAside: true };
}

/**
 * The trigger comes after its resolve, because SNS or Lambda swapped them, and paged nobody: it is sent and resolved at once, as
 * PagerDuty would have seen them in order. Until both are accepted, the message stays in the queue.
 */
async function pageLate(events: readonly EventRecord[], group: string, delivery: GroupDelivery): Promise<StepResult> {
  const last = lastOf(events);
  const { history, telemetry } = delivery;
  const trigger = await attemptInLane(last, delivery, async (fingerprint) => {
    await history.recordKeyUsed(group, fingerprint);
    return true;
  });
  if (trigger.outcome === 'withdrawn') return { done: [] };
  if (trigger.outcome === 'turn') return { done: [], retrySeconds: trigger.seconds, isTurn: true };
  if (trigger.outcome !== 'delivered') return afterFailure(events, trigger, delivery);
  // PagerDuty can have refused the key of above.
  await history.recordKeyUsed(group, trigger.fingerprint);
  // A resolve that PagerDuty has not accepted yet goes to the other keys itself, without paging again for each failure.
  const openKeys = orderOf(last) > history.stateOf(group).accepted ? [trigger.fingerprint] : history.stateOf(group).openKeys;
  const resolve = await deliverEvent(
    { ...last.queued, event: { ...last.queued.event, event_action: 'resolve' } }, delivery, { openKeys, isExact: true });
  if (resolve.outcome === 'withdrawn') return { done: [] };
  if (resolve.outcome !== 'delivered') return afterFailure(events, resolve, delivery);
  await history.recordLatePage(group, orderOf(last));
  telemetry.count(DeliverMetric.EVENTS_OUTDATED);
  telemetry.warn('trigger delivered after its resolve, and resolved at once', { ...fieldsOf(last), outcome: 'paged-late' });
  reportDelivered(events, delivery);
  return { done: events };
}

type LaneAttempt = Attempt | { readonly outcome: 'turn'; readonly seconds: number };

/** One attempt, at the pace of the event's routing key and endpoint. `prepare` decides just before the request whether it is still right. */
async function attemptInLane(
  event: EventRecord, delivery: GroupDelivery, prepare: (fingerprint: string) => Promise<boolean>,
): Promise<LaneAttempt> {
  const { queued, record } = event;
  const { lanes, history, clock } = delivery;
  const laneId = await laneIdOf(event, delivery);
  const order = orderOf(event);
  const ageMs = clock.now() - record.sentAt;
  if (laneId !== undefined) {
    const isFirstPage = isTrigger(order) && !mayBeOpen(history.stateOf(record.group));
    const { retryWindowSeconds: windowSeconds } = delivery;
    const waitMs = await lanes.enter(laneId, { isFirstPage, isOld: ageMs > windowSeconds * 500 });
    if (waitMs > 0) return { outcome: 'turn', seconds: turnSeconds({ waitMs, ageSeconds: ageMs / 1000, windowSeconds, isFirstPage }, clock.random) };
  }
  const startedAt = clock.now();
  let outcome: LaneOutcome = 'answered';
  let retryAfterSeconds: number | undefined;
  try {
    const { openKeys, awaitsFormerKey } = history.stateOf(record.group);
    const attempt = await deliverEvent(queued, delivery, { openKeys, isFormerKeyNeeded: awaitsFormerKey !== undefined, prepare });
    outcome = laneOutcomeOf(attempt, clock.now() - startedAt);
    if (attempt.outcome === 'failed') retryAfterSeconds = attempt.retryAfterSeconds;
    return attempt;
  } finally {
    if (laneId !== undefined) await lanes.leave(laneId, outcome, startedAt, retryAfterSeconds);
  }
}

/** `undefined` when there is no key or no endpoint: then no request is made. */
export async function laneIdOf({ queued }: EventRecord, { keys, endpoints, defaultEndpoint }: EventDelivery): Promise<string | undefined> {
  const endpoint = endpoints.get(queued.endpoint ?? defaultEndpoint);
  const found = await keys.find(queued.routingKey).catch(() => undefined);
  return endpoint === undefined || found?.found !== true ? undefined : Lanes.idOf(found.key, endpoint);
}

/** A request that failed after this time kept an instance busy: PagerDuty, or something before it, hangs. */
const MIN_SILENCE_MS = 3_000;

function laneOutcomeOf(attempt: Attempt, durationMs: number): LaneOutcome {
  if (attempt.outcome !== 'failed') return 'answered';
  if (attempt.code === FailureCode.LIMITED) return 'limited';
  if (attempt.code !== FailureCode.UNAVAILABLE) return 'answered';
  return durationMs >= MIN_SILENCE_MS ? 'silent' : 'failed';
}

async function afterFailure(
  events: readonly EventRecord[], attempt: Exclude<Attempt, { outcome: 'delivered' | 'withdrawn' }>, delivery: GroupDelivery,
): Promise<StepResult> {
  const last = lastOf(events);
  const { telemetry } = delivery;
  if (attempt.outcome === 'rejected') {
    // The others are decided on anew: the one before can be accepted in the place of the last.
    const isGone = await deadLetter(last, DeadLetterReason.REJECTED, attempt.reason, delivery);
    return isGone ? { done: [last] } : { done: [], retrySeconds: backoff(events, delivery) };
  }
  const expired = await deadLetterExpired(events, attempt.reason, delivery);
  const left = events.filter((event) => !expired.includes(event));
  if (left.length === 0) return { done: expired };
  const { code, reason, retryAfterSeconds } = attempt;
  const seconds = backoff(left, delivery, retryAfterSeconds);
  telemetry.count(DeliverMetric.EVENTS_RETRIED);
  telemetry.warn('event not delivered, will be retried', { ...fieldsOf(last), outcome: 'retried', code, reason, retryInSeconds: seconds });
  return { done: expired, retrySeconds: seconds };
}

/**
 * Receives while the rate was limited were no failures: an event of some age waits no longer than its age explains, whatever its
 * count of receives.
 */
export function backoff(events: ReadonlyArray<{ readonly record: QueueRecord }>, delivery: GroupDelivery, retryAfterSeconds?: number): number {
  const { retryWindowSeconds, clock } = delivery;
  const ageSeconds = ({ sentAt }: QueueRecord): number => Math.max(0, clock.now() - sentAt) / 1000;
  const attempts = events.map(({ record }) => Math.min(record.attempt, 2 + Math.floor(Math.log2(1 + ageSeconds(record)))));
  return backoffSeconds(Math.max(...attempts), retryWindowSeconds, retryAfterSeconds, clock.random);
}

/** A trigger that is seen for the first time after the retry window comes from the dead-letter queue, whose alarm was raised. */
function isTooOldToPage(event: EventRecord, { retryWindowSeconds, clock }: GroupDelivery): boolean {
  return event.record.attempt === 1 && clock.now() - publishedAt(event) > retryWindowSeconds * 1000;
}
