import { queuedEvent } from './events';
import { ACCEPTED, PagerDutyServer, type Behavior } from './pagerduty-server';
import { QueueSimulation } from './queue-simulation';
import { TableSimulation } from './table-simulation';
import { deliverBatch } from '../../../lambda/deliver/deliver-batch';
import type { DeliverCollaborators } from '../../../lambda/deliver/deliver-group';
import { postJson } from '../../../lambda/deliver/http';
import { Lanes } from '../../../lambda/deliver/pace/lanes';
import { RoutingKeyCache } from '../../../lambda/deliver/routing-key-cache';
import { systemClock, type Clock } from '../../../lambda/shared/clock';
import { parseSecret, type SecretStage } from '../../../lambda/shared/secret';
import { DeliveryHistory } from '../../../lambda/shared/watermark/delivery-history';
import { SharedTable } from '../../../lambda/shared/watermark/shared-table';
import { DeliverMetric } from '../../../src/contract/metrics';
import type { QueuedEvent } from '../../../src/contract/queued-event';
import { RecordedTelemetry } from '../notifications';

const KEY = 'k1'.repeat(16);
const UNAVAILABLE: Behavior = { status: 503, body: 'later' };
const REJECTED: Behavior = { status: 400, body: JSON.stringify({ message: 'Event object is invalid', errors: [`'payload.summary' is missing (key ${KEY})`] }) };
const KEY_REFUSED: Behavior = { status: 400, body: `Invalid routing key ${KEY}` };

let server: PagerDutyServer;
beforeAll(async () => { server = await PagerDutyServer.start(); });
afterAll(async () => server.close());

interface SetUp {
  readonly secret?: (stage: SecretStage) => Promise<string>;
  readonly table?: TableSimulation;
  readonly remainingMs?: number;
  readonly retryWindowSeconds?: number;
  readonly names?: string[];
}

function setUp({ secret = async () => JSON.stringify({ db: KEY }), table: items = new TableSimulation(), remainingMs = 60_000, retryWindowSeconds = 86_400, names = ['db'] }: SetUp = {}) {
  server.reset();
  const telemetry = new RecordedTelemetry();
  const queue = new QueueSimulation();
  let offset = 0;
  const clock: Clock = { now: () => Date.now() + offset, random: () => 0, sleep: systemClock.sleep };
  const newInstance = (): DeliverCollaborators => {
    const table = new SharedTable(items, telemetry, clock);
    return {
      ...shared,
      table,
      history: new DeliveryHistory(table),
      lanes: new Lanes(table, clock),
      keys: new RoutingKeyCache(async (stage) => ({ content: parseSecret(await secret(stage)) }), names, clock.now),
    };
  };
  const shared = {
    post: postJson,
    endpoints: new Map([['us', server.url]]),
    defaultEndpoint: 'us',
    telemetry,
    queue,
    retryWindowSeconds,
    clock,
  };
  let collaborators = newInstance();
  const deliver = async (...events: readonly QueuedEvent[]): Promise<{ ids: string[]; failed: string[] }> => {
    const ids = events.map((event) => queue.send(event));
    return { ids, failed: await receive() };
  };
  const receive = async (): Promise<string[]> => {
    const batch = queue.receive(10);
    if (batch === undefined) throw new Error('nothing is visible');
    const { batchItemFailures } = await deliverBatch(batch, collaborators, () => remainingMs);
    queue.settle(batch, batchItemFailures);
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
  return {
    telemetry,
    queue,
    deliver,
    receive,
    items,
    /** The next batch goes to an instance that remembers nothing. */
    becomeCold: () => { collaborators = newInstance(); },
    letTimePass: (ms: number) => { offset += ms; },
  };
}

const posted = () => server.events.map(({ dedup_key, event_action }) => `${event_action} ${dedup_key}`);

test('an event is posted with its key, and done', async () => {
  const { deliver, queue, telemetry } = setUp();
  const event = queuedEvent('a', 'trigger');
  expect((await deliver(event)).failed).toEqual([]);
  expect(server.events).toEqual([{ routing_key: KEY, ...event.event }]);
  expect(queue.length).toBe(0);
  expect(Object.fromEntries(telemetry.counts)).toEqual({ [DeliverMetric.EVENTS_DELIVERED]: 1 });
  expect(Array.from(telemetry.durations.keys())).toEqual([DeliverMetric.PAGERDUTY_LATENCY, DeliverMetric.DELIVERY_LATENCY]);
  expect(telemetry.flushes).toBe(1);
});

test.each<[string, Behavior]>([['503', UNAVAILABLE], ['429', { status: 429 }], ['a redirect', { status: 302, headers: { Location: 'https://127.0.0.1:1/' } }], ['408', { status: 408 }], ['garbage', 'garbage']])(
  'after %s an event comes back later, and those of its group with it and not before it', async (_what, behavior) => {
    const { deliver, queue, receive, telemetry, letTimePass } = setUp();
    server.next(behavior);
    const { ids, failed } = await deliver(queuedEvent('a', 'trigger'), queuedEvent('a', 'resolve'));
    expect(failed).toEqual(ids);
    expect(queue.deferrals).toEqual([{ ids, seconds: 1 }]);
    expect(telemetry.counts.get(DeliverMetric.EVENTS_RETRIED)).toBe(1);
    expect(telemetry.durations.get(DeliverMetric.RETRIED_EVENT_AGE)).toHaveLength(1);
    queue.advance();
    letTimePass(1000);
    expect(await receive()).toEqual([]);
    expect(posted().slice(-2)).toEqual(['trigger a', 'resolve a']);
  });

test('groups do not wait for each other', async () => {
  const { deliver } = setUp();
  server.next(UNAVAILABLE);
  const { ids, failed } = await deliver(queuedEvent('a', 'trigger'), queuedEvent('b', 'trigger'));
  expect(failed).toHaveLength(1);
  expect(ids).toContain(failed[0]);
  expect(posted().sort()).toEqual(['trigger a', 'trigger b']);
});

test('two routing keys of one dedup key are two groups', async () => {
  const { deliver } = setUp({ names: ['db', 'missing'] });
  const { ids, failed } = await deliver(queuedEvent('a', 'trigger', { routingKey: { name: 'missing' } }), queuedEvent('a', 'trigger'));
  expect(failed).toEqual([ids[0]]);
  expect(server.events.map(({ routing_key }) => routing_key)).toEqual([KEY]);
});

test('waits as long as PagerDuty asks', async () => {
  const { deliver, queue } = setUp();
  server.next({ status: 429, headers: { 'Retry-After': '77' } });
  await deliver(queuedEvent('a', 'trigger'));
  expect(queue.deferrals[0].seconds).toBe(77);
});

test('waits longer from attempt to attempt', async () => {
  const { deliver, queue, receive, letTimePass } = setUp();
  server.next(...Array<Behavior>(4).fill(UNAVAILABLE));
  await deliver(queuedEvent('a', 'trigger'));
  for (let attempt = 2; attempt <= 4; attempt++) {
    queue.advance();
    letTimePass(2 ** (attempt - 2) * 1000);
    await receive();
  }
  expect(queue.deferrals.map(({ seconds }) => seconds)).toEqual([1, 2, 4, 8]);
});

describe('a backlog of one incident', () => {
  test('is one trigger and its final state', async () => {
    const { deliver, queue, telemetry } = setUp();
    const events = Array.from({ length: 10 }, (_, index) => queuedEvent('a', index % 2 === 0 ? 'trigger' : 'resolve'));
    expect((await deliver(...events)).failed).toEqual([]);
    expect(server.events).toEqual([events[8], events[9]].map(({ event }) => ({ routing_key: KEY, ...event })));
    expect(queue.length).toBe(0);
    expect(telemetry.counts.get(DeliverMetric.EVENTS_COALESCED)).toBe(8);
  });

  test('that ends firing is one trigger', async () => {
    const { deliver } = setUp();
    const events = [queuedEvent('a', 'trigger'), queuedEvent('a', 'resolve'), queuedEvent('a', 'trigger')];
    expect((await deliver(...events)).failed).toEqual([]);
    expect(server.events).toEqual([{ routing_key: KEY, ...events[2].event }]);
  });

  test('resolves an open incident before the trigger of the next one', async () => {
    const { deliver } = setUp();
    await deliver(queuedEvent('a', 'trigger'));
    const events = [queuedEvent('a', 'resolve'), queuedEvent('a', 'trigger'), queuedEvent('a', 'resolve'), queuedEvent('a', 'trigger')];
    expect((await deliver(...events)).failed).toEqual([]);
    expect(posted()).toEqual(['trigger a', 'resolve a', 'trigger a']);
  });

  test('all come back when it fails', async () => {
    const { deliver } = setUp();
    server.next(UNAVAILABLE);
    const { ids, failed } = await deliver(queuedEvent('a', 'trigger'), queuedEvent('a', 'trigger'));
    expect(failed).toEqual(ids);
  });

  test('stand in for it when PagerDuty rejects it', async () => {
    const { deliver, queue } = setUp();
    server.next(REJECTED);
    const events = [queuedEvent('a', 'trigger'), queuedEvent('a', 'trigger')];
    const { ids, failed } = await deliver(...events);
    expect(failed).toEqual([]);
    expect(queue.deadLettered.map(({ id, code }) => [id, code])).toEqual([[ids[1], 'rejected']]);
    expect(server.events.at(-1)).toEqual({ routing_key: KEY, ...events[0].event });
  });
});

describe('a rejected event', () => {
  test('is dead-lettered with the reason, without any key, and does not block its group', async () => {
    const { deliver, queue, telemetry } = setUp();
    server.next(REJECTED);
    const { ids, failed } = await deliver(queuedEvent('a', 'trigger'), queuedEvent('a', 'resolve'));
    expect(failed).toEqual([]);
    expect(queue.deadLettered).toMatchObject([{ id: ids[0], code: 'rejected', reason: "PagerDuty answered 400: Event object is invalid: 'payload.summary' is missing (key [redacted])" }]);
    expect(posted()).toEqual(['trigger a', 'resolve a']);
    expect(telemetry.counts.get(DeliverMetric.EVENTS_DEAD_LETTERED)).toBe(1);
  });

  test.each([435, 468, 477])('has no part of a key in its reason, where that is cut at character %i', async (before) => {
    const { deliver, queue, telemetry } = setUp();
    server.next({ status: 400, body: JSON.stringify({ status: 'invalid event', message: `${'no '.repeat(before / 3)} ${KEY} and more` }) });
    await deliver(queuedEvent('a', 'trigger'));
    expect(queue.deadLettered[0].reason).toContain('no no');
    expect(queue.deadLettered[0].reason).not.toMatch(/k1/);
    expect(JSON.stringify(telemetry.lines)).not.toMatch(/k1/);
  });

  test('stays in the queue when it cannot be dead-lettered', async () => {
    const { deliver, queue } = setUp();
    queue.failDeadLetter = true;
    server.next(REJECTED);
    const { ids, failed } = await deliver(queuedEvent('a', 'trigger'), queuedEvent('a', 'resolve'));
    expect(failed).toEqual(ids);
    expect(posted()).toEqual(['trigger a']);
  });
});

describe('routing keys', () => {
  test.each<[string, string, string]>([
    ['an empty secret', '', 'secret-empty'],
    ['broken JSON', '{', 'secret-invalid-json'],
    ['a list', '[]', 'secret-wrong-type'],
    ['another name', '{"web":"x"}', 'key-name-missing'],
    ['a number', '{"db":1}', 'key-wrong-type'],
    ['an empty key', '{"db":""}', 'key-empty'],
  ])('%s is retried, counted and logged as %s', async (_what, secret, code) => {
    const { deliver, telemetry } = setUp({ secret: async () => secret, names: ['db', 'other'] });
    const { ids, failed } = await deliver(queuedEvent('a', 'trigger'));
    expect(failed).toEqual(ids);
    expect(server.events).toEqual([]);
    expect(telemetry.counts.get(DeliverMetric.ROUTING_KEY_FAILURES)).toBe(1);
    expect(telemetry.lines).toContainEqual(expect.objectContaining({ level: 'warn', code, outcome: 'retried' }));
  });

  test.each<[string, Behavior]>([['400', KEY_REFUSED], ['401', { status: 401 }], ['403', { status: 403 }]])('a key that PagerDuty refuses with %s is retried and counted', async (_status, behavior) => {
    const { deliver, telemetry, queue } = setUp();
    server.next(behavior);
    const { ids, failed } = await deliver(queuedEvent('a', 'trigger'));
    expect(failed).toEqual(ids);
    expect(queue.deadLettered).toEqual([]);
    expect(telemetry.counts.get(DeliverMetric.ROUTING_KEY_FAILURES)).toBe(1);
    expect(telemetry.lines).toContainEqual(expect.objectContaining({ code: 'key-refused' }));
  });

  test('an outage of Secrets Manager is retried and counted', async () => {
    const { deliver, telemetry } = setUp({ secret: async () => { throw new Error('outage'); } });
    const { ids, failed } = await deliver(queuedEvent('a', 'trigger'));
    expect(failed).toEqual(ids);
    expect(telemetry.counts.get(DeliverMetric.ROUTING_KEY_FAILURES)).toBe(1);
    expect(telemetry.lines).toContainEqual(expect.objectContaining({ code: 'secret-unavailable', reason: 'the secret could not be read: outage' }));
  });

  test('an endpoint that is not known is retried: a deployment may be under way', async () => {
    const { deliver, telemetry } = setUp();
    const { ids, failed } = await deliver(queuedEvent('a', 'trigger', { endpoint: 'eu' }));
    expect(failed).toEqual(ids);
    expect(telemetry.lines).toContainEqual(expect.objectContaining({ code: 'endpoint-unknown' }));
  });
});

describe('when the retry window is over', () => {
  test('there is one more attempt, which may succeed', async () => {
    const { deliver, queue } = setUp({ retryWindowSeconds: -1 });
    server.next(ACCEPTED);
    expect((await deliver(queuedEvent('a', 'trigger'))).failed).toEqual([]);
    expect(queue.deadLettered).toEqual([]);
  });

  test('what it leaves undelivered is dead-lettered in order, and what comes after it gets its turn', async () => {
    const { deliver, queue } = setUp({ retryWindowSeconds: -1 });
    server.next(UNAVAILABLE);
    const { ids, failed } = await deliver(queuedEvent('a', 'trigger'), queuedEvent('a', 'trigger'), queuedEvent('a', 'resolve'));
    expect(failed).toEqual([]);
    expect(queue.deadLettered.map(({ id, code }) => [id, code])).toEqual([[ids[0], 'expired'], [ids[1], 'expired']]);
    expect(queue.deadLettered[0].reason).toBe('the retry window ended; the last attempt failed: PagerDuty answered 503: later');
    expect(posted()).toEqual(['trigger a', 'resolve a']);
  });

  test('an event whose own window goes on stays, though it says the same as one that is dead-lettered', async () => {
    const { deliver, queue, receive } = setUp({ retryWindowSeconds: 3600 });
    const old = queue.send(queuedEvent('a', 'trigger'), Date.now() - 3_601_000);
    server.next(UNAVAILABLE);
    const { ids, failed } = await deliver(queuedEvent('a', 'trigger'));
    expect(failed).toEqual(ids);
    expect(queue.deadLettered.map(({ id, code }) => [id, code])).toEqual([[old, 'expired']]);
    queue.advance();
    expect(await receive()).toEqual([]);
    expect(posted()).toEqual(['trigger a', 'trigger a']);
  });

  test('what cannot be dead-lettered stays', async () => {
    const { deliver, queue } = setUp({ retryWindowSeconds: -1 });
    queue.failDeadLetter = true;
    server.next(UNAVAILABLE);
    const { ids, failed } = await deliver(queuedEvent('a', 'trigger'), queuedEvent('a', 'resolve'));
    expect(failed).toEqual(ids);
  });
});

test.each(['', 'no JSON', '[]', '{}', '{"version":1,"event":{}}', '{"version":1,"event":{"event_action":"acknowledge","dedup_key":"a","payload":{}},"routingKey":{}}'])(
  'a message that is no event of ours is dead-lettered: %s', async (body) => {
    const { queue, receive, telemetry } = setUp();
    const id = queue.sendRaw(body, 'g');
    expect(await receive()).toEqual([]);
    expect(queue.deadLettered).toMatchObject([{ id, body, code: 'unreadable' }]);
    expect(telemetry.counts.get(DeliverMetric.EVENTS_DEAD_LETTERED)).toBe(1);
  });

test.each([0, 6000, 15_999])('with %i ms left no request is begun, and the events come back at once', async (remainingMs) => {
  const { deliver, queue } = setUp({ remainingMs });
  const { ids, failed } = await deliver(queuedEvent('a', 'trigger'), queuedEvent('b', 'trigger'));
  expect([...failed].sort()).toEqual([...ids].sort());
  expect(server.events).toEqual([]);
  expect(queue.deferrals.map(({ seconds }) => seconds)).toEqual([0, 0]);
});

test('with time for the slowest request and what comes after it, one is begun', async () => {
  const { deliver } = setUp({ remainingMs: 16_000 });
  expect((await deliver(queuedEvent('a', 'trigger'))).failed).toEqual([]);
  expect(posted()).toEqual(['trigger a']);
});

test('a visibility timeout that cannot be changed is no failure of its own', async () => {
  const { deliver, queue, telemetry } = setUp();
  queue.failDefer = true;
  server.next(UNAVAILABLE);
  const { ids, failed } = await deliver(queuedEvent('a', 'trigger'));
  expect(failed).toEqual(ids);
  expect(telemetry.lines).toContainEqual(expect.objectContaining({ level: 'warn', reason: 'no visibility for you' }));
});

test('notifications that SNS handed over in the wrong order are delivered in the right one', async () => {
  const { deliver } = setUp();
  const trigger = queuedEvent('a', 'trigger');
  await deliver(queuedEvent('a', 'resolve'), trigger);
  expect(posted()).toEqual(['trigger a', 'resolve a']);
});

test('a notification that comes again after a later one is left out', async () => {
  const { deliver, telemetry } = setUp();
  const trigger = queuedEvent('a', 'trigger');
  await deliver(trigger);
  await deliver(queuedEvent('a', 'resolve'));
  expect((await deliver(trigger)).failed).toEqual([]);
  expect(posted()).toEqual(['trigger a', 'resolve a']);
  expect(telemetry.counts.get(DeliverMetric.EVENTS_OUTDATED)).toBe(1);
});

test('input of another source is an error', async () => {
  const { telemetry } = setUp();
  const collaborators = { telemetry, clock: systemClock } as unknown as DeliverCollaborators;
  for (const input of [undefined, {}, { Records: [{}] }]) await expect(deliverBatch(input, collaborators, () => 0)).rejects.toThrow('no SQS event');
});
