import { fingerprintOf, RoutingKeyCache } from '../../../lambda/deliver/routing-key-cache';
import { parseSecret } from '../../../lambda/shared/secret';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const C = 'c'.repeat(32);
const REFERENCE = { name: 'db' };

/** A secret whose versions can be changed and can fail, and a clock that can be moved. */
function setUp(initial: string | Error, names = ['db']) {
  const state: { secret: string | Error; previous?: string | Error; createdAt?: number; reads: number; now: number } = {
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

describe('the key of before a rotation', () => {
  test('is read again after each rotation, however recently it was read', async () => {
    const { state, keys } = setUp(B);
    Object.assign(state, { previous: A, createdAt: 1_000 });
    expect(await keys.findBeforeRotation(REFERENCE)).toBe(A);
    // A key of before two rotations would be sent to, and the one of before the last would be missed.
    Object.assign(state, { secret: C, previous: B, createdAt: 2_000 });
    state.now += 10_000;
    await keys.findOthers(REFERENCE, B);
    expect(await keys.findBeforeRotation(REFERENCE)).toBe(B);
  });

  test.each<[what: string, previous: string | undefined, found: string | undefined]>([['has it', A, A], ['has none', undefined, undefined]])(
    'is known during an outage of Secrets Manager when the last look found that the secret %s', async (_what, previous, found) => {
      const { state, keys } = setUp(B);
      Object.assign(state, { previous, createdAt: 1_000 });
      expect(await keys.findBeforeRotation(REFERENCE)).toBe(found);
      state.previous = new Error('outage');
      state.now += 300_000;
      expect(await keys.findBeforeRotation(REFERENCE)).toBe(found);
    });

  test.each<[what: string, secretBefore: string, previousBefore: string | undefined]>([
    ['the last look was before a rotation', B, A], ['the last look was before the first rotation', B, undefined],
  ])('is not known during an outage of Secrets Manager when %s', async (_what, secret, previous) => {
    const { state, keys } = setUp(secret);
    Object.assign(state, { previous, createdAt: 1_000 });
    await keys.findBeforeRotation(REFERENCE);
    Object.assign(state, { secret: C, previous: new Error('outage'), createdAt: 2_000 });
    state.now += 300_000;
    await expect(keys.findBeforeRotation(REFERENCE)).rejects.toThrow('outage');
  });
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
