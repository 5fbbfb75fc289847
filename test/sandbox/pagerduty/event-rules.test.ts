import { errorsOfEvent } from '../../../sandbox/pagerduty/event-rules';

const KEY = '0123456789abcdefghijABCDEFGHIJKL';
const PAYLOAD = { summary: 'summary', source: 'source', severity: 'error' };
const EVENT = { routing_key: KEY, event_action: 'trigger', dedup_key: 'key', payload: PAYLOAD };

describe('PagerDuty accepts', () => {
  test.each<[string, unknown]>([
    ['a trigger', EVENT],
    ['a trigger without dedup key', { ...EVENT, dedup_key: undefined }],
    ['a resolve without payload', { routing_key: KEY, event_action: 'resolve', dedup_key: 'key' }],
    ['a summary of 1,024 characters', { ...EVENT, payload: { ...PAYLOAD, summary: '🚒'.repeat(1024) } }],
    ['a dedup key of 255 characters', { ...EVENT, dedup_key: 'x'.repeat(255) }],
    ['details of any shape', { ...EVENT, payload: { ...PAYLOAD, custom_details: { a: [1, { b: null }], c: 'd' } } }],
    ['links and images', { ...EVENT, links: [{ href: 'http://a', text: 'b' }, { href: 'x' }], images: [{ src: 'https://a', alt: '', href: '' }] }],
    ['a timestamp', { ...EVENT, payload: { ...PAYLOAD, timestamp: '2026-07-17T08:42:58.315+0000' } }],
    ...['critical', 'error', 'warning', 'info'].map((severity): [string, unknown] => [severity, { ...EVENT, payload: { ...PAYLOAD, severity } }]),
  ])('%s', (_, event) => {
    expect(errorsOfEvent(event)).toEqual([]);
  });
});

describe('PagerDuty refuses', () => {
  test.each<[string, unknown, string]>([
    ['no object', ['x'], 'The event is not a JSON object'],
    ['no routing key', { ...EVENT, routing_key: '' }, "'routing_key' is missing or blank"],
    ['a routing key of 31 characters', { ...EVENT, routing_key: KEY.slice(1) }, "Length of 'routing_key' is incorrect (should be 32 characters)"],
    ['a routing key of 33 characters', { ...EVENT, routing_key: `${KEY}x` }, "Length of 'routing_key' is incorrect (should be 32 characters)"],
    ['a routing key with a dash', { ...EVENT, routing_key: `-${KEY.slice(1)}` }, "'routing_key' cannot contain non-alphanumeric characters."],
    ['an unknown action', { ...EVENT, event_action: 'Trigger' }, "'event_action' is invalid"],
    ['a resolve without dedup key', { ...EVENT, event_action: 'resolve', dedup_key: '' }, "'dedup_key' is missing or blank"],
    ['a dedup key of 256 characters', { ...EVENT, dedup_key: 'x'.repeat(256) }, "Length of 'dedup_key' is too long"],
    ['a trigger without payload', { ...EVENT, payload: undefined }, "'payload' is missing"],
    ['a blank summary', { ...EVENT, payload: { ...PAYLOAD, summary: ' ' } }, "'payload.summary' is missing or blank"],
    ['a summary of 1,025 characters', { ...EVENT, payload: { ...PAYLOAD, summary: 'x'.repeat(1025) } }, "'payload.summary' is too long"],
    ['no source', { ...EVENT, payload: { ...PAYLOAD, source: undefined } }, "'payload.source' is missing or blank"],
    ['an upper-case severity', { ...EVENT, payload: { ...PAYLOAD, severity: 'Error' } }, "'payload.severity' is invalid (must be one of the following: 'critical', 'error', 'warning', 'info')"],
    ['details that are a list', { ...EVENT, payload: { ...PAYLOAD, custom_details: [] } }, "'payload.custom_details' is not an object"],
    ['a timestamp that is none', { ...EVENT, payload: { ...PAYLOAD, timestamp: 'now' } }, "'payload.timestamp' is invalid"],
    ['a link without address', { ...EVENT, links: [{ text: 'x', href: '' }] }, "'link href' is missing or blank"],
    ['an image without source', { ...EVENT, images: [{ alt: 'x' }] }, "'image src' is missing or blank"],
    ['an image over http', { ...EVENT, images: [{ src: 'http://x' }] }, "'image src' must be served via https"],
    ['a class that is a number', { ...EVENT, payload: { ...PAYLOAD, class: 1 } }, "'payload.class' must be a string"],
  ])('%s', (_, event, message) => {
    const errors = errorsOfEvent(event);
    expect(errors).toEqual([expect.stringContaining(message)]);
  });

  test('and says all that is wrong at once', () => {
    expect(errorsOfEvent({})).toHaveLength(3);
    expect(errorsOfEvent({ ...EVENT, routing_key: 'short-', payload: {} })).toHaveLength(5);
  });
});
