import { existsSync } from 'fs';
import { join, resolve } from 'path';

const REPOSITORY = resolve(__dirname, '..', '..');

interface Sequencer {
  sort(tests: readonly object[]): ReadonlyArray<{ readonly path: string }>;
}

const LongTestsFirst = jest.requireActual<(new (options: object) => Sequencer) & { readonly LONG_TESTS: readonly string[] }>('../../tools/test-sequencer.cjs');

test('every test that is said to take long exists', () => {
  expect(LongTestsFirst.LONG_TESTS.length).toBeGreaterThan(5);
  expect(LongTestsFirst.LONG_TESTS.filter((file) => !existsSync(join(REPOSITORY, file)))).toEqual([]);
});

test('long tests start first, whatever their size, and the others keep the order of Jest', () => {
  const [longest, second] = LongTestsFirst.LONG_TESTS;

  expect(sortedBySizes({ 'test/small.test.ts': 1, 'test/large.test.ts': 9_000, [second]: 3, [longest]: 2 }))
    .toEqual([longest, second, 'test/large.test.ts', 'test/small.test.ts']);
});

/** The order of files on a machine that has not run them before. */
function sortedBySizes(sizes: Readonly<Record<string, number>>): string[] {
  const config = { rootDir: REPOSITORY, id: 'test-sequencer', cacheDirectory: join(REPOSITORY, 'test-reports', 'no-cache') };
  const hasteFS = { getSize: (file: string) => sizes[file.slice(REPOSITORY.length + 1)] };
  const tests = Object.keys(sizes).map((file) => ({ path: join(REPOSITORY, file), context: { config, hasteFS } }));
  return new LongTestsFirst({ contexts: [], globalConfig: {} }).sort(tests).map(({ path }) => path.slice(REPOSITORY.length + 1));
}
