import { classifyResponse, parseRetryAfter } from '../../../lambda/deliver/classify-response';

const NOW = Date.parse('2026-03-01T10:00:00Z');
const json = (message: string, ...errors: string[]) => JSON.stringify({ status: 'invalid event', message, errors });

test.each([
  [200, '', 'accepted'],
  [202, '', 'accepted'],
  [202, 'garbage {', 'accepted'],
  [408, '', 'unavailable'],
  [429, '429 - Request Limit Exceeded', 'unavailable'],
  [500, '', 'unavailable'],
  [503, '<html>Invalid routing key</html>', 'unavailable'],
  [599, '', 'unavailable'],
  [0, '', 'unavailable'],
  [301, '', 'unavailable'],
  [307, 'Invalid routing key', 'unavailable'],
  [399, '', 'unavailable'],
  [401, '', 'key-refused'],
  [403, '', 'key-refused'],
  [400, 'Invalid routing key', 'key-refused'],
  [400, json('Event object is invalid', "Length of 'routing_key' is incorrect (should be 32 characters)"), 'key-refused'],
  [400, json('Event object is invalid', "'routing_key' cannot contain non-alphanumeric characters."), 'key-refused'],
  [400, json('Event object is invalid', "'payload.severity' is invalid (must be one of the following: 'critical')"), 'rejected'],
  [400, '', 'rejected'],
  [400, 'nonsense', 'rejected'],
  [402, '', 'rejected'],
  [404, '', 'rejected'],
  [413, '', 'rejected'],
] as const)('%i "%s" means %s', (status, body, kind) => {
  expect(classifyResponse({ status, body, isComplete: true }, NOW).kind).toBe(kind);
});

test('says what PagerDuty said, shortly and on one line', () => {
  const reasonOf = (body: string) => {
    const verdict = classifyResponse({ status: 400, body, isComplete: true }, NOW);
    return verdict.kind === 'accepted' ? '' : verdict.reason;
  };
  expect(reasonOf(json('Event object is invalid', 'a', 'b'))).toBe('PagerDuty answered 400: Event object is invalid: a: b');
  expect(reasonOf('line\n  two')).toBe('PagerDuty answered 400: line two');
  expect(reasonOf('')).toBe('PagerDuty answered 400');
  expect(reasonOf('[1]')).toBe('PagerDuty answered 400: [1]');
  expect(reasonOf('x'.repeat(10_000)).length).toBeLessThan(600);
});

test.each([
  ['30', 30], [' 0 ', 0], ['Sun, 01 Mar 2026 10:01:00 GMT', 60], ['Sun, 01 Mar 2026 09:00:00 GMT', 0],
  ['-5', undefined], ['1.5', undefined], ['soon', undefined], ['', undefined], [undefined, undefined],
])('Retry-After "%s" is %s seconds', (header, seconds) => {
  expect(parseRetryAfter(header, NOW)).toBe(seconds);
  expect(classifyResponse({ status: 429, body: '', isComplete: true, ...(header !== undefined && { retryAfter: header }) }, NOW)).toEqual({
    kind: 'unavailable', reason: 'PagerDuty answered 429', ...(seconds !== undefined && { retryAfterSeconds: seconds }),
  });
});
