import { PagerDutyServer } from './pagerduty-server';
import { postJson } from '../../../lambda/deliver/http';

let server: PagerDutyServer;
beforeAll(async () => { server = await PagerDutyServer.start(); });
afterAll(async () => server.close());
beforeEach(() => server.reset());

const BODY = JSON.stringify({ routing_key: 'k', event_action: 'trigger', dedup_key: 'ü' });

test('posts JSON, and says who it is', async () => {
  expect(await postJson(server.url, BODY, 5000)).toMatchObject({ status: 202, body: expect.stringContaining('Event processed') });
  expect(server.events).toEqual([JSON.parse(BODY)]);
  expect(server.headers[0]).toMatchObject({ 'content-type': 'application/json', 'user-agent': expect.stringMatching(/^cdk-amp-pagerduty\/\d/) });
});

test('keeps its connection', async () => {
  await postJson(server.url, BODY, 5000);
  const before = server.connectionsOpened;
  await postJson(server.url, BODY, 5000);
  await postJson(server.url, BODY, 5000);
  expect(server.connectionsOpened).toBe(before);
});

test('gives status, body and Retry-After of any answer', async () => {
  server.next({ status: 429, headers: { 'Retry-After': '30' } }, { status: 400, body: 'Invalid routing key' });
  expect(await postJson(server.url, BODY, 5000)).toEqual({ status: 429, retryAfter: '30', body: '', isComplete: true });
  expect(await postJson(server.url, BODY, 5000)).toEqual({ status: 400, body: 'Invalid routing key', isComplete: true });
});

test('reads no more of a body than it shows', async () => {
  server.next({ status: 500, body: 'x'.repeat(1_000_000) });
  expect((await postJson(server.url, BODY, 5000)).body.length).toBeLessThanOrEqual(16 * 1024);
});

test('gives up when no answer comes in time', async () => {
  server.next('hang');
  await expect(postJson(server.url, BODY, 200)).rejects.toThrow('no response within 200 ms');
});

test('counts a status whose body never ends', async () => {
  server.next('hang-after-headers');
  expect(await postJson(server.url, BODY, 300)).toMatchObject({ status: 202 });
});

test('opens a new connection when the kept one has been closed', async () => {
  server.next('close-when-idle');
  await postJson(server.url, BODY, 5000);
  const socket = Array.from(server.connections)[0];
  // The request is written before the client sees the end of the connection.
  socket?.destroy();
  expect(await postJson(server.url, BODY, 5000)).toMatchObject({ status: 202 });
});

test.each(['reset', 'garbage'] as const)('rejects on %s', async (behaviour) => {
  server.next(behaviour, behaviour);
  await expect(postJson(server.url, BODY, 5000)).rejects.toThrow();
});

test('rejects when nobody listens', async () => {
  await expect(postJson(new URL('http://127.0.0.1:1/v2/enqueue'), BODY, 5000)).rejects.toThrow('ECONNREFUSED');
});
