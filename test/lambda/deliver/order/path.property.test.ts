import * as fc from 'fast-check';
import { play, type AcceptedEvent, type Fate, type Handover, type Kill, type PathOutcome, type PathRun } from './path-model';
import { DeliverMetric } from '../../../../src/contract/metrics';

const KEYS = ['a', 'b', 'c'];

const fate = fc.constantFrom<Fate>('accepted', 'accepted', 'accepted', 'unavailable', 'no answer', 'lost', 'key refused', 'limited');
const kill = fc.record({ before: fc.constantFrom('post', 'answer', 'table', 'report'), count: fc.integer({ min: 1, max: 6 }) }) as fc.Arbitrary<Kill>;
const handover: fc.Arbitrary<Handover> = fc.record({
  lateBy: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 6 }) }),
  againAfter: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined, freq: 4 }),
});

const runs = (faults: Partial<Record<keyof PathRun, fc.Arbitrary<unknown>>>): fc.Arbitrary<PathRun> => fc.record({
  publications: fc.array(fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom('trigger', 'resolve')), { minLength: 1, maxLength: 20 }),
  handovers: fc.constant([]),
  fates: fc.array(fate, { maxLength: 30 }),
  kills: fc.constant([]),
  instances: fc.integer({ min: 1, max: 4 }),
  batchSize: fc.integer({ min: 1, max: 10 }),
  ...faults,
}) as fc.Arbitrary<PathRun>;

const anyHandovers = fc.array(handover, { maxLength: 20 });
const anyKills = fc.array(fc.option(kill, { nil: undefined }), { maxLength: 12 });

/** One incident that fires and resolves again and again, and answers that are lost: the runs in which order is hardest to keep. */
const HARD = {
  publications: fc.array(fc.tuple(fc.constant(KEYS[0]), fc.constantFrom('trigger', 'resolve')), { minLength: 2, maxLength: 8 }),
  handovers: fc.array(fc.record({
    lateBy: fc.integer({ min: 0, max: 3 }),
    againAfter: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
  }), { maxLength: 8 }),
  fates: fc.array(fc.constantFrom<Fate>('accepted', 'lost', 'lost', 'unavailable'), { maxLength: 12 }),
};

interface Verdicts {
  readonly zombies: string[];
  readonly closedWhileFiring: string[];
  readonly unpaged: number[];
}

/** What PagerDuty shows in the end, and has shown, beside what Alertmanager said. */
function compare({ published, accepted }: PathOutcome): Verdicts {
  const zombies: string[] = [];
  const closedWhileFiring: string[] = [];
  const unpaged: number[] = [];
  for (const key of KEYS) {
    const said = published.map(({ event }, index) => ({ ...event, index })).filter(({ dedup_key }) => dedup_key === key);
    const shown = accepted.filter(({ dedupKey }) => dedupKey === key);
    const isFiring = said.at(-1)?.event_action === 'trigger';
    const isOpen = shown.at(-1)?.action === 'trigger';
    if (isOpen && !isFiring) zombies.push(key);
    if (!isOpen && isFiring) closedWhileFiring.push(key);
    const triggers = said.filter(({ event_action }) => event_action === 'trigger');
    unpaged.push(...triggers.filter(({ index }) => !isPaged(index, shown)).map(({ index }) => index));
    if (shown.some((event, position) => closesALaterTrigger(event, shown.slice(0, position)))) closedWhileFiring.push(`${key} for a time`);
  }
  return { zombies, closedWhileFiring, unpaged };
}

/** A trigger of this time or later was shown, or the incident of an earlier one was not resolved before this one fired. */
function isPaged(index: number, shown: readonly AcceptedEvent[]): boolean {
  return shown.some((trigger, position) => trigger.action === 'trigger' && (trigger.index >= index || !shown.slice(position + 1)
    .some((resolve) => resolve.action === 'resolve' && resolve.index < index)));
}

function closesALaterTrigger({ action, index }: AcceptedEvent, before: readonly AcceptedEvent[]): boolean {
  return action === 'resolve' && before.some((trigger) => trigger.action === 'trigger' && trigger.index > index);
}

const NOTHING_WRONG: Verdicts = { zombies: [], closedWhileFiring: [], unpaged: [] };

/** A failure prints the seed and the path that repeat it. For a longer search, set PATH_RUNS, and another seed. */
const PARAMETERS = {
  numRuns: Number(process.env.PATH_RUNS ?? 300),
  ...(process.env.PATH_SEED !== undefined && { seed: Number(process.env.PATH_SEED) }),
  ...(process.env.PATH_REPLAY !== undefined && { path: process.env.PATH_REPLAY, endOnFailure: true }),
};
/** A run takes some 10 ms. */
const MAX_TEST_MS = 60_000 + PARAMETERS.numRuns * 100;

describe('whatever happens on the way, PagerDuty shows what Alertmanager last said, and every alert paged', () => {
  test.each<[what: string, faults: Partial<Record<keyof PathRun, fc.Arbitrary<unknown>>>]>([
    ['PagerDuty fails', {}],
    ['SNS swaps and repeats notifications', { handovers: anyHandovers }],
    ['instances are killed at any point', { kills: anyKills }],
    ['all of it at once', { handovers: anyHandovers, kills: anyKills }],
    ['answers are lost while the notifications of one incident are swapped', HARD],
    ['answers are lost while instances are killed and notifications swapped', { ...HARD, kills: anyKills }],
  ])('when %s', async (_what, faults) => {
    await fc.assert(fc.asyncProperty(runs(faults), async (run) => {
      const outcome = await play(run);
      expect(outcome.left).toBe(0);
      expect(compare(outcome)).toEqual(NOTHING_WRONG);
    }), PARAMETERS);
  }, MAX_TEST_MS);

  test('when an outage outlasts the retry window, and an operator redrives: triggers of before it are counted instead of sent', async () => {
    const outage = { handovers: anyHandovers, kills: anyKills, outageHours: fc.integer({ min: 1, max: 50 }) };
    await fc.assert(fc.asyncProperty(runs(outage), async (run) => {
      const outcome = await play(run);
      const { zombies, closedWhileFiring, unpaged } = compare(outcome);
      expect([outcome.left, zombies, closedWhileFiring]).toEqual([0, [], []]);
      expect(unpaged.length).toBeLessThanOrEqual(outcome.telemetry.counts.get(DeliverMetric.TRIGGERS_UNPAGED) ?? 0);
    }), { ...PARAMETERS, numRuns: Math.ceil(PARAMETERS.numRuns / 25) });
  }, MAX_TEST_MS);
});
