import { HELP, readArguments } from '../../../sandbox/chaos/arguments';

test('seed and number of notifications have defaults', () => {
  expect(readArguments([])).toEqual({ story: 'faults', seed: 1, events: 500 });
  expect(readArguments(['--story', 'storm'])).toEqual({ story: 'storm', seed: 1, events: 10_000 });
  expect(readArguments(['--seed', '7', '--events', '2000'])).toEqual({ story: 'faults', seed: 7, events: 2000 });
  expect(readArguments(['--help'])).toBe('help');
  expect(HELP).toContain('--seed');
});

test.each([
  [['--story', 'x'], '--story: "x" is not known; use faults, storm, hanging'],
  [['--seed', 'x'], '--seed: "x" is not allowed; use a whole number from 0 to 4294967295'],
  [['--events', '0'], '--events: "0" is not allowed; use a whole number from 1 to 100000'],
  [['--events', '1.5'], '--events: "1.5" is not allowed'],
])('%j is refused', (args, message) => {
  expect(() => readArguments(args)).toThrow(message);
});
