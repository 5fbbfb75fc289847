import type { Publication } from '../../../sandbox/chaos/path/publications';
import { judgeCalls } from '../../../sandbox/chaos/webhooks/judge-calls';

/** Publications 1 to 3 of one incident, and the numbers of the calls that the webhook accepted. */
function verdictsOf(calls: readonly number[], skipped: readonly number[] = []): string[] {
  const publications = [1, 2, 3].map((number): Publication => ({ number, incident: 1, action: number === 2 ? 'resolve' : 'trigger', at: number }));
  return judgeCalls({ publications, calls: calls.map((number) => ({ at: 0, number })), skipped: new Set(skipped) }).map(({ verdict }) => verdict);
}

test.each<[what: string, calls: number[], skipped: number[], verdicts: string[]]>([
  ['every notification in order', [1, 2, 3], [], []],
  ['the same one again', [1, 1, 2, 3, 3], [], []],
  ['one that is skipped, because a later one was accepted', [2, 3], [1], []],
  ['one that comes after a later one', [2, 1, 3], [], ['misordered']],
  ['one that never comes', [1, 2], [], ['lost']],
  ['one that is skipped without a later one', [1, 2], [3], ['lost']],
])('%s', (_what, calls, skipped, verdicts) => {
  expect(verdictsOf(calls, skipped)).toEqual(verdicts);
});
