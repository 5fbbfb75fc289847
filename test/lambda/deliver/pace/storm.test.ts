import { playStorm, type StormOutcome } from './storm-model';
import type { QueuedEvent } from '../../../../src/contract/queued-event';
import { queuedEvent } from '../events';

const MINUTE_MS = 60_000;

function eventsOf(groups: number, perGroup: number, rest: Partial<QueuedEvent> = {}): QueuedEvent[] {
  return Array.from({ length: groups * perGroup }, (_, index) => {
    const action = Math.floor(index / groups) % 2 === 0 ? 'trigger' : 'resolve';
    return queuedEvent(`incident-${index % groups}`, action, { routingKey: { name: 'a' }, ...rest });
  });
}

function firstPagesIn({ accepted }: StormOutcome): Set<string> {
  return new Set(accepted.filter(({ action }) => action === 'trigger').map(({ dedupKey }) => dedupKey));
}

test.each<[what: string, groups: number, limiter: { isRefusalCounted?: boolean; retryAfterSeconds?: number }]>([
  ['10,000 events in 1,000 groups, where refused requests count', 1000, { isRefusalCounted: true }],
  ['2,000 events in 200 groups', 200, {}],
  ['2,000 events in 200 groups, with Retry-After', 200, { retryAfterSeconds: 30 }],
])('%s, send at most 1.2 requests for each event needed at 120 a minute', async (_what, groups, limiter) => {
  const outcome = await playStorm({ events: eventsOf(groups, 10), limitPerMinute: 120, maxMs: 60 * MINUTE_MS, ...limiter });
  expect(outcome.left).toBe(0);
  expect(firstPagesIn(outcome).size).toBe(groups);
  expect(outcome.requests / outcome.accepted.length).toBeLessThanOrEqual(1.2);
  // A trigger and a resolve of each group, and few more: a backlog is not replayed.
  expect(outcome.accepted.length).toBeLessThanOrEqual(2.2 * groups);
  // SQS gives a message up after a thousand receives.
  expect(outcome.maxReceives).toBeLessThan(500);
}, 600_000);

test('pages for a healthy endpoint leave within 10 seconds while a thousand incidents wait for one that hangs', async () => {
  const later = Array.from({ length: 40 }, (_, index) => {
    const event = queuedEvent(`healthy-${index}`, 'trigger', { routingKey: { name: 'b' } });
    return { event, afterMs: 500 + index * 3_700 };
  });
  const outcome = await playStorm({
    events: eventsOf(1000, 1, { endpoint: 'hanging' }), hanging: ['hanging'], later, limitPerMinute: 120, maxMs: 3 * MINUTE_MS,
  });
  const waits = later.map(({ event, afterMs }) => (
    (outcome.accepted.find(({ dedupKey }) => dedupKey === event.event.dedup_key)?.atMs ?? Infinity) - afterMs));
  expect(Math.max(...waits)).toBeLessThanOrEqual(10_000);
}, 300_000);
