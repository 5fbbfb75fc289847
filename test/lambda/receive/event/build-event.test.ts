import * as fc from 'fast-check';
import { buildEvent, RELAY_NOTE } from '../../../../lambda/receive/event/build-event';
import { jsonBytes } from '../../../../lambda/receive/event/fit-json';
import { NotificationFormat, type Notification, type RenderedFields } from '../../../../lambda/receive/notification';
import { PAGERDUTY_SEVERITIES, PagerDutyLimit } from '../../../../src/contract/pagerduty-event';

function notification(fields: RenderedFields, rest: Partial<Notification> = {}): Notification {
  return { format: NotificationFormat.RELAY, action: 'trigger', dedupKey: 'key', routingKey: { name: 'pager' }, receiver: 'pager', fields, cut: false, ...rest };
}

const KEY = 'k'.repeat(32);
const requestBytes = (event: object) => jsonBytes({ routing_key: KEY, ...event });

test('a plain notification becomes exactly the event that Alertmanager sends', () => {
  const { event, isSeverityUnknown, isTrimmed } = buildEvent(notification({
    summary: '[FIRING:1] X',
    severity: 'critical',
    source: 'Alertmanager',
    client: 'Alertmanager',
    clientUrl: 'https://am/#/alerts',
    class: '',
    component: 'db',
    group: '',
    links: [{ href: 'https://runbook', text: '' }, { href: '', text: 'dropped' }, { href: ' ', text: 'dropped' }, { text: 'dropped' }],
    images: [{ src: 'https://x/y.png', href: '', alt: 'a' }, { src: '' }, { src: 'http://x/y.png' }, { alt: 'dropped' }],
    details: { num_firing: '1', firing: 'Labels:\n' },
  }), {});
  expect(JSON.stringify(event)).toBe(JSON.stringify({
    dedup_key: 'key',
    event_action: 'trigger',
    payload: {
      summary: '[FIRING:1] X', source: 'Alertmanager', severity: 'critical', component: 'db', custom_details: { num_firing: '1', firing: 'Labels:\n' },
    },
    client: 'Alertmanager',
    client_url: 'https://am/#/alerts',
    images: [{ src: 'https://x/y.png', alt: 'a', href: '' }],
    links: [{ href: 'https://runbook', text: '' }],
  }));
  expect([isSeverityUnknown, isTrimmed]).toEqual([false, false]);
});

test('an event without details, links, images and client has no such members', () => {
  const { event } = buildEvent(notification({ summary: 's' }), {});
  expect(event).toEqual({ dedup_key: 'key', event_action: 'trigger', payload: { summary: 's', source: 'Alertmanager', severity: 'error' } });
});

test.each([[1023, false], [1024, false], [1025, true]])('a summary of %i characters is cut: %s, as Alertmanager cuts it', (length, isCut) => {
  for (const character of ['a', 'é', '😀']) {
    const { event, isTrimmed } = buildEvent(notification({ summary: character.repeat(length) }), {});
    expect(isTrimmed).toBe(isCut);
    expect(event.payload.summary).toBe(isCut ? `${character.repeat(1023)}…` : character.repeat(length));
  }
});

test('an empty source is the client, and an empty summary names the receiver: PagerDuty would refuse both', () => {
  expect(buildEvent(notification({ summary: ' \n', source: '', client: 'me' }), {}).event).toMatchObject({
    payload: { summary: 'notification for receiver "pager"', source: 'me' }, client: 'me',
  });
});

test('a dedup key that is too long is hashed, the same for trigger and resolve', () => {
  const dedupKey = 'x'.repeat(300);
  const built = (['trigger', 'resolve'] as const).map((action) => buildEvent(notification({ summary: 's' }, { dedupKey, action }), {}));
  expect(built.map(({ event }) => event.dedup_key.length)).toEqual([64, 64]);
  expect(built[0].event.dedup_key).toBe(built[1].event.dedup_key);
  expect(built[0].isTrimmed).toBe(true);
});

test('a note is a detail of its own', () => {
  expect(buildEvent(notification({ summary: 's', details: { a: '1' } }, { note: 'cut' }), {}).event.payload.custom_details).toEqual({ a: '1', [RELAY_NOTE]: 'cut' });
});

describe('PagerDuty\'s limit of 512,000 bytes', () => {
  const withDetails = (length: number) => buildEvent(notification({ summary: 's', details: { small: 'kept', firing: 'x'.repeat(length) } }), {});

  test('counts the routing key in', () => {
    let length = PagerDutyLimit.EVENT_BYTES - 1000;
    while (!withDetails(length).isTrimmed) length++;
    expect(requestBytes(withDetails(length - 1).event)).toBeLessThanOrEqual(PagerDutyLimit.EVENT_BYTES);
    expect(requestBytes(withDetails(length).event)).toBeLessThanOrEqual(PagerDutyLimit.EVENT_BYTES);
    expect(withDetails(length).event.payload.custom_details).toMatchObject({ small: 'kept', firing: expect.stringMatching(/^x{500000,}… \(/) });
  });

  test('holds for characters that JSON writes as six', () => {
    const { event, isTrimmed } = buildEvent(notification({ summary: 's', details: { firing: '\u0001'.repeat(256 * 1024) } }), {});
    expect(isTrimmed).toBe(true);
    expect(requestBytes(event)).toBeLessThanOrEqual(PagerDutyLimit.EVENT_BYTES);
    expect(requestBytes(event)).toBeGreaterThan(PagerDutyLimit.EVENT_BYTES - 1000);
  });

  test('holds for whatever fields are too long, and leaves something of the details', () => {
    const long = fc.constantFrom('', 'a', '\u0001'.repeat(150_000), '"'.repeat(250_000));
    const fields = fc.record({
      summary: long,
      severity: long,
      source: long,
      client: long,
      clientUrl: long,
      class: long,
      component: long,
      group: long,
      links: fc.array(fc.record({ href: long, text: long }), { maxLength: 3 }),
      images: fc.array(fc.record({ src: fc.constantFrom('https://a', `https://a/${'x'.repeat(300_000)}`), alt: long }), { maxLength: 3 }),
      details: fc.dictionary(fc.constantFrom('a', 'b', 'c'), long, { minKeys: 1 }),
    });
    fc.assert(fc.property(fields, (rendered) => {
      const { event } = buildEvent(notification(rendered), {});
      expect(requestBytes(event)).toBeLessThanOrEqual(PagerDutyLimit.EVENT_BYTES);
      expect(Object.keys(event.payload.custom_details ?? {})).toEqual(Object.keys(rendered.details));
      expect(PAGERDUTY_SEVERITIES).toContain(event.payload.severity);
      expect(event.payload.summary.trim()).not.toBe('');
      expect(event.payload.source.trim()).not.toBe('');
      expect((event.links ?? []).every(({ href }) => href.trim() !== '')).toBe(true);
    }), { numRuns: 60 });
  });
});
