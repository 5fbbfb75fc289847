import { deadLetter, deadLetterExpired, isExpired } from './dead-letter';
import { backoff, deliverGroup, laneIdOf, type DeliverCollaborators, type GroupDelivery, type RetryRequest } from './deliver-group';
import { parseQueuedEvent, type EventRecord } from './event-record';
import { DeliverMetric } from '../../src/contract/metrics';
import { DeadLetterReason } from '../../src/contract/queued-event';
import { messageOf } from '../shared/guards';
import { groupRecords, parseQueueEvent, type QueueRecord } from '../shared/queue/queue-record';

/** What Lambda keeps in the queue: every message that is not named here is deleted. */
export interface BatchResponse {
  readonly batchItemFailures: ReadonlyArray<{ readonly itemIdentifier: string }>;
}

/** Delivers a batch: groups side by side, the events of a group one after the other. */
export async function deliverBatch(event: unknown, collaborators: DeliverCollaborators, remainingMs: () => number): Promise<BatchResponse> {
  const delivery: GroupDelivery = { ...collaborators, remainingMs };
  const { telemetry, clock } = delivery;
  try {
    const parsed = groupRecords(parseQueueEvent(event, clock.now())).map(parseGroup);
    await learnFromTable(parsed, collaborators);
    const requests = await Promise.all(parsed.map(async (group) => deliverSafely(group, delivery)));
    await delivery.history.catchUp();
    const left = requests.flatMap((request) => request?.records ?? []);
    if (left.length > 0) {
      const ages = left.map((record) => ageMs(record, parsed, clock.now()));
      telemetry.milliseconds(DeliverMetric.RETRIED_EVENT_AGE, Math.max(...ages));
    }
    const waiting = requests.reduce((sum, request) => sum + (request?.isTurn === true ? request.records.length : 0), 0);
    if (waiting > 0) telemetry.info('events wait for their turn, the rate is limited', { outcome: 'deferred', count: waiting });
    return { batchItemFailures: left.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  } finally {
    telemetry.flush();
  }
}

/** A group of a batch: its messages up to the first of an unknown version, which must not be overtaken. */
interface Group {
  readonly records: readonly QueueRecord[];
  readonly events: readonly EventRecord[];
  readonly heartbeats: readonly EventRecord[];
  readonly unreadable: ReadonlyArray<{ readonly record: QueueRecord; readonly reason: string }>;
  /** A message of a version that this function does not know, and all behind it. */
  readonly blocked: readonly QueueRecord[];
}

function parseGroup(records: readonly QueueRecord[]): Group {
  const parsed = records.map((record) => ({ record, body: parseQueuedEvent(record.body) }));
  const unknown = parsed.findIndex(({ body }) => body.kind === 'unknown-version');
  const known = unknown === -1 ? parsed : parsed.slice(0, unknown);
  const readable = known.flatMap(({ record, body }) => (body.kind === 'event' ? [{ record, queued: body.queued }] : []));
  return {
    records,
    events: readable.filter(({ queued }) => queued.isHeartbeat !== true),
    heartbeats: readable.filter(({ queued }) => queued.isHeartbeat === true),
    unreadable: known.flatMap(({ record, body }) => (body.kind === 'unreadable' ? [{ record, reason: body.reason }] : [])),
    blocked: unknown === -1 ? [] : records.slice(unknown),
  };
}

/** One read for the whole batch: what was sent of its groups, and how fast its lanes are. */
async function learnFromTable(groups: readonly Group[], { table, history, lanes, ...delivery }: DeliverCollaborators): Promise<void> {
  if (table === undefined) return;
  table.startBatch();
  const events = groups.flatMap((group) => group.events);
  const laneIds = await Promise.all(events.map(async (event) => laneIdOf(event, delivery)));
  const lanesOfBatch = new Set(laneIds.filter((id): id is string => id !== undefined));
  const names = new Set(events.map(({ record }) => record.group));
  const items = await table.read([...Array.from(names, (group) => history.itemIdOf(group)), ...lanesOfBatch]);
  if (items === undefined) return;
  names.forEach((group) => history.learn(group, items));
  lanes.learn(lanesOfBatch, items);
}

/** Delivers a group, and lets what is left of it wait. All of it for the same time: its first message holds up the others. */
async function deliverSafely(group: Group, delivery: GroupDelivery): Promise<RetryRequest | undefined> {
  const { telemetry, queue } = delivery;
  const request = await deliverParsed(group, delivery).catch((error: unknown): RetryRequest => {
    telemetry.error('group not delivered, will be retried', { outcome: 'retried', reason: messageOf(error), count: group.records.length });
    return { records: group.records, seconds: backoff(group.records.map((record) => ({ record })), delivery) };
  });
  if (request === undefined) return undefined;
  try {
    await queue.defer(request.records, request.seconds);
  } catch (error) {
    // They come back all the same, when the visibility timeout of the queue is over.
    telemetry.warn('visibility timeout not changed', { reason: messageOf(error), count: request.records.length });
  }
  return request;
}

async function deliverParsed(group: Group, delivery: GroupDelivery): Promise<RetryRequest | undefined> {
  group.heartbeats.forEach(() => delivery.telemetry.count(DeliverMetric.HEARTBEATS));
  const kept: QueueRecord[] = [];
  for (const { record, reason } of group.unreadable) {
    if (!await deadLetter({ record }, DeadLetterReason.UNREADABLE, `the message is unreadable: ${reason}`, delivery)) kept.push(record);
  }
  const killers = await deadLetterKillers(group.events, delivery);
  const request = await deliverGroup(group.events.filter((event) => !killers.includes(event)), delivery);
  const blocked = await deferUnknown(group.blocked, delivery);
  const records = [...kept, ...(request?.records ?? []), ...blocked];
  if (records.length === 0) return undefined;
  return request ?? { records, seconds: backoff(records.map((record) => ({ record })), delivery) };
}

/** How often a message comes back after its window has ended before it is taken for one that ends the function. */
const MIN_ATTEMPTS_OF_KILLER = 3;

/** Longer than any pause between two attempts, so that the attempt after the window has been made. */
const KILLER_GRACE_MS = 45 * 60 * 1000;

/** An event that ends the function each time never reaches the check of its window, and holds up nine others with it. */
async function deadLetterKillers(events: readonly EventRecord[], delivery: GroupDelivery): Promise<EventRecord[]> {
  const later = { ...delivery, retryWindowSeconds: delivery.retryWindowSeconds * 1.05 + KILLER_GRACE_MS / 1000 };
  const suspects = events.filter(({ record }) => record.attempt >= MIN_ATTEMPTS_OF_KILLER && isExpired(record, later));
  return deadLetterExpired(suspects, 'the function never got to report one: see its log', delivery);
}

/** During a deployment, the receive function can be ahead of this one for some seconds. */
async function deferUnknown(records: readonly QueueRecord[], delivery: GroupDelivery): Promise<QueueRecord[]> {
  const [first] = records;
  if (first === undefined) return [];
  const reason = 'the message has a version that this function does not know';
  const expired = isExpired(first, delivery) && await deadLetter({ record: first }, DeadLetterReason.EXPIRED, `the retry window ended; ${reason}`, delivery);
  if (expired) return records.slice(1);
  delivery.telemetry.count(DeliverMetric.EVENTS_RETRIED);
  delivery.telemetry.warn('event not delivered, will be retried', { messageId: first.messageId, attempt: first.attempt, outcome: 'retried', code: 'version-unknown', reason });
  return [...records];
}

/** Since SNS accepted the notification; since its event was queued, when that is not known. */
function ageMs(record: QueueRecord, groups: readonly Group[], now: number): number {
  const event = groups.flatMap(({ events }) => events).find((candidate) => candidate.record === record);
  const publishedAt = event === undefined ? NaN : Date.parse(event.queued.publishedAt);
  return Math.max(0, now - (Number.isNaN(publishedAt) ? record.sentAt : publishedAt));
}
