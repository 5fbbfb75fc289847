import * as fc from 'fast-check';
import { formatDuration, parseDuration } from '../../src/prometheus/duration';
import { promtoolVerdicts } from '../rules/agreement/promtool';

test.each([
  ['0', 0], ['0s', 0], ['1ms', 1], ['30s', 30_000], ['1h30m', 5_400_000], ['1y1w1d1h1m1s1ms', 32_230_861_001],
  ['9223372036854ms', 9_223_372_036_854], ['9223372036855ms', undefined], ['106751d', 9_223_286_400_000], ['106752d', undefined],
  ['00', undefined], ['', undefined], ['5', undefined], ['30m1h', undefined], ['1h1h', undefined], ['1.5h', undefined], ['-5m', undefined], [' 5m', undefined],
])('%j is %s milliseconds', (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});

test('durations are the same as Prometheus\'', () => {
  const pieces = ['0', '1', '59', '292', '293', '9999999999999999999', '0'.repeat(250), 'y', 'w', 'd', 'h', 'm', 's', 'ms', '.', '-', ' '];
  const random = fc.sample(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('')), { numRuns: 500, seed: 11 });
  const texts = [...random, `${'0'.repeat(250)}5m`, `${'9'.repeat(100_000)}s`, '106751d23h47m16s854ms', '106751d23h47m16s855ms'];
  const accepted = promtoolVerdicts(texts.map((interval) => JSON.stringify({ groups: [{ name: 'g', interval }] }))).map((refusal) => refusal === undefined);
  expect(texts.filter((text, index) => (parseDuration(text) !== undefined) !== accepted[index])).toEqual([]);
  expect(accepted.filter((isAccepted) => isAccepted).length).toBeGreaterThan(30);
});

test('what is written is read', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 9_223_372_036_854 }), (milliseconds) => {
    expect(parseDuration(formatDuration(milliseconds))).toBe(milliseconds);
  }));
});
