import { spawnSync } from 'node:child_process';

/** What a program that uses fast-check as the tests do prints, as JSON. */
function play(program: string, environment: Readonly<Record<string, string>> = {}): unknown {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', `const fc = require('./tools/fuzz/fast-check.cjs');${program}`], {
    encoding: 'utf8', env: { PATH: process.env.PATH ?? '', ...environment },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const SAMPLE = 'console.log(JSON.stringify(fc.sample(fc.nat(), 20)))';
const RUNS = `
  const runs = [0, 0];
  fc.assert(fc.property(fc.nat(), () => { runs[0] += 1; }));
  fc.assert(fc.property(fc.nat(), () => { runs[1] += 1; }), { numRuns: 7 });
  console.log(JSON.stringify(runs));
`;

test('a check plays the same inputs each time, and a search other ones', () => {
  const ofCheck = play(SAMPLE);
  expect(play(SAMPLE)).toEqual(ofCheck);
  expect(play(SAMPLE, { PROPERTY_SEED: '2' })).not.toEqual(ofCheck);
  expect(play(SAMPLE, { PROPERTY_SEED: '2' })).toEqual(play(SAMPLE, { PROPERTY_SEED: '2' }));
});

test('a search multiplies the runs of each property', () => {
  expect(play(RUNS)).toEqual([100, 7]);
  expect(play(RUNS, { PROPERTY_FACTOR: '3' })).toEqual([300, 21]);
});

test('a property that takes long is interrupted, and has not failed; a counterexample has', () => {
  const slow = 'fc.assert(fc.property(fc.nat(), () => { const end = Date.now() + 50; while (Date.now() < end); }), { numRuns: 1e6 }); console.log(true)';
  expect(play(slow, { PROPERTY_SECONDS: '1' })).toBe(true);
  expect(() => play('fc.assert(fc.property(fc.nat(), (n) => n < 1000)); console.log(true)', { PROPERTY_SECONDS: '1' })).toThrow(/Counterexample/);
});

test('the help says what the command does', () => {
  const { stdout } = spawnSync(process.execPath, ['tools/fuzz/main.mjs', '--help'], { encoding: 'utf8' });
  expect(stdout).toContain('usage: npm run fuzz');
});
