import { guardedLookup } from '../../../lambda/notify/guarded-lookup';
import { SecretValues } from '../../../lambda/notify/secret-values';
import type { Attempt } from '../../../lambda/notify/transport';
import { webhookSender } from '../../../lambda/notify/webhook/send-webhook';
import { post } from '../../../lambda/shared/net/post';
import type { SecretContent } from '../../../lambda/shared/secret';
import { AddressPermission, type WebhookRequest } from '../../../src/contract/queued-notification';
import { Recorder } from '../../support/recorder';

const EVERYTHING = Object.values(AddressPermission);
const TOKEN = 't0ken-in-the-path';

let recorder: Recorder;

beforeAll(async () => {
  recorder = await Recorder.start(() => undefined);
});

afterAll(() => recorder.close());

beforeEach(() => {
  recorder.received.length = 0;
  recorder.respond = (response) => response.end();
});

const base = (): string => recorder.url;
const keys = (entries: Record<string, unknown>): SecretContent => ({ kind: 'keys', keys: new Map(Object.entries(entries)) });

async function send(
  request: Partial<WebhookRequest> = {}, secrets: readonly SecretContent[] = [keys({ hook: `${base()}/${TOKEN}/x` })], permissions: readonly AddressPermission[] = EVERYTHING,
): Promise<Attempt> {
  let reads = 0;
  let now = 0;
  const values = new SecretValues(async () => ({ content: secrets[Math.min(reads++, secrets.length - 1)] }), () => (now += 60_000));
  const sender = webhookSender({ secrets: values, post, permissions, lookup: guardedLookup(permissions) });
  return sender({
    version: 1,
    transport: 'webhook',
    entry: 'e',
    status: 'firing',
    receiver: 'r',
    notificationId: '1',
    publishedAt: '',
    request: { url: 'hook', body: '{"a":"é"}\n', ...request },
  });
}

test('posts the body as it is, with the headers of Alertmanager and no other', async () => {
  expect(await send()).toEqual({ outcome: 'delivered' });
  const [{ rawHeaders: headers, body, path }] = recorder.received;
  expect(path).toBe(`/${TOKEN}/x`);
  expect(body).toBe('{"a":"é"}\n');
  const names = headers.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()).sort();
  expect(names).toEqual(['connection', 'content-length', 'content-type', 'host', 'user-agent']);
  expect(headers).toContain('application/json');
});

test('sends credentials and headers from the secret', async () => {
  const content = keys({ hook: base(), user: 'u', password: 'p:ä', bearer: 'b', secret: 's' });
  await send({ basicAuth: { username: { secret: 'user' }, password: { secret: 'password' } } }, [content]);
  await send({ authorization: { type: 'Token', credentials: { secret: 'bearer' } } }, [content]);
  await send({ headers: [{ name: 'X-A', value: { value: '1' } }, { name: 'X-A', value: { secret: 'secret' } }] }, [content]);
  const headerOf = (index: number, name: string): string[] =>
    recorder.received[index].rawHeaders.filter((_, at, all) => at % 2 === 1 && all[at - 1] === name);
  expect(headerOf(0, 'Authorization')).toEqual([`Basic ${Buffer.from('u:p:ä').toString('base64')}`]);
  expect(headerOf(1, 'Authorization')).toEqual(['Token b']);
  expect(headerOf(2, 'X-A')).toEqual(['1', 's']);
});

describe('what becomes of a response', () => {
  test.each([
    [200, 'delivered'], [204, 'delivered'], [301, 'rejected'], [304, 'rejected'], [307, 'rejected'], [400, 'rejected'], [401, 'rejected'], [403, 'rejected'],
    [404, 'rejected'], [408, 'rejected'], [410, 'rejected'], [429, 'failed'], [500, 'failed'], [502, 'failed'], [503, 'failed'], [511, 'failed'],
  ])('%i: %s', async (status, outcome) => {
    recorder.respond = (response) => response.writeHead(status, { location: '/elsewhere' }).end('because');
    const attempt = await send();
    expect(attempt.outcome).toBe(outcome);
    if (attempt.outcome !== 'delivered') expect(attempt.reason).toContain(`${status}`);
    expect(recorder.received).toHaveLength(1);
  });

  test('a limit says when to come back; the beginning of the answer is kept', async () => {
    recorder.respond = (response) => response.writeHead(429, { 'retry-after': '7' }).end(`slow down ${'x'.repeat(5000)}`);
    expect(await send()).toMatchObject({ outcome: 'failed', retryAfterSeconds: 7, reason: expect.stringMatching(/^the server answered 429: slow down x{200,300}$/) });
  });

  test('a server that hangs, and one that is not there, are tried again', async () => {
    recorder.respond = () => undefined;
    expect(await send({ timeoutMs: 100 })).toEqual({ outcome: 'failed', reason: 'no response from the server: no response within 100 ms' });
    expect(await send({}, [keys({ hook: 'http://127.0.0.1:1/' })])).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('ECONNREFUSED') });
  });
});

test('no reason contains the URL or a credential, even if the server sends them back', async () => {
  recorder.respond = (response, request) => response.writeHead(404).end(`Cannot POST ${request.url} with ${JSON.stringify(request.headers)} ${decodeURIComponent(request.url ?? '')}`);
  const attempt = await send(
    { authorization: { type: 'Bearer', credentials: { secret: 'bearer' } }, headers: [{ name: 'X-Key', value: { secret: 'key' } }] },
    [keys({ hook: `${base()}/${TOKEN}/x?auth=s%C3%A9cret-query`, bearer: 'b3arer-value', key: 'header-k3y' })]);
  expect(attempt).toMatchObject({ outcome: 'rejected' });
  const text = JSON.stringify(attempt);
  for (const secret of [TOKEN, 'b3arer-value', 'header-k3y', 'sécret-query', 's%C3%A9cret-query']) expect(text).not.toContain(secret);
  expect(text).toContain('[redacted]');
});

test('a URL is asked for as it was written, and the address of its secret decides whether it can be', async () => {
  const hook = `${base()}/${TOKEN}/a/../{{ .X }}?q="y"|{{ .Y }}`;
  expect(await send({ urlParts: ['Disk Full|ü', 'b c'] }, [keys({ hook: hook.replace('/../', '/') })])).toEqual({ outcome: 'delivered' });
  expect(await send({}, [keys({ hook: `${base()}/${TOKEN}/a/../b\\c` })])).toEqual({ outcome: 'delivered' });
  expect(recorder.received.map(({ path }) => path)).toEqual([`/${TOKEN}/a/Disk%20Full%7C%C3%BC?q="y"|b%20c`, `/${TOKEN}/a/../b%5Cc`]);
  // Whatever a label prints, neither scheme nor address are its own.
  const printed = '@169.254.169.254/http://169.254.169.254/';
  expect(await send({ urlParts: [printed] }, [keys({ hook: `${base()}/${TOKEN}/{{ .X }}` })], [AddressPermission.HTTP, AddressPermission.LOCAL])).toEqual({ outcome: 'delivered' });
  expect(await send({ urlParts: [printed] }, [keys({ hook: 'https://127.0.0.1/{{ .X }}' })], [])).toMatchObject({ outcome: 'rejected' });
  expect(recorder.received.slice(2).map(({ path }) => path)).toEqual([`/${TOKEN}/${printed}`]);
});

test('a label that would lead out of the path in the secret is refused for good, and nothing is sent', async () => {
  const attempt = await send({ urlParts: ['../admin'] }, [keys({ hook: `${base()}/${TOKEN}/{{ .X }}` })]);
  expect(attempt).toEqual({ outcome: 'rejected', reason: 'the path of the templated URL has a .. segment, which would lead out of the path in the secret' });
  expect(recorder.received).toEqual([]);
});

test('no reason contains what the URL of the secret has as it was written', async () => {
  recorder.respond = (response, request) => response.writeHead(404).end(`Cannot POST ${request.url}`);
  const attempt = await send({}, [keys({ hook: `${base()}/s3cr3t'(path)/../x?token="t0ken-v4lue"` })]);
  expect(attempt).toMatchObject({ outcome: 'rejected', reason: expect.stringContaining('[redacted]') });
  for (const secret of ['s3cr3t', 't0ken']) expect(JSON.stringify(attempt)).not.toContain(secret);
});

test('a value that was replaced since the secret was read is tried at once', async () => {
  recorder.respond = (response, request) => response.writeHead(request.url === '/new' ? 200 : 404).end();
  expect(await send({}, [keys({ hook: `${base()}/old` }), keys({ hook: `${base()}/new` })])).toEqual({ outcome: 'delivered' });
  expect(recorder.received.map(({ path }) => path)).toEqual(['/old', '/new']);
});

test.each<[string, SecretContent]>([
  ['no entry', keys({})], ['an entry that is not a string', keys({ hook: 1 })], ['an empty entry', keys({ hook: ' ' })],
  ['a bare key', { kind: 'key', key: 'k' }], ['an entry that is no URL', keys({ hook: 'none' })], ['a URL with more actions', keys({ hook: 'https://a/{{ .X }}' })],
])('a secret with %s is a matter for a person, and tried again', async (_, content) => {
  expect(await send({}, [content])).toMatchObject({ outcome: 'failed', isAboutCredentials: true });
  expect(recorder.received).toEqual([]);
});

describe('addresses that the construct does not allow', () => {
  test.each(['http://example.com/', 'https://127.0.0.1/', 'https://localhost/', 'https://169.254.169.254/latest', 'https://10.0.0.1/', 'https://[::1]/', 'https://[fd00::1]/'])(
    '%s is refused for good', async (url) => {
      expect(await send({}, [keys({ hook: url })], [])).toMatchObject({ outcome: 'rejected', reason: expect.stringContaining('does not allow') });
    });

  test('what a name resolves to is looked at, too', async () => {
    const lookup = guardedLookup([], ((_host: string, _options: object, callback: (error: null, addresses: object[]) => void) =>
      callback(null, [{ address: '93.184.216.34', family: 4 }, { address: '10.1.2.3', family: 4 }])) as never);
    await expect(new Promise((resolve, reject) => lookup('hooks.example.com', {}, (error, address) => (error ? reject(error) : resolve(address)))))
      .rejects.toThrow('private');
  });
});
