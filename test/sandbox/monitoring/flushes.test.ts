import { Flushes } from '../../../sandbox/monitoring/flushes';

/** Lines of Alertmanager 0.25 and 0.35. */
const received = (alert: string): string => `ts=2026-11-26T01:00:00.000Z caller=dispatch.go:165 level=debug component=dispatcher msg="Received alert" alert="${alert}"`;
const flushing = (...alerts: string[]): string => (
  `time=2026-11-26T01:00:01.000Z level=DEBUG source=dispatch.go:986 msg=flushing component=dispatcher aggrGroup={}:{} numAlerts=${alerts.length} alerts="[${alerts.join(' ')}]"`
);

function flushesAfter(...lines: string[]): Flushes {
  const flushes = new Flushes();
  flushes.begin();
  lines.forEach((line) => flushes.read(line));
  return flushes;
}

test.each<[string, string[], number, boolean]>([
  ['all alerts, in two flushes', [received('A[0123456][active]'), received('B[1234567][active]'), flushing('A[0123456][active]'), flushing('B[1234567][active]')], 2, true],
  ['a flush without one of them', [received('A[0123456][active]'), received('B[1234567][active]'), flushing('A[0123456][active]')], 2, false],
  ['an alert that has not come yet', [received('A[0123456][active]'), flushing('A[0123456][active]')], 2, false],
  ['a flush before the alert came', [flushing('A[0123456][active]'), received('A[0123456][active]')], 1, false],
  ['a flush before the alert ended', [received('A[0123456][resolved]'), flushing('A[0123456][active]')], 1, false],
  ['a name with quotes and brackets', [received('a \\"[x]\\" b[0123456][active]'), flushing('a \\"[x]\\" b[0123456][active]')], 1, true],
  ['no alerts', [], 0, true],
])('%s', (_, lines, count, isComplete) => {
  expect(flushesAfter(...lines).isComplete(count)).toBe(isComplete);
});

test('the alerts of an earlier step do not count, but its flush says when the next one is due', () => {
  const flushes = flushesAfter(received('A[0123456][active]'), flushing('A[0123456][active]'));
  expect(flushes.latestAt).toBeLessThanOrEqual(Date.now());
  flushes.begin();
  expect(flushes.isComplete(1)).toBe(false);
  flushes.read(flushing('A[0123456][active]'));
  expect(flushes.isComplete(1)).toBe(false);
});
