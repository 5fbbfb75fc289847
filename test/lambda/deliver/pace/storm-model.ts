import { GroupQueue } from './group-queue';
import { VirtualTime } from './virtual-time';
import { deliverBatch } from '../../../../lambda/deliver/deliver-batch';
import type { DeliverCollaborators } from '../../../../lambda/deliver/deliver-group';
import type { HttpAnswer } from '../../../../lambda/deliver/http';
import { Lanes } from '../../../../lambda/deliver/pace/lanes';
import { RoutingKeyCache } from '../../../../lambda/deliver/routing-key-cache';
import { DeliveryHistory } from '../../../../lambda/shared/watermark/delivery-history';
import { SharedTable } from '../../../../lambda/shared/watermark/shared-table';
import type { QueuedEvent } from '../../../../src/contract/queued-event';
import { RecordedTelemetry } from '../../notifications';
import { TableSimulation } from '../table-simulation';

/** A model of many instances of the real deliver code, with time that passes only when everybody waits. */

const ANSWER_MS = 80;
const TABLE_MS = 5;
const INVOCATION_MS = 10;
const IDLE_POLL_MS = 200;
const WINDOW_MS = 60_000;

export interface Storm {
  readonly events: readonly QueuedEvent[];
  /** Requests that a routing key can make in a minute. */
  readonly limitPerMinute: number;
  /** Whether refused requests count for the limit, too. */
  readonly isRefusalCounted?: boolean;
  readonly retryAfterSeconds?: number;
  /** Endpoints that never answer. */
  readonly hanging?: readonly string[];
  /** Events that are queued later. */
  readonly later?: ReadonlyArray<{ readonly event: QueuedEvent; readonly afterMs: number }>;
  readonly instances?: number;
  /** Ends the model, even if events are left. */
  readonly maxMs: number;
  readonly seed?: number;
}

export interface StormOutcome {
  readonly requests: number;
  readonly accepted: ReadonlyArray<{ readonly dedupKey: string; readonly action: string; readonly atMs: number }>;
  readonly left: number;
  readonly drainedAtMs: number;
  readonly maxReceives: number;
}

export async function playStorm(storm: Storm): Promise<StormOutcome> {
  const time = new VirtualTime(Date.parse('2026-03-01T10:00:00Z'), storm.seed ?? 1);
  const startedAt = time.now();
  const queue = new GroupQueue(time);
  const items = new TableSimulation(async () => time.sleep(TABLE_MS));
  const telemetry = new RecordedTelemetry();
  const windows = new Map<string, number[]>();
  const accepted: Array<{ dedupKey: string; action: string; atMs: number }> = [];
  let requests = 0;

  const post = async (url: URL, body: string, timeoutMs: number): Promise<HttpAnswer> => {
    requests++;
    const { routing_key: key, dedup_key: dedupKey, event_action: action } = JSON.parse(body) as Record<string, string>;
    if (storm.hanging?.includes(url.hostname) === true) {
      await time.sleep(timeoutMs);
      throw new Error(`no response within ${timeoutMs} ms`);
    }
    const window = (windows.get(key) ?? []).filter((at) => at > time.now() - WINDOW_MS);
    const isTaken = window.length < storm.limitPerMinute;
    if (isTaken || storm.isRefusalCounted === true) window.push(time.now());
    windows.set(key, window);
    await time.sleep(ANSWER_MS);
    if (!isTaken) {
      const retryAfter = storm.retryAfterSeconds === undefined ? {} : { retryAfter: String(storm.retryAfterSeconds) };
      return { status: 429, body: '', isComplete: true, ...retryAfter };
    }
    accepted.push({ dedupKey, action, atMs: time.now() - startedAt });
    return { status: 202, body: '{"status":"success"}', isComplete: true };
  };

  const newInstance = (): DeliverCollaborators => {
    const table = new SharedTable(items, telemetry, time);
    return {
      keys: new RoutingKeyCache(async () => ({ content: { kind: 'keys', keys: new Map(KEYS) }, createdAt: 0 }), ['a', 'b'], time.now),
      post,
      endpoints: new Map([['us', new URL('http://us/')], ['hanging', new URL('http://hanging/')]]),
      defaultEndpoint: 'us',
      queue,
      telemetry,
      clock: time,
      table,
      history: new DeliveryHistory(table),
      lanes: new Lanes(table, time),
      retryWindowSeconds: 86_400,
    };
  };

  storm.events.forEach((event) => queue.send(event));
  let waiting = storm.later?.length ?? 0;
  for (const { event, afterMs } of storm.later ?? []) {
    void time.sleep(afterMs).then(() => {
      queue.send(event);
      waiting--;
    });
  }
  const isOver = (): boolean => (queue.length === 0 && waiting === 0) || time.now() - startedAt >= storm.maxMs;
  let drainedAtMs = 0;
  const work = async (instance: DeliverCollaborators): Promise<void> => {
    while (!isOver()) {
      const batch = queue.receive(10);
      if (batch === undefined) {
        await time.sleep(IDLE_POLL_MS);
        continue;
      }
      await time.sleep(INVOCATION_MS);
      const { batchItemFailures } = await deliverBatch(batch, instance, () => 25_000);
      queue.settle(batch, batchItemFailures);
    }
    drainedAtMs = Math.max(drainedAtMs, time.now() - startedAt);
  };
  await time.run(Array.from({ length: storm.instances ?? 10 }, async () => work(newInstance())));
  return { requests, accepted, left: queue.length, drainedAtMs, maxReceives: queue.maxReceives };
}

const KEYS: ReadonlyArray<readonly [string, string]> = [['a', 'a'.repeat(32)], ['b', 'b'.repeat(32)]];
