import { shrinkEvent } from '../../../lambda/deliver/shrink-event';
import type { PagerDutyEvent } from '../../../src/contract/pagerduty-event';

const sizeOf = (event: PagerDutyEvent | undefined): number => Buffer.byteLength(JSON.stringify(event));

function eventOf(details: Record<string, string>): PagerDutyEvent {
  return {
    event_action: 'trigger',
    dedup_key: 'd',
    payload: { summary: 's', source: 'x', severity: 'error', custom_details: details },
    links: [{ href: 'https://example.com', text: 't' }],
  };
}

test('removes the longest details first, and says so', () => {
  const event = eventOf({ small: 'a', huge: 'x'.repeat(300_000), medium: 'y'.repeat(50_000) });
  const first = shrinkEvent(event, 1);
  expect(Object.keys(first?.payload.custom_details ?? {})).toEqual(['small', 'medium', 'relay_note']);
  const third = shrinkEvent(event, 3);
  expect(Object.keys(third?.payload.custom_details ?? {})).toEqual(['small', 'relay_note']);
  expect(sizeOf(third)).toBeLessThan(8_000);
  expect(third).toMatchObject({ dedup_key: 'd', payload: { summary: 's' } });
  expect(third).not.toHaveProperty('links');
});

test('ends when every budget was tried, or nothing is left to remove', () => {
  expect(shrinkEvent(eventOf({ huge: 'x'.repeat(300_000) }), 5)).toBeUndefined();
  const { links: _, ...bare } = eventOf({});
  expect(shrinkEvent(bare, 1)).toBeUndefined();
});

test.each([
  [300_000, [true, true, true, true]],
  [200_000, [true, true, true]],
  [50_000, [true, true]],
  [5_000, [true]],
])('each attempt for details of %i bytes removes something', (bytes, attempts) => {
  const event = eventOf({ small: 'a', huge: 'x'.repeat(bytes) });
  const shrunk = [1, 2, 3, 4, 5].map((attempt) => shrinkEvent(event, attempt)).filter((each) => each !== undefined);
  expect(shrunk.map((each) => sizeOf(each) < sizeOf(event))).toEqual(attempts);
  expect(shrunk.at(-1)).toEqual({ ...eventOf({ relay_note: 'details removed: the event was too large for PagerDuty' }), links: undefined });
});
