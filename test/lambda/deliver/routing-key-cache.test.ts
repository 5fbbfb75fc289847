import { RoutingKeyCache } from '../../../lambda/deliver/routing-key-cache';
import { parseSecret } from '../../../lambda/deliver/secret';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const REFERENCE = { name: 'db' };

/** A secret that can be changed and can fail, and a clock that can be moved. */
function setUp(initial: string | Error) {
  const state = { secret: initial, reads: 0, now: 1_000_000 };
  const keys = new RoutingKeyCache(async () => {
    state.reads++;
    if (state.secret instanceof Error) throw state.secret;
    return parseSecret(state.secret);
  }, ['db'], () => state.now);
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

test('a key that PagerDuty refused is looked up again', async () => {
  const { state, keys } = setUp(A);
  await keys.find(REFERENCE);
  state.secret = B;
  expect(await keys.findOther(REFERENCE, A)).toBeUndefined();
  state.now += 10_000;
  expect(await keys.findOther(REFERENCE, A)).toBe(B);
  expect(await keys.findOther(REFERENCE, B)).toBeUndefined();
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

test('an outage before anything is known is one, each time', async () => {
  const { state, keys } = setUp(new Error('outage'));
  await expect(keys.find(REFERENCE)).rejects.toThrow('outage');
  state.secret = A;
  expect(await keys.find(REFERENCE)).toEqual({ found: true, key: A });
});
