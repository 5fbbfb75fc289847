import { fingerprintOf, RoutingKeyCache } from '../../../lambda/deliver/routing-key-cache';
import { parseSecret } from '../../../lambda/shared/secret';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const C = 'c'.repeat(32);
const REFERENCE = { name: 'db' };

/** A secret whose versions can be changed and can fail, and a clock that can be moved. */
function setUp(initial: string | Error, names = ['db']) {
  const state: { secret: string | Error; previous?: string; createdAt?: number; reads: number; now: number } = {
    secret: initial, reads: 0, now: 1_000_000,
  };
  const keys = new RoutingKeyCache(async (stage) => {
    const text = stage === 'AWSCURRENT' ? state.secret : state.previous;
    if (stage === 'AWSCURRENT') state.reads++;
    if (text instanceof Error) throw text;
    if (text === undefined) return { content: { kind: 'unusable', code: 'secret-without-value', reason: 'none' } };
    return { content: parseSecret(text), ...(state.createdAt !== undefined && { createdAt: state.createdAt }) };
  }, names, () => state.now);
  return { state, keys };
}

test('is read once for all events of some minutes, at the same time or one after the other', async () => {
  const { state, keys } = setUp(A);
  await Promise.all([keys.find(REFERENCE), keys.find(REFERENCE)]);
  state.now += 299_999;
  expect(await keys.find(REFERENCE)).toEqual({ found: true, key: A });
  expect(state.reads).toBe(1);
  state.secret = B;
  state.now += 1;
  expect(await keys.find(REFERENCE)).toEqual({ found: true, key: B });
  expect(state.reads).toBe(2);
});

test('a name that is missing is looked up again, but not for every event', async () => {
  const { state, keys } = setUp('{}');
  expect(await keys.find(REFERENCE)).toMatchObject({ found: false });
  expect(await keys.find(REFERENCE)).toMatchObject({ found: false });
  expect(state.reads).toBe(1);
  state.secret = JSON.stringify({ db: A });
  state.now += 10_000;
  expect(await keys.find(REFERENCE)).toEqual({ found: true, key: A });
  expect(state.reads).toBe(2);
});

test('after a refusal, a key that replaced it is tried, and then the one before', async () => {
  const { state, keys } = setUp(A);
  await keys.find(REFERENCE);
  state.secret = B;
  state.previous = A;
  expect(await keys.findOthers(REFERENCE, B)).toEqual([A]);
  state.now += 10_000;
  expect(await keys.findOthers(REFERENCE, A)).toEqual([B]);
  expect(await keys.findOthers(REFERENCE, C)).toEqual([B, A]);
});

describe('keys that worked stay in use', () => {
  test.each<[what: string, secret: string]>([['emptied', ''], ['malformed', '{"db"'], ['without the name', JSON.stringify({ web: B, mail: C })]])(
    'while the secret is %s, with the problem', async (_what, secret) => {
      const { state, keys } = setUp(JSON.stringify({ db: A, web: B }), ['db', 'web']);
      await keys.find(REFERENCE);
      state.secret = secret;
      state.now += 300_000;
      expect(await keys.find(REFERENCE)).toMatchObject({ found: true, key: A, problem: { code: expect.any(String) } });
    });

  test('in an instance that starts with a broken secret, from its previous version', async () => {
    const { state, keys } = setUp('{"db"');
    state.previous = JSON.stringify({ db: A });
    expect(await keys.find(REFERENCE)).toMatchObject({ found: true, key: A, problem: { code: 'secret-invalid-json' } });
  });

  test('until PagerDuty refuses them', async () => {
    const { state, keys } = setUp(A);
    await keys.find(REFERENCE);
    state.secret = '';
    state.now += 300_000;
    expect(await keys.find(REFERENCE)).toMatchObject({ found: true, key: A });
    expect(await keys.findOthers(REFERENCE, A)).toEqual([]);
    expect(await keys.find(REFERENCE)).toMatchObject({ found: false, code: 'secret-empty' });
  });

  test('a new key replaces them once PagerDuty has accepted it', async () => {
    const { state, keys } = setUp(A);
    await keys.find(REFERENCE);
    state.secret = B;
    state.now += 300_000;
    expect(await keys.find(REFERENCE)).toEqual({ found: true, key: B });
    expect(await keys.findOthers(REFERENCE, B)).toEqual([A]);
    keys.confirm(REFERENCE, B);
    expect(await keys.findOthers(REFERENCE, C)).toEqual([B]);
  });
});

describe('keys of before a rotation', () => {
  test('are those of the previous version, as long as the rotation is recent', async () => {
    const { state, keys } = setUp(JSON.stringify({ db: B }));
    state.previous = JSON.stringify({ db: A });
    state.createdAt = state.now;
    expect(await keys.findBeforeRotation(REFERENCE)).toBe(A);
    state.now += 31 * 24 * 3_600_000;
    expect(await keys.findBeforeRotation(REFERENCE)).toBeUndefined();
  });

  test('are found by their fingerprint, also when this instance has not seen the rotation', async () => {
    const { state, keys } = setUp(JSON.stringify({ db: A }));
    await keys.find(REFERENCE);
    state.secret = JSON.stringify({ db: B });
    state.previous = JSON.stringify({ db: A });
    state.now += 10_000;
    expect(await keys.findByFingerprint(fingerprintOf(A))).toBe(A);
    expect(await keys.findByFingerprint(fingerprintOf(B))).toBe(B);
    expect(await keys.findByFingerprint(fingerprintOf(C))).toBeUndefined();
  });
});

test('an outage of Secrets Manager does not stop events whose key is known', async () => {
  const { state, keys } = setUp(A);
  await keys.find(REFERENCE);
  state.secret = new Error('outage');
  state.now += 600_000;
  expect(await keys.find(REFERENCE)).toEqual({ found: true, key: A });
  expect(await keys.find(REFERENCE)).toEqual({ found: true, key: A });
  expect(state.reads).toBe(2);
  state.secret = B;
  state.now += 10_000;
  expect(await keys.find(REFERENCE)).toEqual({ found: true, key: B });
});

test('an outage before anything is known is one, and not asked about for each event', async () => {
  const { state, keys } = setUp(new Error('outage'));
  await expect(keys.find(REFERENCE)).rejects.toThrow('outage');
  state.secret = A;
  await expect(keys.find(REFERENCE)).rejects.toThrow('outage');
  state.now += 2_000;
  expect(await keys.find(REFERENCE)).toEqual({ found: true, key: A });
});
