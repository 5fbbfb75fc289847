import { guardedLookup } from '../../../../lambda/notify/guarded-lookup';
import { SecretValues } from '../../../../lambda/notify/secret-values';
import { IbmAccessTokens } from '../../../../lambda/notify/sysdig/ibm-access-tokens';
import { sysdigSender } from '../../../../lambda/notify/sysdig/send-sysdig';
import type { Attempt } from '../../../../lambda/notify/transport';
import { post, type Post } from '../../../../lambda/shared/net/post';
import type { SecretContent } from '../../../../lambda/shared/secret';
import { SysdigSimulator } from '../../../../sandbox/receivers/sysdig-simulator';
import { AddressPermission } from '../../../../src/contract/queued-notification';
import type { SysdigEndpoints, SysdigRequest } from '../../../../src/contract/sysdig';

const TOKEN = 'placeholder token of a/sysdig';
const EVENT = { name: 'Ä "x"', severity: 2, tags: { a: 'b' } };
const BODY = JSON.stringify({ event: EVENT });
const DEPLOYED: SysdigEndpoints = {
  us1: { url: 'https://app.sysdigcloud.com/api/v2/events/' },
  ibm: { url: 'https://us-south.monitoring.cloud.ibm.com/api/v2/events/', ibm: { tokenUrl: 'https://iam.cloud.ibm.com/identity/token', instanceId: 'guid', teamId: '7' } },
};

let simulator: SysdigSimulator;
beforeEach(async () => {
  simulator = await SysdigSimulator.start();
});
afterEach(async () => simulator.close());

const keys = (entries: Record<string, unknown>): SecretContent => ({ kind: 'keys', keys: new Map(Object.entries(entries)) });

interface Sending {
  readonly request?: Partial<SysdigRequest>;
  /** What successive reads of the secret bring. */
  readonly secrets?: readonly SecretContent[];
  readonly permissions?: readonly AddressPermission[];
  readonly endpoints?: SysdigEndpoints;
  readonly times?: number;
  readonly by?: Post;
  /** Milliseconds, for time limits. */
  readonly now?: () => number;
}

async function send(
  { request, secrets = [keys({ 'a/sysdig': TOKEN })], permissions = Object.values(AddressPermission), endpoints, times = 1, by = post, now: clock }: Sending = {},
): Promise<Attempt> {
  let reads = 0;
  let now = 0;
  const values = new SecretValues(async () => Promise.resolve({ content: secrets[Math.min(reads++, secrets.length - 1)] }), () => (now += 60_000));
  const lookup = guardedLookup(permissions);
  const sender = sysdigSender(endpoints ?? simulator.endpoints(DEPLOYED), { secrets: values, post: by, permissions, lookup }, clock);
  const once = async (): Promise<Attempt> => sender({
    version: 1,
    transport: 'sysdig',
    entry: 'e',
    status: 'firing',
    receiver: 'r',
    notificationId: 'n',
    publishedAt: '2026-11-25T10:00:00Z',
    request: { endpoint: 'us1', token: { secret: 'a/sysdig' }, body: BODY, ...request },
  });
  for (let sent = 1; sent < times; sent += 1) {
    await once();
  }
  return once();
}

test('posts the event with the token of the secret', async () => {
  expect(await send()).toEqual({ outcome: 'delivered' });
  expect(simulator.events).toEqual([EVENT]);
  expect(simulator.received[0]).toMatchObject({ endpoint: 'us1', body: BODY, headers: { 'authorization': `Bearer ${TOKEN}`, 'content-type': 'application/json' } });
  expect(simulator.received[0].headers).not.toHaveProperty('ibminstanceid');
});

describe('IBM Cloud', () => {
  test('exchanges the API key for an access token once, and names instance and team', async () => {
    let exchanges = 0;
    const counting: Post = async (request) => {
      exchanges += request.url.pathname === '/identity/token' ? 1 : 0;
      return post(request);
    };
    expect(await send({ request: { endpoint: 'ibm' }, times: 3, by: counting })).toEqual({ outcome: 'delivered' });
    expect(exchanges).toBe(1);
    expect(simulator.received).toHaveLength(3);
    expect(simulator.received[0].headers).toMatchObject({ authorization: 'Bearer access token for a/sysdig', ibminstanceid: 'guid', sysdigteamid: '7' });
  });

  test('an API key that is not known is a matter for a person, and is not in the reason', async () => {
    const attempt = await send({ request: { endpoint: 'ibm' }, secrets: [keys({ 'a/sysdig': 'wr0ng-key' })] });
    expect(attempt).toMatchObject({ outcome: 'failed', isAboutCredentials: true, reason: expect.stringContaining('BXNIM0415E') });
    expect(JSON.stringify(attempt)).not.toContain('wr0ng-key');
  });

  test('an API key that was replaced is used at once', async () => {
    const secrets = [keys({ 'a/sysdig': 'old' }), keys({ 'a/sysdig': TOKEN })];
    expect(await send({ request: { endpoint: 'ibm' }, secrets })).toEqual({ outcome: 'delivered' });
  });

  test('an access token that is refused is replaced once', async () => {
    const plan = [{ status: 401 }, undefined];
    simulator.faults = () => plan.shift();
    expect(await send({ request: { endpoint: 'ibm' } })).toEqual({ outcome: 'delivered' });
    simulator.faults = () => ({ status: 401 });
    expect(await send({ request: { endpoint: 'ibm' } })).toMatchObject({ outcome: 'failed', isAboutCredentials: true });
    expect(simulator.received).toHaveLength(4);
  });

  describe('that hangs takes no more time than the request of any other receiver', () => {
    const TOKEN_ANSWER = { status: 200, headers: {}, body: '{"access_token":"t","expires_in":3600}', isComplete: true };
    const REFUSAL = { status: 401, headers: {}, body: '{}', isComplete: true };
    /** After how many milliseconds, and what. */
    type Answer = readonly [number, typeof REFUSAL];

    /** A server that takes as long as these requests do, in turn; a request that is longer than its timeout fails. */
    async function durationOf(plan: readonly Answer[], timeoutMs?: number): Promise<{ readonly ms: number; readonly attempt: Attempt }> {
      let now = 0;
      const left = [...plan];
      const by: Post = async ({ timeoutMs: limit }) => {
        const [duration, answer] = left.shift() ?? [Infinity, REFUSAL];
        now += Math.min(duration, limit);
        return duration < limit ? Promise.resolve(answer) : Promise.reject(new Error(`no response within ${limit} ms`));
      };
      const attempt = await send({ request: { endpoint: 'ibm', timeoutMs }, endpoints: DEPLOYED, by, now: () => now });
      return { ms: now, attempt };
    }

    test.each<[string, readonly Answer[], number, object]>([
      ['for the token', [], 10_000, { reason: expect.stringContaining('no access token of IBM Cloud: no response') }],
      ['for the event', [[9_000, TOKEN_ANSWER]], 30_000, { reason: expect.stringContaining('no response from the server') }],
      ['for the new token', [[9_000, TOKEN_ANSWER], [20_000, REFUSAL]], 30_000, { reason: expect.stringContaining('no access token of IBM Cloud') }],
      ['for the event with the new token', [[1, TOKEN_ANSWER], [20_000, REFUSAL], [1, TOKEN_ANSWER]], 30_000, { reason: expect.stringContaining('no response') }],
    ])('%s', async (_, plan, ms, expected) => {
      const taken = await durationOf(plan);
      expect(taken.ms).toBe(ms);
      expect(taken.attempt).toMatchObject({ outcome: 'failed', ...expected });
    });

    test('within the timeout that the entry has', async () => {
      expect(await durationOf([[400, TOKEN_ANSWER]], 500)).toMatchObject({ ms: 500, attempt: { outcome: 'failed' } });
    });
  });

  test('an access token is not used to its end', async () => {
    let now = 0;
    let exchanges = 0;
    const answering: Post = async () => {
      exchanges += 1;
      return Promise.resolve({ status: 200, headers: {}, body: '{"access_token":"t","expires_in":3600}', isComplete: true });
    };
    const tokens = new IbmAccessTokens({ post: answering, lookup: guardedLookup([]) }, () => now);
    const ibm = { tokenUrl: 'https://iam.cloud.ibm.com/identity/token', instanceId: 'guid' };
    for (now of [0, 54 * 60_000, 56 * 60_000]) {
      expect(await tokens.find(ibm, 'k', 30_000)).toMatchObject({ accessToken: 't' });
    }
    expect(exchanges).toBe(2);
  });

  test.each<[string, number, string, object]>([
    ['without a token', 200, '{}', { outcome: 'failed' }],
    ['that is down', 503, 'x', { outcome: 'failed', reason: 'no access token of IBM Cloud: it answered 503 x' }],
  ])('an answer %s is retried', async (_, status, body, expected) => {
    const by: Post = async () => Promise.resolve({ status, headers: {}, body, isComplete: true });
    const tokens = new IbmAccessTokens({ post: by, lookup: guardedLookup([]) });
    const attempt = await tokens.find({ tokenUrl: 'https://iam.cloud.ibm.com/identity/token', instanceId: 'guid' }, 'k', 30_000);
    expect(attempt).toMatchObject(expected);
    expect(attempt).not.toHaveProperty('isAboutCredentials');
  });
});

describe('what becomes of an answer', () => {
  test.each([
    [200, 'delivered'], [301, 'rejected'], [400, 'rejected'], [401, 'failed'], [403, 'failed'], [404, 'rejected'], [408, 'failed'],
    [415, 'rejected'], [422, 'rejected'], [429, 'failed'], [500, 'failed'], [503, 'failed'],
  ])('%i: %s', async (status, outcome) => {
    simulator.faults = () => (status === 200 ? undefined : { status });
    expect(await send()).toMatchObject({ outcome, ...((status === 401 || status === 403) && { isAboutCredentials: true }) });
  });

  test.each([
    ['{"errors":[{"reason":"r","message":"m"},{"message":"n"}]}', 'Sysdig answered 400: m: r; n'], ['{"message":"m"}', 'Sysdig answered 400: m'],
    ['{"error":"e"}', 'Sysdig answered 400: e'], ['<p>no\n JSON</p>', 'Sysdig answered 400: <p>no JSON</p>'], ['', 'Sysdig answered 400'],
  ])('%j: %s', async (body, reason) => {
    expect(await send({ by: async () => Promise.resolve({ status: 400, headers: {}, body, isComplete: true }) })).toEqual({ outcome: 'rejected', reason });
  });

  test('a page with status 200 is no success', async () => {
    expect(await send({ by: async () => Promise.resolve({ status: 200, headers: {}, body: '<html>', isComplete: true }) })).toMatchObject({ outcome: 'failed' });
  });

  test('a limit says when to come back', async () => {
    simulator.faults = () => ({ status: 429, headers: { 'retry-after': '7' } });
    expect(await send()).toMatchObject({ outcome: 'failed', retryAfterSeconds: 7 });
  });

  test('an event that the API refuses is rejected with its words', async () => {
    expect(await send({ request: { body: '{"event":{"name":"x","severity":8}}' } }))
      .toEqual({ outcome: 'rejected', reason: 'Sysdig answered 422: severity must be a whole number from 0 to 7: Invalid event' });
  });
});

test('a token that was replaced since the secret was read is tried at once', async () => {
  expect(await send({ secrets: [keys({ 'a/sysdig': 'old' }), keys({ 'a/sysdig': TOKEN })] })).toEqual({ outcome: 'delivered' });
});

test('no reason contains the token, even if the server sends it back', async () => {
  const echo: Post = async ({ headers }) => Promise.resolve({ status: 400, headers: {}, body: JSON.stringify(headers), isComplete: true });
  const attempt = await send({ by: echo });
  expect(attempt).toMatchObject({ outcome: 'rejected', reason: expect.stringContaining('[redacted]') });
  expect(JSON.stringify(attempt)).not.toContain(TOKEN);
});

test('no message chooses where a token goes: an endpoint that the function does not have waits for one', async () => {
  for (const endpoint of ['eu1', 'constructor', 'https://evil.example.com/']) {
    expect(await send({ request: { endpoint } })).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('no Sysdig endpoint') });
  }
  expect(simulator.received).toEqual([]);
});

test.each(['http://sysdig.example.com/', 'https://10.0.0.1/', 'https://localhost/', 'https://169.254.169.254/'])('an installation at %s needs a permission', async (url) => {
  expect(await send({ endpoints: { us1: { url } }, permissions: [] })).toMatchObject({ outcome: 'rejected', reason: expect.stringContaining('does not allow') });
});

test('a secret without the token is a matter for a person, and tried again', async () => {
  expect(await send({ secrets: [keys({})] })).toMatchObject({ outcome: 'failed', isAboutCredentials: true, reason: expect.stringContaining('a/sysdig') });
});
