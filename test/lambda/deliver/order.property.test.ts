import * as fc from 'fast-check';
import { queuedEvent } from './events';
import { QueueSimulation } from './queue-simulation';
import { deliverBatch, type DeliverCollaborators } from '../../../lambda/deliver/deliver-batch';
import { DeliveryHistory } from '../../../lambda/deliver/group-order';
import type { HttpAnswer } from '../../../lambda/deliver/http';
import { RoutingKeyCache } from '../../../lambda/deliver/routing-key-cache';
import type { QueuedEvent } from '../../../src/contract/queued-event';
import { RecordedTelemetry } from '../notifications';

/** What happens to one request; `lost` is accepted by PagerDuty, but the answer never arrives. */
type Fate = 'accepted' | 'unavailable' | 'no answer' | 'lost' | 'key refused';

/**
 * What happens to one invocation: its report to Lambda can be lost, after which all of the batch comes again; and it can
 * crash, after which the function has forgotten what it sent as well.
 */
type Invocation = 'ends' | 'report lost' | 'crash' | 'no time';

interface Story {
  readonly actions: ReadonlyArray<readonly [dedupKey: string, action: 'trigger' | 'resolve']>;
  readonly fates: readonly Fate[];
  readonly invocations: readonly Invocation[];
  readonly batchSize: number;
  readonly sendEvery: number;
}

const stories = (...invocations: readonly Invocation[]): fc.Arbitrary<Story> => fc.record({
  actions: fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('trigger' as const, 'resolve' as const)), { minLength: 1, maxLength: 25 }),
  fates: fc.array(fc.constantFrom<Fate>('accepted', 'accepted', 'unavailable', 'no answer', 'lost', 'key refused'), { maxLength: 30 }),
  invocations: fc.array(fc.constantFrom('ends', 'ends', ...invocations), { maxLength: 10 }),
  batchSize: fc.integer({ min: 1, max: 10 }),
  sendEvery: fc.integer({ min: 1, max: 10 }),
});

const ACCEPTED: HttpAnswer = { status: 202, body: '', isComplete: true };

/** Runs a story to its end, and tells in which order PagerDuty saw which notifications. */
async function play(told: Story): Promise<{ sent: QueuedEvent[]; seen: QueuedEvent[]; left: number; deadLettered: number }> {
  const { actions, fates, invocations, batchSize, sendEvery } = told;
  const sent: QueuedEvent[] = [];
  const seen: QueuedEvent[] = [];
  const queue = new QueueSimulation();
  const fate = [...fates];
  const collaborators: Omit<DeliverCollaborators, 'history'> = {
    keys: new RoutingKeyCache(async () => ({ kind: 'key', key: 'k'.repeat(32) }), ['db']),
    post: async (_url, body) => {
      const { payload } = JSON.parse(body) as { payload: { summary: string } };
      const event = sent.find((candidate) => candidate.event.payload.summary === payload.summary);
      if (event === undefined) throw new Error('posted what was never queued');
      const next = fate.shift() ?? 'accepted';
      if (next === 'accepted' || next === 'lost') seen.push(event);
      if (next === 'lost' || next === 'no answer') throw new Error('no answer');
      if (next === 'key refused') return { status: 400, body: 'Invalid routing key', isComplete: true };
      return next === 'accepted' ? ACCEPTED : { status: 500, body: '', isComplete: true };
    },
    endpoints: new Map([['us', new URL('http://127.0.0.1/')]]),
    defaultEndpoint: 'us',
    telemetry: new RecordedTelemetry(),
    queue,
    retryWindowSeconds: 86_400,
  };
  let history = new DeliveryHistory();
  const waiting = actions.map(([dedupKey, action]) => queuedEvent(dedupKey, action));
  const happenings = [...invocations];
  for (let round = 0; round < 1000 && (waiting.length > 0 || queue.length > 0); round++) {
    for (const event of waiting.splice(0, sendEvery)) {
      sent.push(event);
      queue.send(event);
    }
    const batch = queue.receive(batchSize);
    if (batch === undefined) {
      queue.advance();
      continue;
    }
    const happening = happenings.shift() ?? 'ends';
    const { batchItemFailures } = await deliverBatch(batch, { ...collaborators, history }, () => (happening === 'no time' ? 1000 : 60_000));
    if (happening === 'crash') history = new DeliveryHistory();
    if (happening !== 'crash' && happening !== 'report lost') queue.settle(batch, batchItemFailures);
  }
  return { sent, seen, left: queue.length, deadLettered: queue.deadLettered.length };
}


const KEYS = ['a', 'b', 'c'];
const of = (events: readonly QueuedEvent[], key: string) => events.filter(({ event }) => event.dedup_key === key);
const changes = (events: readonly QueuedEvent[]) =>
  events.map(({ event }) => event.event_action).filter((action, index, all) => action !== all[index - 1]);

test('whatever fails, crashes too, PagerDuty ends in the state of the last notification of each incident', async () => {
  await fc.assert(fc.asyncProperty(stories('crash', 'report lost', 'no time'), async (told) => {
    const { sent, seen, left, deadLettered } = await play(told);
    expect([left, deadLettered]).toEqual([0, 0]);
    for (const key of KEYS) expect(of(seen, key).at(-1)?.event.event_action).toBe(of(sent, key).at(-1)?.event.event_action);
  }), { numRuns: 400 });
});

test('as long as the function does not crash, PagerDuty sees each change of state once, and in order', async () => {
  await fc.assert(fc.asyncProperty(stories('report lost', 'no time'), async (told) => {
    const { sent, seen } = await play(told);
    for (const key of KEYS) expect(changes(of(seen, key))).toEqual(changes(of(sent, key)));
  }), { numRuns: 400 });
});
