import type { ReceivedEvent } from '../../../sandbox/pagerduty/received-event';
import { compareEvents } from '../../../sandbox/parity/pagerduty/compare-events';
import { endpointOf, pairEvents } from '../../../sandbox/parity/pagerduty/pair-events';
import { type ComparedPair, isAsDocumented } from '../../../sandbox/parity/pair';
import { printPair, summarize } from '../../../sandbox/parity/report';

const KEY = '0123456789abcdef0123456789abcdef';

interface Changes {
  readonly [field: string]: unknown;
  readonly payload?: object;
}

function event(changes: Changes = {}): object {
  const payload = { summary: 's', source: 'Alertmanager', severity: 'error', custom_details: { firing: 'x' }, ...changes.payload };
  return { routing_key: KEY, dedup_key: 'd', event_action: 'trigger', client: 'Alertmanager', ...changes, payload };
}

const documented = (native: unknown, relayed: unknown): Array<[string, string | undefined]> => (
  compareEvents({ native, relayed }).map(({ field, documented: reason }) => [field, reason])
);

describe('differences between two events', () => {
  test('none, whatever the order of the fields', () => {
    expect(compareEvents({ native: { a: 1, b: { c: [1, null] } }, relayed: { b: { c: [1, null] }, a: 1 } })).toEqual([]);
  });

  test.each<[string, object, object, Array<[string, undefined]>]>([
    ['a value', event(), event({ client: 'x' }), [['client', undefined]]],
    ['a type', event(), event({ payload: { custom_details: { firing: 1 } } }), [['payload.custom_details.firing', undefined]]],
    ['a field that is missing', event({ client_url: 'u' }), event(), [['client_url', undefined]]],
    ['an empty text instead of none', event(), event({ client_url: '' }), [['client_url', undefined]]],
    ['a list and an object', event({ links: [] }), event({ links: {} }), [['links', undefined]]],
    ['the order of a list', event({ links: [{ href: 'a' }, { href: 'b' }] }), event({ links: [{ href: 'b' }, { href: 'a' }] }),
      [['links.0.href', undefined], ['links.1.href', undefined]]],
    ['the incident', event(), event({ dedup_key: 'e' }), [['dedup_key', undefined]]],
    ['the action', event(), event({ event_action: 'resolve' }), [['event_action', undefined]]],
    ['the summary', event(), event({ payload: { summary: 'other' } }), [['payload.summary', undefined]]],
    ['a severity that PagerDuty accepts', event({ payload: { severity: 'info' } }), event(), [['payload.severity', undefined]]],
  ])('%s is one, and not documented', (_, native, relayed, expected) => {
    expect(documented(native, relayed)).toEqual(expected);
  });

  test.each<[string, object, object, string]>([
    ['a severity', event({ payload: { severity: 'page' } }), event(), 'payload.severity'],
    ['a blank summary', event({ payload: { summary: '' } }), event(), 'payload.summary'],
    ['an image that is not https', event({ images: [{ src: 'http://x', alt: '', href: '' }] }), event(), 'images'],
  ])('%s that PagerDuty would have refused is documented', (_, native, relayed, field) => {
    expect(documented(native, relayed)).toEqual([[field, 'refused-by-pagerduty']]);
  });

  test('a repair that PagerDuty would refuse again is not documented, nor is another field beside it', () => {
    expect(documented(event({ payload: { severity: 'page' } }), event({ payload: { severity: 'Page' } }))).toEqual([['payload.severity', undefined]]);
    expect(documented(event({ payload: { severity: 'page' } }), event({ client: 'x' })))
      .toEqual([['client', undefined], ['payload.severity', 'refused-by-pagerduty']]);
  });

  test('a message that was cut may miss everything but what it is about', () => {
    const cut = event({ client: undefined, payload: { custom_details: { 'cdk-amp-pagerduty': 'arrived cut' } } });
    expect(documented(event(), cut)).toEqual([
      ['client', 'too-long-for-sns'], ['payload.custom_details.firing', 'too-long-for-sns'], ['payload.custom_details.cdk-amp-pagerduty', 'too-long-for-sns'],
    ]);
    expect(documented(event(), { ...cut, dedup_key: 'x' })).toContainEqual(['dedup_key', undefined]);
    const otherSummary = event({ payload: { summary: 'x', custom_details: { 'cdk-amp-pagerduty': 'cut' } } });
    expect(documented(event(), otherSummary)).toContainEqual(['payload.summary', undefined]);
  });

  test('details that Alertmanager removed are shortened by the relay', () => {
    const error = 'Custom details have been removed because the original event exceeds the maximum size of 512KB';
    expect(documented(event({ payload: { custom_details: { error } } }), event()))
      .toEqual([['payload.custom_details.error', 'too-long-for-pagerduty'], ['payload.custom_details.firing', 'too-long-for-pagerduty']]);
  });

  test.each<[unknown, unknown, string | undefined]>([
    [83, '0123', 're-read-as-yaml'], [null, '', 're-read-as-yaml'], [true, 'yes', 're-read-as-yaml'], [['FIRING:1'], '[FIRING:1]', 're-read-as-yaml'],
    // Go prints maps in the order of their keys, and reads the first node of the first document only.
    [{ a: 2, b: 1 }, '{b: 1, a: 2}', 're-read-as-yaml'], [['FIRING:1'], '[FIRING:1] [EU] x', 're-read-as-yaml'], [{ a: 1 }, 'a: 1\n---\nb: 2', 're-read-as-yaml'],
    // DEL cannot stand in YAML, so this list stays text; structured details are a list.
    ['[{"a":"del \u007f"}]', [{ a: 'del \u007f' }], 're-read-as-yaml'], ['[{"a":"plain"}]', [{ a: 'plain' }], undefined],
    ['[{"a":"del \u007f"}]', [{ a: 'other' }], undefined],
    [84, '0123', undefined], ['other', 'text', undefined], [['FIRING:2'], '[FIRING:1] [EU] x', undefined], [{ b: 2 }, 'a: 1\n---\nb: 2', undefined],
  ])('%j for the detail %j: %s', (native, text, expected) => {
    expect(documented(event({ payload: { custom_details: { firing: native } } }), event({ payload: { custom_details: { firing: text } } })))
      .toEqual([['payload.custom_details.firing', expected]]);
  });
});

type Received = readonly ReceivedEvent[];

function pairUp(step: number, native: Received, relayed: Received, nativeErrors: readonly string[] = []): ComparedPair[] {
  return pairEvents({ step, nativeErrors }, native, relayed);
}

function summary(pairs: readonly ComparedPair[], errors: readonly string[] = []): ReturnType<typeof summarize> {
  return summarize({ pairs, errors });
}

let number = 0;
function received(body: object, path = '/v2/enqueue', errors?: string[]): ReceivedEvent {
  number += 1;
  return { number, at: 0, path, status: 202, event: body, errors };
}

describe('pairs', () => {
  test('events of one incident find the counterpart that is most like them', () => {
    const path = `/endpoints/${encodeURIComponent(endpointOf('a/b "c"', 0))}/v2/enqueue`;
    const native = ['one', 'two'].map((client) => received(event({ client }), path));
    const pairs = pairUp(1, native, ['two', 'one'].map((client) => received(event({ client }))));
    expect(pairs.map(({ equal, receiver }) => [equal, receiver])).toEqual([[true, 'a/b "c"'], [true, 'a/b "c"']]);
  });

  test('of several events of one incident with one action, the relay may send only one, whichever it is', () => {
    const native = ['one', 'two'].map((client, index) => received(event({ client }), `/endpoints/${encodeURIComponent(endpointOf('a', index))}/v2/enqueue`));
    const pairs = pairUp(1, native, [received(event({ client: 'two' }))]);
    expect(pairs.map(({ equal, differences: found }) => [equal, found.map(({ documented: reason }) => reason)])).toEqual([[false, ['same-incident-at-once']], [true, []]]);
    expect(summary(pairs)).toMatchObject({ text: '2 of 2 notifications equal or explained (1 equal)', passed: true });
  });

  test('no other event excuses the absence of one: not that of another receiver, nor a different one of the same entry', () => {
    const path = (name: string): string => `/endpoints/${encodeURIComponent(endpointOf(name, 0))}/v2/enqueue`;
    const relayed = [received(event({ client: 'two' }))];
    for (const [first, second] of [['a', 'b'], ['a', 'a']]) {
      const native = [received(event({ client: 'one' }), path(first)), received(event({ client: 'two' }), path(second))];
      expect(summary(pairUp(1, native, relayed)).passed).toBe(false);
    }
    // Identical events of one incident may be sent once.
    expect(summary(pairUp(1, [received(event(), path('a')), received(event(), path('b'))], [received(event())])).passed).toBe(true);
  });

  test('an event of several entries does not excuse the absence of the next one', () => {
    const sent = (client: string, index: number): ReceivedEvent => received(event({ client }), `/endpoints/${encodeURIComponent(endpointOf('a', index))}/v2/enqueue`);
    const native = [sent('first', 0), sent('first of the other', 1), sent('second', 0), sent('second of the other', 1)];
    const verdicts = (...relayed: readonly ReceivedEvent[]): Array<string | undefined> => (
      pairUp(1, native, relayed).map(({ differences }) => (differences.length === 0 ? 'equal' : differences[0]?.documented)));
    const [first, firstOther, second, secondOther] = native as [ReceivedEvent, ReceivedEvent, ReceivedEvent, ReceivedEvent];
    expect(verdicts(firstOther, second)).toEqual(['same-incident-at-once', 'equal', 'equal', 'same-incident-at-once']);
    expect(verdicts(first, firstOther)).toEqual(['equal', 'equal', undefined, undefined]);
    expect(verdicts(second, secondOther)).toEqual([undefined, undefined, 'equal', 'equal']);
  });

  test('a missing event with another action than the one sent, or one too many, is not documented', () => {
    const resolve = received(event({ event_action: 'resolve' }));
    expect(summary(pairUp(1, [received(event()), resolve], [received(event())])).passed).toBe(false);
    expect(summary(pairUp(1, [received(event())], [received(event()), received(event())])).passed).toBe(false);
  });

  test('an event without counterpart, on either side, is not equal', () => {
    const pairs = pairUp(1, [received(event())], [received(event({ dedup_key: 'e' }))]);
    expect(pairs.map(({ native, relayed, equal }) => [native !== null, relayed !== null, equal]))
      .toEqual([[true, false, false], [false, true, false]]);
    expect(pairs.some(isAsDocumented)).toBe(false);
    expect(summary(pairs)).toEqual({ text: '0 of 2 notifications equal or explained (0 equal)', notes: [], passed: false });
  });

  test('an event that PagerDuty refuses is not equal, even if it is the same', () => {
    const [pair] = pairUp(1, [received(event())], [received(event(), undefined, ['no'])]);
    expect(pair).toMatchObject({ equal: false, refused: ['no'] });
    expect(summary(pair ? [pair] : []).passed).toBe(false);
  });

  test('documented differences pass, and are counted', () => {
    const pairs = pairUp(1, [received(event({ payload: { severity: 'page' } }))], [received(event())]);
    expect(summary(pairs)).toEqual({
      text: '1 of 1 notifications equal or explained (0 equal)',
      notes: ['1 with differences that docs/parity.md explains: refused-by-pagerduty'],
      passed: true,
    });
  });

  test('no event at all does not pass, and errors of Alertmanager say why', () => {
    expect(summary([], ['pager/pagerduty[0]: template failed'])).toEqual({
      text: '0 of 0 notifications equal or explained (0 equal)',
      notes: ['no alert led to a notification of an integration that is compared', 'pager/pagerduty[0]: template failed'],
      passed: false,
    });
  });

  test('an event that Alertmanager lost because it executes values is explained by its own content and the log only', () => {
    const error = 'pager/pagerduty[0]: notify retry canceled: failed to template "see {{ x }}": template: :1: function "x" not defined';
    const braces = received(event({ payload: { custom_details: { firing: [{ annotations: { summary: 'see {{ x }}' } }] } } }));
    expect(summary(pairUp(1, [], [braces], [error])).passed).toBe(true);
    expect(summary(pairUp(1, [], [braces])).passed).toBe(false);
    expect(summary(pairUp(1, [], [received(event())], [error])).passed).toBe(false);
    expect(summary(pairUp(1, [braces], [], [error])).passed).toBe(false);
  });

  test('each integration is counted', () => {
    const pairs = pairUp(1, [received(event())], [received(event())]);
    expect(summary([...pairs, { step: 1, integration: 'webhook_configs', native: {}, relayed: null, equal: false, differences: [{ field: 'notification' }] }])).toMatchObject({
      text: '1 of 2 notifications equal or explained (1 equal; 1 of 1 in pagerduty_configs; 0 of 1 in webhook_configs)', passed: false,
    });
  });

  test('lines name routing keys', () => {
    const [pair] = pairUp(3, [received(event())], []);
    const line = pair ? printPair(pair, () => 'on-call') : '';
    expect(JSON.parse(line)).toMatchObject({ step: 3, native: { routing_key: 'on-call' }, relayed: null, equal: false, differences: expect.any(Array) });
    expect(line).not.toContain(KEY);
  });
});
