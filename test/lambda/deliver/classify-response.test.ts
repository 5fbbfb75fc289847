import { classifyResponse } from '../../../lambda/deliver/classify-response';
import { parseRetryAfter } from '../../../lambda/shared/net/retry-after';

const NOW = Date.parse('2026-03-01T10:00:00Z');
const json = (message: string, ...errors: string[]) => JSON.stringify({ status: 'invalid event', message, errors });

const HTML = '<html><h1>sign in</h1></html>';
const SUCCESS = '{"status":"success","message":"Event processed","dedup_key":"x"}';

test.each([
  [202, SUCCESS, 'accepted'],
  [202, '', 'accepted'],
  [202, '{"message":"Event processed"}', 'accepted'],
  [200, SUCCESS, 'accepted'],
  [202, HTML, 'unavailable'],
  [202, 'garbage {', 'unavailable'],
  [202, '{"status":"invalid event"}', 'unavailable'],
  [200, HTML, 'unavailable'],
  [200, '', 'unavailable'],
  [200, '{"ok":true}', 'unavailable'],
  [204, '', 'unavailable'],
  [101, '', 'unavailable'],
  [408, '', 'unavailable'],
  [429, '429 - Request Limit Exceeded', 'limited'],
  [429, HTML, 'limited'],
  [403, 'throttle exceeded', 'limited'],
  [500, '', 'unavailable'],
  [503, '<html>Invalid routing key</html>', 'unavailable'],
  [599, '', 'unavailable'],
  [0, '', 'unavailable'],
  [301, '', 'unavailable'],
  [307, 'Invalid routing key', 'unavailable'],
  [399, '', 'unavailable'],
  [401, '', 'key-refused'],
  [403, '', 'key-refused'],
  [401, HTML, 'unavailable'],
  [403, HTML, 'unavailable'],
  [400, 'Invalid routing key', 'key-refused'],
  [400, 'Invalid integration key', 'key-refused'],
  [400, 'Invalid service key', 'key-refused'],
  [400, 'Invalid Key', 'key-refused'],
  [400, 'Service does not exist', 'key-refused'],
  [400, '{"error":{"message":"Invalid Key"}}', 'key-refused'],
  [400, '{"error":{"message":"Invalid routing key"}}', 'key-refused'],
  [400, '{"message":"Event object is invalid","errors":{"routing_key":["is invalid"]}}', 'key-refused'],
  [400, json('Event object is invalid', "Length of 'routing_key' is incorrect (should be 32 characters)"), 'key-refused'],
  [400, json('Event object is invalid', "'routing_key' cannot contain non-alphanumeric characters."), 'key-refused'],
  [400, json('Event object is invalid', "'payload.severity' is invalid (must be one of the following: 'critical')"), 'rejected'],
  [400, json('Event object is invalid', "'dedup_key' is too long"), 'rejected'],
  [422, json('Event object is invalid', "'payload.summary' is missing"), 'rejected'],
  [400, '{"status":"invalid event"}', 'rejected'],
  [400, '', 'unavailable'],
  [400, HTML, 'unavailable'],
  [400, 'Bad Request', 'unavailable'],
  [400, '{"message":"Bad Request"}', 'unavailable'],
  [404, HTML, 'unavailable'],
  [413, '', 'too-large'],
  [413, HTML, 'too-large'],
  ...[402, 404, 405, 407, 409, 410, 411, 414, 415, 421, 423, 425, 426, 428, 431, 451].map((status) => [status, 'no', 'unavailable'] as const),
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
    kind: 'limited', reason: 'PagerDuty answered 429', ...(seconds !== undefined && { retryAfterSeconds: seconds }),
  });
});

test('a 202 whose body got lost on the way is an acceptance, and a page that got lost is none', () => {
  expect(classifyResponse({ status: 202, body: '{"sta', isComplete: false }, NOW).kind).toBe('accepted');
  expect(classifyResponse({ status: 202, body: '<html><bo', isComplete: false }, NOW).kind).toBe('unavailable');
  expect(classifyResponse({ status: 200, body: '{"sta', isComplete: false }, NOW).kind).toBe('unavailable');
});
