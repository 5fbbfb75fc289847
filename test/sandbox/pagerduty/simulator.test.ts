import { times } from '../../../sandbox/pagerduty/faults';
import { RateLimit } from '../../../sandbox/pagerduty/rate-limit';
import { PagerDutySimulator, type SimulatorOptions } from '../../../sandbox/pagerduty/simulator';
import { WebhookSimulator } from '../../../sandbox/receivers/webhook-simulator';

const KEY = '0123456789abcdef0123456789abcdef';
const OTHER = 'ffffffffffffffffffffffffffffffff';

let simulator: PagerDutySimulator;

afterEach(() => simulator.close());

async function start(options: SimulatorOptions = {}): Promise<void> {
  simulator = await PagerDutySimulator.start({ routingKeys: { 'on-call': KEY, 'other': OTHER }, ...options });
}

function event(action: string, dedup = 'd', summary = 'summary', key = KEY): unknown {
  return { routing_key: key, event_action: action, dedup_key: dedup, payload: { summary, source: 's', severity: 'error' } };
}

async function send(body: unknown, path = simulator.endpoint()): Promise<{ status: number; body: string }> {
  const response = await fetch(path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, body: await response.text() };
}

const states = (): string[] => simulator.incidents.all.map(({ number, state, title }) => `${number} ${state} ${title}`);

test('a trigger opens, the next adds, resolve closes, and a later trigger opens anew', async () => {
  await start();
  expect(await send(event('trigger'))).toEqual({ status: 202, body: '{"status":"success","message":"Event processed","dedup_key":"d"}' });
  await send(event('trigger', 'd', 'another summary'));
  await send(event('acknowledge'));
  expect(states()).toEqual(['1 acknowledged summary']);
  await send(event('trigger'));
  expect(states()).toEqual(['1 acknowledged summary']);
  expect(simulator.incidents.openWith(KEY, 'd')?.number).toBe(1);
  await send(event('resolve'));
  expect(simulator.incidents.openWith(KEY, 'd')).toBeUndefined();
  await send(event('resolve'));
  await send(event('trigger', 'd', 'new'));
  expect(states()).toEqual(['2 triggered new', '1 resolved summary']);
  expect(simulator.received.map(({ effect }) => effect?.change)).toEqual(['opened', 'updated', 'acknowledged', 'updated', 'resolved', 'none', 'opened']);
  expect(simulator.incidents.all[1]?.entries.map(({ action }) => action)).toEqual(['trigger', 'trigger', 'acknowledge', 'trigger', 'resolve']);
});

test('the same dedup key with another routing key is another incident', async () => {
  await start();
  await send(event('trigger'));
  await send(event('trigger', 'd', 'summary', OTHER));
  await send(event('resolve'));
  expect(states()).toEqual(['2 triggered summary', '1 resolved summary']);
});

test('what is invalid is refused as PagerDuty refuses it', async () => {
  await start();
  expect(await send('{')).toEqual({ status: 400, body: '{"status":"invalid event","message":"Event object is invalid","errors":["The body is not valid JSON"]}' });
  expect((await send({ ...event('trigger') as object, payload: { summary: 's', source: 's', severity: 'bad' } })).status).toBe(400);
  expect(await send(event('trigger', 'd', 's', '0'.repeat(32)))).toEqual({ status: 400, body: 'Invalid routing key' });
  expect(simulator.accepted).toEqual([]);
});

test.each([[512_000, 202], [512_001, 400]])('an event of %i bytes is answered with %i', async (bytes, status) => {
  await start();
  const base = event('trigger') as { payload: object };
  const body = (length: number): string => JSON.stringify({ ...base, payload: { ...base.payload, custom_details: { x: 'x'.repeat(length) } } });
  expect((await send(body(bytes - Buffer.byteLength(body(0))))).status).toBe(status);
});

test('events know to which endpoint they were sent', async () => {
  await start();
  await send(event('trigger'), simulator.endpoint('eu'));
  expect(simulator.received[0]?.path).toBe('/endpoints/eu/v2/enqueue');
  expect((await fetch(`${simulator.url}/v2/nothing`, { method: 'POST' })).status).toBe(404);
});

test('faults happen as planned', async () => {
  await start();
  simulator.faults = times(2, { status: 500, headers: { 'retry-after': '7' }, body: 'oops' });
  const response = await fetch(simulator.endpoint(), { method: 'POST', body: JSON.stringify(event('trigger')) });
  expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([500, '7', 'oops']);
  expect((await send(event('trigger'))).status).toBe(500);
  expect((await send(event('trigger'))).status).toBe(202);
  simulator.faults = ({ dedupKey }) => (dedupKey === 'lost' ? { drop: 'before' } : { drop: 'after' });
  await expect(send(event('trigger', 'lost'))).rejects.toThrow();
  await expect(send(event('trigger', 'unanswered'))).rejects.toThrow();
  expect(states()).toEqual(['2 triggered summary', '1 triggered summary']);
  simulator.faults = undefined;
  simulator.setFaultMode('throttled');
  expect(await send(event('trigger'))).toEqual({ status: 429, body: '429 - Request Limit Exceeded' });
});

test('more events than allowed are throttled, for each routing key of its own', async () => {
  await start({ eventsPerMinute: 2 });
  const statuses = [];
  for (const key of [KEY, KEY, KEY, OTHER]) {
    statuses.push((await send(event('trigger', 'd', 's', key))).status);
  }
  expect(statuses).toEqual([202, 202, 429, 202]);
});

test('the rate limit looks at the last minute', () => {
  let now = 0;
  const limit = new RateLimit(1, () => now);
  expect([limit.allows('a'), limit.allows('a')]).toEqual([true, false]);
  now = 60_000;
  expect(limit.allows('a')).toBe(true);
});

describe('the page', () => {
  test('shows incidents without any routing key, and changes as they happen', async () => {
    await start();
    const stream = await fetch(`${simulator.url}/api/stream`);
    const reader = stream.body?.getReader();
    await reader?.read();
    await send(event('trigger', 'd', 'look at me'));
    const pushed = Buffer.from((await reader?.read())?.value ?? []).toString();
    await reader?.cancel();
    expect(pushed).toContain('look at me');
    expect(pushed).toContain('"service":"on-call"');
    expect(pushed).not.toContain(KEY);
    const page = await (await fetch(simulator.url)).text();
    expect(page).not.toMatch(/https?:\/\//);
    for (const place of ['/page.css', '/page.js']) {
      expect((await fetch(`${simulator.url}${place}`)).status).toBe(200);
    }
  });

  test('lists the calls of other receivers beside the incidents, without what is secret about them', async () => {
    const webhook = await WebhookSimulator.start();
    try {
      await start({ receivers: [webhook] });
      const stream = (await fetch(`${simulator.url}/api/stream`)).body?.getReader();
      const next = async (): Promise<string> => Buffer.from((await stream?.read())?.value ?? []).toString();
      expect(await next()).toContain('"receivers":[{"id":"webhook","title":"Webhook calls","count":0,"calls":[]}]');
      await fetch(`${webhook.endpoint('team/webhook/0')}/s3cr3t`, { method: 'POST', headers: { authorization: 'Bearer t0ken' }, body: '{"status":"firing","alerts":[{},{}]}' });
      const pushed = await next();
      await stream?.cancel();
      expect(pushed).toContain('"target":"receivers.team.webhook_configs[0]","status":"firing","summary":"2 alerts","answer":"200","isAccepted":true');
      expect(pushed).not.toMatch(/s3cr3t|t0ken/);
      await fetch(webhook.endpoint('team/webhook/0'), { method: 'POST', body: 'x'.repeat(1_000_000) });
      expect((await (await fetch(`${simulator.url}/api/state`)).text()).length).toBeLessThan(50_000);
    } finally {
      await webhook.close();
    }
  });

  test('does what it offers, and only for itself', async () => {
    const run = jest.fn(() => Promise.resolve());
    await start({ actions: [{ id: 'stop', label: 'stop', run }] });
    const post = (place: string, body: string, type: string): Promise<Response> => (
      fetch(`${simulator.url}${place}`, { method: 'POST', body, headers: { 'content-type': type } })
    );
    expect((await post('/api/actions/stop', '{}', 'text/plain')).status).toBe(415);
    expect(run).not.toHaveBeenCalled();
    expect((await post('/api/actions/stop', '{}', 'application/json')).status).toBe(202);
    expect(run).toHaveBeenCalledTimes(1);
    expect((await post('/api/faults', '{"mode":"outage"}', 'application/json')).status).toBe(202);
    expect((await send(event('trigger'))).status).toBe(503);
    expect((await post('/api/faults', '{"mode":"toString"}', 'application/json')).status).toBe(400);
  });
});
