import { createHash } from 'node:crypto';
import { queuedEvent } from './events';
import { QueueSimulation } from './queue-simulation';
import { TableSimulation } from './table-simulation';
import { deliverBatch } from '../../../lambda/deliver/deliver-batch';
import type { DeliverCollaborators } from '../../../lambda/deliver/deliver-group';
import type { HttpAnswer } from '../../../lambda/deliver/http';
import { Lanes } from '../../../lambda/deliver/pace/lanes';
import { RoutingKeyCache } from '../../../lambda/deliver/routing-key-cache';
import type { Clock } from '../../../lambda/shared/clock';
import { parseSecret } from '../../../lambda/shared/secret';
import { DeliveryHistory } from '../../../lambda/shared/watermark/delivery-history';
import { SharedTable } from '../../../lambda/shared/watermark/shared-table';
import { DeliverMetric, WatermarkMetric } from '../../../src/contract/metrics';
import type { QueuedEvent } from '../../../src/contract/queued-event';
import { RecordedTelemetry } from '../notifications';

/** What several instances do that share the queue, the table, and the secret. */

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const START = Date.parse('2026-03-01T10:00:00Z');
const ACCEPTED: HttpAnswer = { status: 202, body: '{"status":"success"}', isComplete: true };

function setUp() {
  const queue = new QueueSimulation(150);
  const items = new TableSimulation();
  const telemetry = new RecordedTelemetry();
  const clock: Clock = { now: () => START + queue.now * 1000, random: () => 0.5, sleep: async () => undefined };
  const secret: { current: string | undefined; previous?: string; isPreviousAway?: boolean } = { current: JSON.stringify({ db: A }) };
  const posted: Array<{ action: string; key: string; dedupKey: string; body: string }> = [];
  const answers: Array<HttpAnswer | ((key: string) => HttpAnswer)> = [];
  const newInstance = (): DeliverCollaborators => {
    const table = new SharedTable(items, telemetry, clock);
    return {
      keys: new RoutingKeyCache(async (stage) => {
        if (stage === 'AWSPREVIOUS' && secret.isPreviousAway === true) throw new Error('Secrets Manager is away');
        const text = stage === 'AWSCURRENT' ? secret.current : secret.previous;
        return { content: text === undefined ? { kind: 'unusable', code: 'secret-without-value', reason: 'none' } : parseSecret(text) };
      }, ['db'], clock.now),
      post: async (_url, body) => {
        const event = JSON.parse(body) as { routing_key: string; event_action: string; dedup_key: string };
        posted.push({ action: event.event_action, key: event.routing_key, dedupKey: event.dedup_key, body });
        const answer = answers.shift() ?? ACCEPTED;
        return typeof answer === 'function' ? answer(event.routing_key) : answer;
      },
      endpoints: new Map([['us', new URL('http://127.0.0.1/')]]),
      defaultEndpoint: 'us',
      queue,
      telemetry,
      clock,
      table,
      history: new DeliveryHistory(table),
      lanes: new Lanes(table, clock),
      retryWindowSeconds: 86_400,
    };
  };
  return {
    queue,
    items,
    telemetry,
    secret,
    posted,
    answers,
    newInstance,
    pass: (seconds: number) => { queue.now += seconds; },
    actions: () => posted.map(({ action }) => action).join(' '),
    async deliver(instance: DeliverCollaborators, ...events: readonly QueuedEvent[]): Promise<void> {
      events.forEach((event) => queue.send(event, clock.now()));
      const batch = queue.receive(10);
      if (batch === undefined) throw new Error('nothing is visible');
      const { batchItemFailures } = await deliverBatch(batch, instance, () => 25_000);
      queue.settle(batch, batchItemFailures);
    },
  };
}

const at = (seconds: number): { publishedAt: string } => ({ publishedAt: new Date(START + seconds * 1000).toISOString() });
const trigger = (seconds: number): QueuedEvent => queuedEvent('i', 'trigger', at(seconds));
const resolve = (seconds: number): QueuedEvent => queuedEvent('i', 'resolve', at(seconds));

describe('order', () => {
  test('a trigger that another instance gets after its resolve pages late, and is resolved at once', async () => {
    const { deliver, newInstance, actions, telemetry } = setUp();
    await deliver(newInstance(), resolve(60));
    await deliver(newInstance(), trigger(0));
    expect(actions()).toBe('resolve trigger resolve');
    expect(telemetry.lines).toContainEqual(expect.objectContaining({ outcome: 'paged-late' }));
    expect(telemetry.counts.get(DeliverMetric.EVENTS_OUTDATED)).toBe(1);
  });

  test('trigger and resolve of the same millisecond are sent in this order', async () => {
    const { deliver, newInstance, actions, telemetry } = setUp();
    await deliver(newInstance(), resolve(0), trigger(0));
    expect(actions()).toBe('trigger resolve');
    // Within one batch the order is restored, and nothing is late.
    expect(telemetry.counts.has(DeliverMetric.EVENTS_OUTDATED)).toBe(false);
  });

  test('a backlog whose beginning was tried during an outage opens one incident for the batch', async () => {
    const { deliver, newInstance, actions, answers, queue, pass } = setUp();
    const unavailable: HttpAnswer = { status: 503, body: '', isComplete: true };
    const backlog = [0, 1, 2, 3, 4].flatMap((pair) => [trigger(pair * 120), resolve(pair * 120 + 60)]);
    answers.push(unavailable);
    await deliver(newInstance(), backlog[0]);
    pass(3_600);
    answers.push(unavailable);
    await deliver(newInstance(), ...backlog.slice(1, 3));
    pass(3_600);
    await deliver(newInstance(), ...backlog.slice(3));
    for (let poll = 0; poll < 10 && queue.length > 0; poll++) {
      pass(3_600);
      await deliver(newInstance());
    }
    const sent = actions().split(' ').slice(2);
    expect(sent.at(-1)).toBe('resolve');
    expect(sent.filter((action) => action === 'trigger')).toHaveLength(1);
  });

  test('a trigger that comes again after its resolve is outdated, also in another instance', async () => {
    const { deliver, newInstance, actions, telemetry } = setUp();
    const first = trigger(0);
    await deliver(newInstance(), first);
    await deliver(newInstance(), resolve(60));
    await deliver(newInstance(), first);
    expect(actions()).toBe('trigger resolve');
    expect(telemetry.counts.get(DeliverMetric.EVENTS_OUTDATED)).toBe(1);
    expect(telemetry.counts.has(DeliverMetric.TRIGGERS_UNPAGED)).toBe(false);
  });

  test('a resolve that comes again closes no later incident', async () => {
    const { deliver, newInstance, actions } = setUp();
    const first = resolve(60);
    for (const event of [trigger(0), first, trigger(120), first]) await deliver(newInstance(), event);
    expect(actions()).toBe('trigger resolve trigger');
  });

  test('a trigger that comes after its resolve pages late when the answer to the resolve before it was lost', async () => {
    const { deliver, newInstance, actions, answers, queue } = setUp();
    await deliver(newInstance(), trigger(0));
    // PagerDuty resolves the incident, and the relay does not know it.
    answers.push(() => { throw new Error('no answer'); });
    await deliver(newInstance(), resolve(60));
    queue.advance();
    await deliver(newInstance(), resolve(120));
    await deliver(newInstance(), trigger(90));
    expect(actions()).toBe('trigger resolve resolve trigger resolve');
    expect(queue.length).toBe(0);
  });

  test('a trigger that comes after its resolve pages late although that resolve was retried', async () => {
    const { deliver, newInstance, actions, answers, queue } = setUp();
    await deliver(newInstance(), trigger(0));
    const noAnswer = (): HttpAnswer => { throw new Error('no answer'); };
    answers.push(noAnswer, noAnswer);
    await deliver(newInstance(), resolve(60));
    queue.advance();
    await deliver(newInstance(), resolve(120));
    queue.advance();
    await deliver(newInstance(), resolve(180));
    await deliver(newInstance(), trigger(90));
    expect(actions()).toBe('trigger resolve resolve resolve trigger resolve');
  });

  test('each trigger that comes after a later resolve pages late, for there can be a resolve between them', async () => {
    const { deliver, newInstance, actions } = setUp();
    for (const event of [resolve(90), trigger(0), resolve(30), trigger(60), trigger(0), trigger(60)]) await deliver(newInstance(), event);
    expect(actions()).toBe('resolve trigger resolve trigger resolve');
  });

  test('a trigger that is redriven after the retry window and after its resolve is counted, and not sent', async () => {
    const { deliver, newInstance, actions, telemetry, pass } = setUp();
    await deliver(newInstance(), resolve(60));
    pass(25 * 3600);
    await deliver(newInstance(), trigger(0));
    expect(actions()).toBe('resolve');
    expect(telemetry.counts.get(DeliverMetric.TRIGGERS_UNPAGED)).toBe(1);
  });

  test('without the table, one instance still orders from its memory, and says so once a batch', async () => {
    const { deliver, newInstance, actions, telemetry, items } = setUp();
    items.isAvailable = false;
    const instance = newInstance();
    const first = trigger(0);
    for (const event of [first, resolve(60), first]) await deliver(instance, event);
    expect(actions()).toBe('trigger resolve');
    expect(telemetry.counts.get(WatermarkMetric.WATERMARK_UNAVAILABLE)).toBe(3);
  });

  test('what the table missed during an outage is written when it is back, so that a late trigger still pages', async () => {
    const { deliver, newInstance, actions, items, pass } = setUp();
    const instance = newInstance();
    await deliver(instance, trigger(0));
    items.isAvailable = false;
    await deliver(instance, resolve(60));
    items.isAvailable = true;
    // The table is left alone for 5 seconds after a failure.
    pass(6);
    await deliver(instance, queuedEvent('other', 'trigger', at(61)));
    await deliver(newInstance(), resolve(120));
    await deliver(newInstance(), trigger(90));
    // Without the mark of the first resolve, the late trigger would seem to belong to the first incident.
    expect(actions()).toBe('trigger resolve trigger resolve trigger resolve');
  });

  test('no item holds a routing key, a dedup key, or a label', async () => {
    const { deliver, newInstance, items } = setUp();
    await deliver(newInstance(), queuedEvent('alertname=DiskFull', 'trigger'));
    const text = JSON.stringify(Array.from(items.items));
    expect(items.items.size).toBeGreaterThan(0);
    for (const secretText of [A, 'DiskFull', 'pager']) expect(text).not.toContain(secretText);
    expect(text).toContain(createHash('sha256').update(A).digest('hex').slice(0, 16));
  });

  test('an event of a version that is not known waits with all behind it, and is dead-lettered after the retry window', async () => {
    const { deliver, newInstance, queue, actions, pass } = setUp();
    const body = JSON.stringify({ version: 2 });
    queue.send(trigger(0), START);
    const { group } = groupOf(queue);
    queue.sendRaw(body, group, START);
    await deliver(newInstance(), resolve(60));
    expect(actions()).toBe('trigger');
    expect(queue.length).toBe(2);
    pass(25 * 3600);
    await deliver(newInstance());
    expect(queue.deadLettered).toMatchObject([{ body, code: 'expired' }]);
    queue.advance();
    await deliver(newInstance());
    expect(actions()).toBe('trigger resolve');
  });

  test('heartbeats are counted where they would be sent, and not sent', async () => {
    const { deliver, newInstance, posted, telemetry, queue } = setUp();
    await deliver(newInstance(), queuedEvent('heartbeat', 'trigger', { isHeartbeat: true }));
    expect(posted).toEqual([]);
    expect(queue.length).toBe(0);
    expect(telemetry.counts.get(DeliverMetric.HEARTBEATS)).toBe(1);
  });
});

describe('routing keys', () => {
  const sent = (posted: ReturnType<typeof setUp>['posted']) => posted.map(({ action, key }) => `${action} ${key[0]}`).sort();

  test('a resolve after a rotation goes to the key under which the incident was opened, too', async () => {
    const { deliver, newInstance, posted, secret, pass } = setUp();
    const instance = newInstance();
    await deliver(instance, trigger(0));
    secret.previous = secret.current;
    secret.current = JSON.stringify({ db: B });
    pass(400);
    await deliver(instance, resolve(400));
    expect(sent(posted)).toEqual(['resolve a', 'resolve b', 'trigger a']);
    pass(400);
    await deliver(instance, trigger(800));
    await deliver(instance, resolve(900));
    // An incident can be open with the key of before although nothing says so: it was opened while the table could not be reached.
    expect(sent(posted.slice(3))).toEqual(['resolve a', 'resolve b', 'trigger b']);
  });

  test('an incident that was opened while the table could not be reached is resolved after a rotation', async () => {
    const { deliver, newInstance, posted, secret, pass, items } = setUp();
    items.isAvailable = false;
    await deliver(newInstance(), trigger(0));
    items.isAvailable = true;
    secret.previous = secret.current;
    secret.current = JSON.stringify({ db: B });
    pass(400);
    await deliver(newInstance(), resolve(400));
    expect(sent(posted)).toEqual(['resolve a', 'resolve b', 'trigger a']);
  });

  const REJECTED: HttpAnswer = { status: 400, body: '{"status":"invalid event","message":"Event object is invalid"}', isComplete: true };
  const UNAVAILABLE: HttpAnswer = { status: 503, body: '', isComplete: true };

  test.each([
    ['before its resolve is accepted', UNAVAILABLE, 2],
    ['after its resolve is accepted', ACCEPTED, 1],
  ])('a trigger that pages late %s leaves no incident open with the key of before', async (_when, answerOfResolve, left) => {
    const { deliver, newInstance, posted, secret, pass, answers, queue } = setUp();
    answers.push(answerOfResolve);
    await deliver(newInstance(), resolve(60));
    // PagerDuty opens the incident, and refuses to resolve it at once.
    answers.push(ACCEPTED, REJECTED, UNAVAILABLE);
    const late = trigger(0);
    queue.advance();
    await deliver(newInstance(), late);
    expect(queue.deadLettered).toMatchObject([{ code: 'rejected' }]);
    expect(queue.length).toBe(left - 1);
    answers.length = 0;
    posted.length = 0;
    secret.previous = secret.current;
    secret.current = JSON.stringify({ db: B });
    pass(400);
    await deliver(newInstance(), late);
    queue.advance();
    expect(queue.length).toBe(0);
    expect(sent(posted)).toContain('trigger b');
    expect(sent(posted)).toEqual(expect.arrayContaining(['resolve a', 'resolve b']));
  });

  test('a trigger that pages late, and whose answer is lost before a rotation, is resolved with both keys', async () => {
    const { deliver, newInstance, posted, secret, pass, answers, queue } = setUp();
    await deliver(newInstance(), resolve(60));
    answers.push(UNAVAILABLE);
    await deliver(newInstance(), trigger(0));
    secret.previous = secret.current;
    secret.current = JSON.stringify({ db: B });
    pass(400);
    queue.advance();
    await deliver(newInstance());
    expect(sent(posted)).toEqual(['resolve a', 'resolve a', 'resolve b', 'trigger a', 'trigger b']);
  });

  test('a trigger that pages late pages once, however often it comes again', async () => {
    const { deliver, newInstance, posted, answers, queue } = setUp();
    answers.push(UNAVAILABLE);
    await deliver(newInstance(), resolve(60));
    queue.advance();
    await deliver(newInstance(), trigger(0));
    await deliver(newInstance(), trigger(0));
    expect(sent(posted).filter((text) => text === 'trigger a')).toEqual(['trigger a']);
    expect(queue.length).toBe(0);
  });

  test('an instance that has not seen the rotation resolves under the new key of another one', async () => {
    const { deliver, newInstance, posted, secret, pass } = setUp();
    const stale = newInstance();
    await deliver(stale, queuedEvent('other', 'trigger'));
    secret.previous = secret.current;
    secret.current = JSON.stringify({ db: B });
    pass(20);
    await deliver(newInstance(), trigger(0));
    await deliver(stale, resolve(60));
    expect(sent(posted.slice(1))).toEqual(['resolve a', 'resolve b', 'trigger b']);
  });

  test('a resolve is retried while the key of before cannot be reached', async () => {
    const { deliver, newInstance, posted, secret, pass, answers, queue } = setUp();
    const instance = newInstance();
    await deliver(instance, trigger(0));
    secret.previous = secret.current;
    secret.current = JSON.stringify({ db: B });
    pass(400);
    const unavailableUnderA = (key: string): HttpAnswer => (key === A ? { status: 503, body: '', isComplete: true } : ACCEPTED);
    answers.push(unavailableUnderA, unavailableUnderA);
    await deliver(instance, resolve(400));
    expect(queue.length).toBe(1);
    queue.advance();
    await deliver(instance);
    expect(queue.length).toBe(0);
    expect(sent(posted.slice(3))).toEqual(['resolve a', 'resolve b']);
  });

  test('a key of before two rotations is counted once, however often its resolve is retried', async () => {
    const { deliver, newInstance, posted, secret, pass, answers, queue, telemetry } = setUp();
    await deliver(newInstance(), trigger(0));
    secret.previous = JSON.stringify({ db: B });
    secret.current = JSON.stringify({ db: 'c'.repeat(32) });
    pass(400);
    // Two attempts, each with both keys of the secret.
    answers.push(UNAVAILABLE, UNAVAILABLE, UNAVAILABLE, UNAVAILABLE);
    await deliver(newInstance(), resolve(400));
    queue.advance();
    await deliver(newInstance());
    expect(telemetry.counts.has(DeliverMetric.ROUTING_KEY_FAILURES)).toBe(false);
    queue.advance();
    await deliver(newInstance());
    expect(queue.length).toBe(0);
    expect(sent(posted.slice(-2))).toEqual(['resolve b', 'resolve c']);
    expect(telemetry.counts.get(DeliverMetric.ROUTING_KEY_FAILURES)).toBe(1);
    expect(telemetry.lines).toContainEqual(expect.objectContaining({ code: 'key-before-rotation-missing', dedupKey: 'i' }));
    // The next incident of the group starts without it.
    await deliver(newInstance(), trigger(800));
    await deliver(newInstance(), resolve(900));
    expect(telemetry.counts.get(DeliverMetric.ROUTING_KEY_FAILURES)).toBe(1);
  });

  test('an event whose key is not known leaves no mark, for nothing was sent', async () => {
    const { deliver, newInstance, secret, actions, queue, items } = setUp();
    const keys = secret.current;
    secret.current = undefined;
    await deliver(newInstance(), resolve(60));
    expect(items.items.size).toBe(0);
    secret.current = keys;
    queue.advance();
    // Swapped by SNS. PagerDuty sees them in order, and the late trigger does not page apart from its resolve.
    await deliver(newInstance(), trigger(0));
    expect(actions()).toBe('trigger resolve');
    expect(queue.length).toBe(0);
  });

  test('a resolve waits for a malformed secret when nothing says which key the incident was opened with', async () => {
    const { deliver, newInstance, posted, secret, items, pass, queue } = setUp();
    items.isAvailable = false;
    await deliver(newInstance(), trigger(0));
    items.isAvailable = true;
    secret.previous = JSON.stringify({ db: B });
    const current = secret.current;
    secret.current = '{"db": "';
    await deliver(newInstance(), resolve(60));
    expect(sent(posted)).toEqual(['resolve b', 'trigger a']);
    expect(queue.length).toBe(1);
    secret.current = current;
    pass(400);
    await deliver(newInstance());
    expect(queue.length).toBe(0);
    expect(sent(posted.slice(2))).toEqual(['resolve a', 'resolve b']);
  });

  describe('while the former key of a rotation cannot be read', () => {
    /** The incident was opened with the former key while the table could not be reached, so nothing says so. */
    async function openUnmarked() {
      const given = setUp();
      const { deliver, newInstance, items, secret, posted } = given;
      items.isAvailable = false;
      await deliver(newInstance(), trigger(0));
      items.isAvailable = true;
      Object.assign(secret, { current: JSON.stringify({ db: B }), previous: JSON.stringify({ db: A }), isPreviousAway: true });
      posted.length = 0;
      return given;
    }

    test('a resolve is sent with the current one, and with the former one as soon as that can be read', async () => {
      const { deliver, newInstance, posted, queue, secret, telemetry } = await openUnmarked();
      await deliver(newInstance(), resolve(60));
      queue.advance();
      await deliver(newInstance());
      expect(sent(posted)).toEqual(['resolve b']);
      expect(queue.length).toBe(1);
      expect(telemetry.counts.get(DeliverMetric.ROUTING_KEY_FAILURES)).toBe(2);
      expect(telemetry.counts.get(DeliverMetric.EVENTS_RETRIED)).toBe(2);
      secret.isPreviousAway = false;
      queue.advance();
      await deliver(newInstance());
      expect(sent(posted)).toEqual(['resolve a', 'resolve b']);
      expect(queue.length).toBe(0);
    });

    test('the next trigger does not wait for the resolve, and is not resolved by it', async () => {
      const { deliver, newInstance, posted, queue, secret } = await openUnmarked();
      await deliver(newInstance(), resolve(60));
      queue.advance();
      await deliver(newInstance(), trigger(120));
      expect(sent(posted)).toEqual(['resolve b', 'trigger b']);
      expect(queue.length).toBe(1);
      secret.isPreviousAway = false;
      queue.advance();
      await deliver(newInstance());
      expect(posted.map(({ action, key }) => `${action} ${key[0]}`)).toEqual(['resolve b', 'trigger b', 'resolve a']);
      expect(queue.length).toBe(0);
    });

    test('the next resolve waits for it, too, and speaks for the one before', async () => {
      const { deliver, newInstance, posted, queue, secret } = await openUnmarked();
      await deliver(newInstance(), resolve(60));
      queue.advance();
      await deliver(newInstance(), trigger(120), resolve(180));
      // The first resolve has nothing left to do.
      expect(sent(posted)).toEqual(['resolve b', 'resolve b', 'trigger b']);
      secret.isPreviousAway = false;
      while (queue.length > 0) {
        queue.advance();
        await deliver(newInstance());
      }
      expect(sent(posted)).toEqual(['resolve a', 'resolve b', 'resolve b', 'trigger b']);
    });

    test('a trigger that comes late pages once', async () => {
      const { deliver, newInstance, posted, queue, secret } = await openUnmarked();
      await deliver(newInstance(), resolve(60));
      queue.advance();
      await deliver(newInstance(), trigger(30));
      queue.advance();
      await deliver(newInstance());
      secret.isPreviousAway = false;
      queue.advance();
      await deliver(newInstance());
      expect(sent(posted)).toEqual(['resolve a', 'resolve b', 'resolve b', 'trigger b']);
      expect(queue.length).toBe(0);
    });

    test('a later trigger that was sent with the former key is not resolved', async () => {
      const { deliver, newInstance, posted, queue, secret, answers } = await openUnmarked();
      await deliver(newInstance(), resolve(60));
      secret.isPreviousAway = false;
      // PagerDuty refuses the current key, takes the former one, and the answer is lost; the resolve is handed over first.
      const refused = { status: 400, body: 'Invalid routing key', isComplete: true };
      answers.push({ status: 503, body: '', isComplete: true }, refused);
      queue.advance();
      await deliver(newInstance(), trigger(120));
      queue.advance();
      await deliver(newInstance());
      expect(posted.map(({ action, key }) => `${action} ${key[0]}`)).toEqual(['resolve b', 'resolve a', 'trigger b', 'trigger a']);
      expect(queue.length).toBe(0);
    });

    test('a trigger with the current key does not hide the incident of before the rotation', async () => {
      const { deliver, newInstance, posted, queue, secret } = await openUnmarked();
      await deliver(newInstance(), trigger(60));
      await deliver(newInstance(), resolve(120));
      expect(posted.map(({ action, key }) => `${action} ${key[0]}`)).toEqual(['trigger b', 'resolve b']);
      expect(queue.length).toBe(1);
      secret.isPreviousAway = false;
      queue.advance();
      await deliver(newInstance());
      expect(posted.map(({ action, key }) => `${action} ${key[0]}`)).toEqual(['trigger b', 'resolve b', 'resolve a']);
      expect(queue.length).toBe(0);
    });

    test('a resolve whose incident is known to be open with the key of before is sent once with it', async () => {
      const { deliver, newInstance, posted, queue, secret } = setUp();
      const instance = newInstance();
      await deliver(instance, trigger(0));
      Object.assign(secret, { current: JSON.stringify({ db: B }), previous: JSON.stringify({ db: A }) });
      await deliver(newInstance(), trigger(60));
      secret.isPreviousAway = true;
      posted.length = 0;
      await deliver(newInstance(), resolve(120));
      expect(queue.length).toBe(1);
      secret.isPreviousAway = false;
      queue.advance();
      await deliver(newInstance());
      expect(posted.filter(({ action, key }) => `${action} ${key[0]}` === 'resolve a')).toHaveLength(1);
      expect(queue.length).toBe(0);
    });

    test('a resolve does not wait when other instances cannot learn what it waits for', async () => {
      const { deliver, newInstance, queue, items, telemetry } = await openUnmarked();
      items.isAvailable = false;
      await deliver(newInstance(), resolve(60));
      expect(queue.length).toBe(0);
      expect(telemetry.counts.get(DeliverMetric.ROUTING_KEY_FAILURES)).toBe(1);
      expect(telemetry.lines).toContainEqual(expect.objectContaining({ outcome: 'delivered', code: 'secret-unavailable' }));
    });

    test('a resolve that waits is dead-lettered after the retry window, and its redrive finishes it', async () => {
      const { deliver, newInstance, posted, queue, secret, pass } = await openUnmarked();
      const event = resolve(60);
      await deliver(newInstance(), event);
      pass(25 * 3600);
      await deliver(newInstance());
      expect(queue.deadLettered).toMatchObject([{ code: 'expired' }]);
      expect(queue.length).toBe(0);
      secret.isPreviousAway = false;
      await deliver(newInstance(), event);
      expect(sent(posted)).toEqual(['resolve a', 'resolve b']);
    });
  });

  test('a resolve does not wait for a malformed secret when its incident was opened with the key of before', async () => {
    const { deliver, newInstance, posted, secret, queue } = setUp();
    await deliver(newInstance(), trigger(0));
    secret.previous = secret.current;
    secret.current = '{"db": "';
    await deliver(newInstance(), resolve(60));
    expect(sent(posted)).toEqual(['resolve a', 'trigger a']);
    expect(queue.length).toBe(0);
  });

  test('a typing error in the new key stops no page, and is counted', async () => {
    const { deliver, newInstance, posted, secret, telemetry, answers, queue } = setUp();
    secret.previous = secret.current;
    secret.current = JSON.stringify({ db: 'typo' });
    answers.push({ status: 400, body: 'Invalid routing key', isComplete: true });
    await deliver(newInstance(), trigger(0));
    expect(sent(posted)).toEqual(['trigger a', 'trigger t']);
    expect(queue.length).toBe(0);
    expect(telemetry.counts.get(DeliverMetric.ROUTING_KEY_FAILURES)).toBe(1);
    expect(telemetry.lines).toContainEqual(expect.objectContaining({ code: 'key-refused', reason: expect.stringContaining('does not look like a routing key') }));
  });

  test('a refused key that looks like one is not said to look wrong', async () => {
    const { deliver, newInstance, telemetry, answers } = setUp();
    answers.push({ status: 400, body: 'Invalid routing key', isComplete: true });
    await deliver(newInstance(), trigger(0));
    expect(telemetry.lines).toMatchObject([{ code: 'key-refused', reason: 'PagerDuty answered 400: Invalid routing key' }]);
  });

  test('a key in the text of an event is not sent to PagerDuty', async () => {
    const { deliver, newInstance, posted } = setUp();
    const event = trigger(0);
    await deliver(newInstance(), { ...event, event: { ...event.event, payload: { ...event.event.payload, summary: `page ${A} now` } } });
    expect(JSON.parse(posted[0].body)).toMatchObject({ routing_key: A, payload: { summary: 'page [redacted] now' } });
  });

  test('an event that is too large is sent again with fewer details', async () => {
    const { deliver, newInstance, posted, answers, queue } = setUp();
    const event = trigger(0);
    answers.push({ status: 413, body: '', isComplete: true });
    const payload = { ...event.event.payload, custom_details: { firing: 'x'.repeat(300_000) } };
    await deliver(newInstance(), { ...event, event: { ...event.event, payload } });
    expect(queue.length).toBe(0);
    expect(posted.map(({ body }) => body.length > 256_000)).toEqual([true, false]);
  });
});

function groupOf(queue: QueueSimulation): { group: string } {
  const [record] = (queue.receive(1)?.Records ?? []) as Array<{ attributes: { MessageGroupId: string } }>;
  queue.now += 151;
  return { group: record.attributes.MessageGroupId };
}
