import type { ServerResponse } from 'http';
import { guardedLookup } from '../../../../lambda/notify/guarded-lookup';
import { SecretValues } from '../../../../lambda/notify/secret-values';
import { slackSender } from '../../../../lambda/notify/slack/send-slack';
import type { Attempt } from '../../../../lambda/notify/transport';
import { post } from '../../../../lambda/shared/net/post';
import type { SecretContent } from '../../../../lambda/shared/secret';
import { AddressPermission, SLACK_API_URL, type SlackRequest } from '../../../../src/contract/queued-notification';
import { Recorder } from '../../../support/recorder';

const EVERYTHING = Object.values(AddressPermission);
const TOKEN = 'xoxb-0000-t0ken';
const WEBHOOK_PATH = '/services/T000/B000/s3cretPath';

let recorder: Recorder;

beforeAll(async () => {
  recorder = await Recorder.start(() => undefined);
});

afterAll(() => recorder.close());

beforeEach(() => {
  recorder.received.length = 0;
  recorder.respond = (response) => answer(response, 200, 'ok');
});

const base = (): string => recorder.url;
const keys = (entries: Record<string, unknown>): SecretContent => ({ kind: 'keys', keys: new Map(Object.entries(entries)) });

function answer(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json; charset=utf-8', ...headers }).end(isText ? body : JSON.stringify(body));
}

async function send(request: Partial<SlackRequest> = {}, secrets: readonly SecretContent[] = [keys({ hook: `${base()}${WEBHOOK_PATH}`, token: TOKEN })]): Promise<Attempt> {
  let reads = 0;
  let now = 0;
  const values = new SecretValues(async () => ({ content: secrets[Math.min(reads++, secrets.length - 1)] }), () => (now += 60_000));
  const sender = slackSender({ secrets: values, post, permissions: EVERYTHING, lookup: guardedLookup(EVERYTHING) }, `${base()}/api`);
  return sender({
    version: 1,
    transport: 'slack',
    entry: 'e',
    status: 'firing',
    receiver: 'r',
    notificationId: '1',
    publishedAt: '',
    request: { url: { secret: 'hook' }, channel: '#alerts', body: '{"channel":"#alerts"}\n', ...request },
  });
}

test('posts the body as it is to the incoming webhook in the secret', async () => {
  expect(await send()).toEqual({ outcome: 'delivered' });
  const [{ headers, body, path }] = recorder.received;
  expect(path).toBe(WEBHOOK_PATH);
  expect(body).toBe('{"channel":"#alerts"}\n');
  expect(headers['content-type']).toBe('application/json');
  expect(headers.authorization).toBeUndefined();
});

test('posts with the token in the secret to a URL of the definition', async () => {
  recorder.respond = (response) => answer(response, 200, { ok: true, channel: 'C1', ts: '1.2', message: { text: 'x' } });
  expect(await send({ url: { value: SLACK_API_URL }, authorization: { type: 'Bearer', credentials: { secret: 'token' } } })).toEqual({ outcome: 'delivered' });
  expect(await send({ url: { value: `${base()}/api/chat.postMessage` }, authorization: { type: 'Bearer', credentials: { secret: 'token' } } })).toEqual({ outcome: 'delivered' });
  expect(recorder.received[0].path).toBe('/api');
  expect(recorder.received[1]).toMatchObject({ path: '/api/chat.postMessage', headers: { authorization: `Bearer ${TOKEN}` } });
});

describe('what becomes of an answer', () => {
  const json = (error: string): object => ({ ok: false, error });
  test.each<[number, unknown, string, boolean?]>([
    // Only `ok` is success.
    [200, 'ok', 'delivered'], [200, { ok: true }, 'delivered'], [201, 'ok', 'delivered'],
    [200, 'ok\n', 'rejected'], [200, '', 'rejected'], [200, '<html>blocked by a proxy</html>', 'rejected'], [200, {}, 'rejected'], [200, { ok: 'true' }, 'rejected'],
    [200, json('channel_not_found'), 'rejected'], [200, json('not_in_channel'), 'rejected'], [200, json('is_archived'), 'rejected'], [200, json('msg_too_long'), 'rejected'],
    [400, 'invalid_payload', 'rejected'], [400, 'user_not_found', 'rejected'], [400, 'too_many_attachments', 'rejected'], [400, 'no_text', 'rejected'],
    [403, 'action_prohibited', 'rejected'], [404, 'channel_not_found', 'rejected'], [410, 'channel_is_archived', 'rejected'], [404, '<html>', 'rejected'],
    [302, 'Found', 'rejected'], [408, '', 'rejected'],
    // Somebody can fix the secret.
    [403, 'invalid_token', 'failed', true], [404, 'no_service', 'failed', true], [401, '', 'failed', true], [403, 'Forbidden', 'failed', true],
    [200, json('invalid_auth'), 'failed', true], [200, json('token_revoked'), 'failed', true], [200, json('missing_scope'), 'failed', true],
    // These pass.
    [500, 'rollup_error', 'failed'], [503, '', 'failed'], [429, json('rate_limited'), 'failed'], [200, json('ratelimited'), 'failed'],
    [200, json('internal_error'), 'failed'],
  ])('%i %j: %s', async (...[status, body, outcome, isAboutCredentials]) => {
    recorder.respond = (response) => answer(response, status, body, { location: '/elsewhere' });
    const attempt = await send();
    expect(attempt).toMatchObject({ outcome, ...(isAboutCredentials && { isAboutCredentials }) });
    if (isAboutCredentials === undefined) expect(attempt).not.toHaveProperty('isAboutCredentials');
    const name = typeof body === 'string' ? body : (body as { error?: string }).error;
    if (attempt.outcome !== 'delivered') {
      expect(attempt.reason).toContain(`channel "#alerts": Slack answered ${status}`);
      if (/^[a-z_]+$/.test(name ?? '')) expect(attempt.reason).toMatch(new RegExp(`: ${name}(;|$)`));
    }
    expect(recorder.received).toHaveLength(1);
  });

  test('an answer of JSON that is none is retried, for it came from something in between', async () => {
    recorder.respond = (response) => answer(response, 200, 'not JSON', { 'content-type': 'application/json' });
    expect(await send()).toMatchObject({ outcome: 'failed', reason: 'channel "#alerts": Slack answered 200: not JSON' });
  });

  test('a success that repeats a message of any length is one', async () => {
    recorder.respond = (response) => answer(response, 200, { ok: true, message: { text: '\u0000'.repeat(300_000) } });
    expect(await send()).toEqual({ outcome: 'delivered' });
  });

  test.each([
    [{ 'retry-after': '7' }, 7], [{ 'retry-after': '0' }, undefined], [{ 'retry-after': '-3' }, undefined], [{ 'retry-after': 'soon' }, undefined], [{}, undefined],
    [{ 'retry-after': 'Wed, 25 Nov 2026 10:00:30 GMT', 'date': 'Wed, 25 Nov 2026 10:00:00 GMT' }, 30],
    [{ 'retry-after': 'Wed, 25 Nov 2026 10:00:00 GMT', 'date': 'Wed, 25 Nov 2026 10:00:30 GMT' }, undefined],
  ])('%j waits for %s seconds', async (headers, seconds) => {
    recorder.respond = (response) => answer(response, 429, { ok: false, error: 'rate_limited' }, headers as Record<string, string>);
    expect(await send()).toMatchObject({ outcome: 'failed', retryAfterSeconds: seconds });
  });
});

test('no reason contains the URL or the token, even if the server sends them back', async () => {
  recorder.respond = (response, request) => answer(response, 404, `Cannot POST ${request.url} with ${JSON.stringify(request.headers)}`);
  const attempt = await send({ authorization: { type: 'Bearer', credentials: { secret: 'token' } } });
  expect(attempt).toMatchObject({ outcome: 'rejected' });
  for (const secret of [WEBHOOK_PATH, 's3cretPath', TOKEN]) expect(JSON.stringify(attempt)).not.toContain(secret);
  expect(await send({}, [keys({ hook: 'http://127.0.0.1:1/services/s3cretPath' })])).toMatchObject({ outcome: 'failed', reason: expect.not.stringContaining('s3cretPath') });
});

test('a token that was replaced since the secret was read is used at once', async () => {
  recorder.respond = (response, { headers }) => answer(response, 200, headers.authorization === 'Bearer new' ? { ok: true } : { ok: false, error: 'token_revoked' });
  const request = { url: { value: base() }, authorization: { type: 'Bearer', credentials: { secret: 'token' } } };
  expect(await send(request, [keys({ token: 'old' }), keys({ token: 'new' })])).toEqual({ outcome: 'delivered' });
  expect(recorder.received).toHaveLength(2);
});

test.each<[string, SecretContent]>([
  ['no entry', keys({})], ['a bare key', { kind: 'key', key: 'k' }], ['an entry that is no URL', keys({ hook: 'none' })], ['a URL of another kind', keys({ hook: 'ftp://a/' })],
])('a secret with %s is a matter for a person, and tried again', async (_, content) => {
  expect(await send({}, [content])).toMatchObject({ outcome: 'failed', isAboutCredentials: true });
  expect(recorder.received).toEqual([]);
});
