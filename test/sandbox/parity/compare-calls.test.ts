import { isAsDocumented } from '../../../sandbox/parity/pair';
import { compareCalls } from '../../../sandbox/parity/webhook/compare-calls';
import { pairCalls } from '../../../sandbox/parity/webhook/pair-calls';
import type { WebhookCall } from '../../../sandbox/receivers/webhook-simulator';

interface Body {
  readonly [field: string]: unknown;
}

const ALERTS = ['a', 'b', 'c'].map((instance, index) => ({
  status: index === 2 ? 'firing' : 'resolved', labels: { alertname: 'X', instance }, annotations: { same: 'same' },
}));

function body(changes: Body = {}): Body {
  return {
    receiver: 'team',
    status: 'firing',
    alerts: ALERTS,
    groupLabels: { alertname: 'X' },
    commonLabels: { alertname: 'X' },
    commonAnnotations: { same: 'same' },
    externalURL: 'http://am',
    version: '4',
    groupKey: '{}:{alertname="X"}',
    truncatedAlerts: 0,
    ...changes,
  };
}

function call(content: Body | string, changes: Partial<WebhookCall> = {}): WebhookCall {
  const text = typeof content === 'string' ? content : `${JSON.stringify(content)}\n`;
  return {
    at: 0, method: 'POST', target: 'team/webhook/0', path: '/x?token=s3cr3t', headers: { 'content-type': 'application/json' }, body: text, status: 200, ...changes,
  };
}

const fields = (native: WebhookCall, relayed: WebhookCall): Array<[string, string | undefined]> => (
  compareCalls(native, relayed).map(({ field, documented }) => [field, documented])
);

test('the same request has no differences, whatever the client calls itself', () => {
  expect(fields(call(body(), { headers: { 'content-type': 'application/json', 'user-agent': 'Alertmanager/0.25', 'host': 'a' } }), call(body()))).toEqual([]);
});

test.each<[string, Body | string, Partial<WebhookCall>, string]>([
  ['a value', body({ receiver: 'other' }), {}, 'body.receiver'],
  ['a missing field', body({ version: undefined }), {}, 'body.version'],
  ['one more field', body({ more: 1 }), {}, 'body.more'],
  ['the order of fields', { version: '4', ...body() }, {}, 'body'],
  ['a missing line feed at the end', JSON.stringify(body()), {}, 'body'],
  ['the method', body(), { method: 'PUT' }, 'method'],
  ['the URL', body(), { path: '/y' }, 'url'],
  ['a header', body(), { headers: { 'content-type': 'application/json', 'authorization': 'Bearer x' } }, 'headers.authorization'],
  ['fewer alerts that are not counted', body({ alerts: ALERTS.slice(0, 2) }), {}, 'body.alerts.2'],
  ['other alerts than the first', body({ alerts: ALERTS.slice(1), truncatedAlerts: 1 }), {}, 'body.truncatedAlerts'],
  ['a status that is not that of the alerts that are left', body({ alerts: ALERTS.slice(0, 2), truncatedAlerts: 1 }), {}, 'body.truncatedAlerts'],
])('%s is a difference that is not documented', (_, content, changes, field) => {
  const found = fields(call(body()), call(content, changes));
  expect(found).toContainEqual([field, undefined]);
  expect(JSON.stringify(compareCalls(call(body()), call(content, changes)))).not.toContain('s3cr3t');
});

test('alerts that were lost with a message that is too long are counted, and status and common labels are those of the others', () => {
  const [first] = ALERTS;
  const relayed = body({ alerts: [first], status: 'resolved', truncatedAlerts: 2, commonLabels: first?.labels });
  const found = fields(call(body()), call(relayed));
  expect(new Set(found.map(([, documented]) => documented))).toEqual(new Set(['too-long-for-sns']));
  expect(found.map(([field]) => field)).toEqual(['body.status', 'body.alerts.1', 'body.alerts.2', 'body.commonLabels.instance', 'body.truncatedAlerts']);
});

test('fields of later versions of Alertmanager are documented, and everything beside them still counts byte by byte', () => {
  const { groupLabels, externalURL, version, groupKey, truncatedAlerts, commonLabels, commonAnnotations, ...start } = body();
  const native = {
    ...start, notification_reason: 'first notification', groupLabels, commonLabels, commonAnnotations, routeLabels: { 'a"b': 'x\\"}' }, externalURL, version, groupKey, truncatedAlerts,
  };
  expect(fields(call(native), call(body()))).toEqual([['body.notification_reason', 'newer-webhook-fields'], ['body.routeLabels', 'newer-webhook-fields']]);
  expect(fields(call(native), call(`${JSON.stringify(body())} \n`))).toContainEqual(['body', undefined]);
  // The relay must not invent them.
  expect(fields(call(body()), call(native))).toContainEqual(['body.notification_reason', undefined]);
});

test('control characters as Go 1.22 spells them are documented, and nothing else that looks like them', () => {
  const native = JSON.stringify(body({ receiver: 'a\bb\f\\b' }));
  expect(native).toContain('a\\bb\\f\\\\b');
  const old = native.replace('a\\bb\\f', 'a\\u0008b\\u000c');
  expect(fields(call(native), call(old))).toEqual([['body', 'newer-json-escapes']]);
  expect(fields(call(native), call(native.replace('\\\\b', '\\\\u0008')))).toContainEqual(['body.receiver', undefined]);
});

test('a URL that AMP makes of all alerts is documented only if alerts were left out', () => {
  const other = { path: '/y' };
  expect(fields(call(body({ truncatedAlerts: 1 })), call(body({ truncatedAlerts: 1 }), other))).toEqual([['url', 'url-of-all-alerts']]);
  expect(fields(call(body()), call(body(), other))).toEqual([['url', undefined]]);
});

test.each([
  // The native call, and whether its absence on the other side is documented.
  ['/a/..', true], ['/a/../b?x', true], ['/%2e%2E/b', true], ['/a%5C..%5Cb', true], ['/..%3Fx', true],
  ['/a..b', false], ['/.../', false], ['/x?y=/../z', false], ['/a', false],
])('a call to %s that the relay does not make is documented if a label can lead out of its path: %j', (path, isDocumented) => {
  expect(compareCalls(call(body(), { path }), undefined).map(({ documented }) => documented)).toEqual([isDocumented ? 'url-with-parent-segment' : undefined]);
});

test.each<[string, string, string, string, boolean]>([
  ['an escape that is none', '50%', '/50%25', 'team/webhook[0]: notify retry canceled after 6 attempts: parse "<redacted>": invalid URL escape "%"', true],
  ['an escape that is none in the fragment', '#50%', '/', 'x/webhook[0]: other; team/webhook[0]: parse "<redacted>": invalid URL escape "%"', true],
  ['a control character', 'a\nb', '/a%0Ab', 'team/webhook[0]: parse "<redacted>": net/url: invalid control character in URL', true],
  ['a space in the query', 'a b', '/x?y=a%20b', 'team/webhook[0]: unexpected status code 400', true],
  ['text that is not ASCII in the query', 'ü', '/x?y=%C3%BC', 'team/webhook[0]: unexpected status code 400', true],
  ['an error of another entry', '50%', '/50%25', 'team/webhook[1]: invalid URL escape "%"; x/team/webhook[0]: invalid URL escape "%"', false],
  ['an error about another URL', 'Plain', '/Plain', 'team/webhook[0]: invalid URL escape "%"', false],
  ['an escape in the path only', 'a b', '/a%20b?x', 'team/webhook[0]: unexpected status code 400', false],
  ['another error', '50%', '/50%25', 'team/webhook[0]: unexpected status code 404', false],
])('a call that Alertmanager did not make: %s', (_, alertname, path, error, isDocumented) => {
  const relayed = call(body({ groupLabels: { alertname } }), { path });
  const [pair] = pairCalls({ step: 1, nativeErrors: [error] }, [], [relayed]);
  expect(pair?.differences).toEqual([{ field: 'notification', native: 'missing', relayed: 'sent', documented: isDocumented ? 'url-not-accepted' : undefined }]);
  expect(pairCalls({ step: 1, nativeErrors: [] }, [], [relayed]).some(isAsDocumented)).toBe(false);
});

test('calls are paired by entry and group, in their order, and none excuses the absence of another', () => {
  const native = [call(body({ status: 'firing' })), call(body({ status: 'resolved' })), call(body(), { target: 'team/webhook/1' }), call('no JSON', { target: 'a/b/webhook/0' })];
  const verdicts = (relayed: readonly WebhookCall[]): Array<[string | undefined, boolean, boolean]> => (
    pairCalls({ step: 1, nativeErrors: [] }, native, relayed).map((pair) => [pair.receiver, pair.equal, isAsDocumented(pair)]));
  expect(verdicts([...native].reverse().sort((a, b) => a.body.localeCompare(b.body)))).toEqual([
    ['team', true, true], ['team', true, true], ['team', true, true], ['a/b', true, true],
  ]);
  // One is missing: the same call of another entry, or twice the same one, does not help.
  expect(verdicts([native[0], native[2], native[3]].filter((each) => each !== undefined))).toContainEqual(['team', false, false]);
  expect(verdicts([native[1], native[0], native[2], native[3]].filter((each) => each !== undefined))).toContainEqual(['team', false, false]);
});
