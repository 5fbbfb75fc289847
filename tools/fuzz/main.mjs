#!/usr/bin/env node
// Looks for new counterexamples of the property tests: `npm run fuzz`.
import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** For each property, so that none takes the time of all others. */
const MAX_SECONDS = 40;

/** A test can have several properties. */
const MAX_TEST_MS = 5 * 60 * 1000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    factor: { type: 'string', default: '10' },
    help: { type: 'boolean', short: 'h' },
  },
});

if (values.help) {
  console.log(`usage: npm run fuzz [-- [--seed S] [--factor N] [FILE]...]

Runs the property tests with inputs of another seed than the check, and more of them. Whatever fails is a counterexample that nobody knew: fix
its kind, and make it a test of its own.

  --seed S    repeats the inputs of a run that printed this seed (default: another one each time)
  --factor N  how many times as many runs of each property as in the check (default 10), for ${MAX_SECONDS} seconds at most
  FILE        only these test files (default: all that use fast-check)`);
} else {
  main();
}

function main() {
  const files = positionals.length > 0 ? positionals : propertyTests();
  console.log(`seed ${values.seed}, ${values.factor} times the runs of the check, ${files.length} ${files.length === 1 ? 'file' : 'files'}`);
  const { status } = spawnSync(
    process.execPath, ['node_modules/jest/bin/jest.js', '--testTimeout', String(MAX_TEST_MS), '--runTestsByPath', ...files], {
      stdio: 'inherit',
      env: { ...process.env, PROPERTY_SEED: values.seed, PROPERTY_FACTOR: values.factor, PROPERTY_SECONDS: String(MAX_SECONDS) },
    });
  if (status !== 0) console.log(`to repeat it: npm run fuzz -- --seed ${values.seed} --factor ${values.factor} FILE`);
  process.exitCode = status ?? 1;
}

/** The tests that use fast-check, themselves or through a module of generators. */
function propertyTests() {
  const sources = readdirSync('test', { recursive: true }).filter((name) => name.endsWith('.ts'))
    .map((name) => ({ file: `test/${name}`, source: readFileSync(`test/${name}`, 'utf8') }));
  const isTest = ({ file }) => file.endsWith('.test.ts');
  const direct = sources.filter(({ source }) => /from 'fast-check'/.test(source));
  const generators = direct.filter((each) => !isTest(each)).map(({ file }) => `/${path.basename(file, '.ts')}'`);
  return sources.filter((each) => isTest(each) && (direct.includes(each) || generators.some((name) => each.source.includes(name))))
    .map(({ file }) => file).sort();
}
