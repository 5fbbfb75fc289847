import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as esbuild from 'esbuild';
import { synthesize } from '../../../sandbox/assembly/synthesize';
import { describeResult, describeVerdicts, isClean } from '../../../sandbox/chaos/report';
import { runChaos, type ChaosOptions, type ChaosResult } from '../../../sandbox/chaos/run';
import { MAX_WAIT_MS, playHanging } from '../../../sandbox/chaos/stories/hanging';
import { MAX_RATIO, playStorm } from '../../../sandbox/chaos/stories/storm';

jest.setTimeout(180_000);

let directory: string;
let assembly: string;
beforeAll(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'chaos-test-'));
  assembly = path.join(directory, 'cdk.out');
  await synthesize('sandbox/chaos/app.ts', assembly);
});
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

const play = async (options: Partial<ChaosOptions>): Promise<ChaosResult> => runChaos({ seed: 1, events: 70, assembly, ...options });

const ALL_IS_WELL = 'lost=0 misordered=0 zombies=0 closed-while-firing=0 final-state-mismatches=0';

test.each([2, 3, 5])('seed %i: whatever fails, PagerDuty shows what Alertmanager said last', async (seed) => {
  const result = await play({ seed });
  expect(result.findings).toEqual([]);
  expect(describeResult(result).split('\n').at(-1)).toBe(ALL_IS_WELL);
  expect(result.faults.size).toBeGreaterThan(20);
  expect(result.summary.published).toBe(70);
  expect(result.summary.coldStarts.deliver).toBeGreaterThan(1);
});

test('a seed repeats its run exactly, and another seed does not', async () => {
  const [first, second, other] = [await play({ seed: 9, events: 30 }), await play({ seed: 9, events: 30 }), await play({ seed: 10, events: 30 })];
  expect(second).toEqual(first);
  expect(other.digest).not.toBe(first.digest);
});

test('a table that forgets is found out', async () => {
  const result = await play({ seed: 3, forgetfulTable: true });
  expect(isClean(result.verdicts)).toBe(false);
  expect(describeVerdicts(result.verdicts)).not.toBe(ALL_IS_WELL);
});

test('a deliver function that sends every event as it comes is found out', async () => {
  const deliverCode = path.join(directory, 'mutant');
  await bundleMutant('deliver', deliverCode, /group-state\.ts$/, (code) => code.replace(/(export function decide\([^)]*\): Decision \{)/, '$1\n  return "send";'));
  const result = await play({ seed: 2, deliverCode });
  expect(isClean(result.verdicts)).toBe(false);
});

test('a deliver function that forgets the former routing key while it cannot be read is found out', async () => {
  const deliverCode = path.join(directory, 'mutant-of-keys');
  await bundleMutant('deliver', deliverCode, /deliver-event\.ts$/, (code) => code.replace('missing = formerKeyUnread(error);', ''));
  const result = await play({ seed: 4, deliverCode });
  expect(result.verdicts.zombies).toBeGreaterThan(0);
});

test('a notify function that sends every notification as it comes is found out', async () => {
  const notifyCode = path.join(directory, 'mutant-of-notify');
  await bundleMutant('notify', notifyCode, /notification-order\.ts$/, (code) => code.replace('return order < accepted ? \'outdated\' : undefined;', 'return undefined;'));
  const result = await play({ seed: 4, notifyCode });
  expect(result.verdicts.misordered).toBeGreaterThan(0);
  expect(result.findings.map(({ text }) => text)).toContainEqual(expect.stringContaining('the webhook got publication'));
});

test('in a storm, the bundles send at most 1.2 requests for each event needed, and page each group once', async () => {
  const storm = await playStorm({ seed: 4, events: 300, groups: 30, eventsPerMinute: 30, assembly });
  expect(storm.chaos.findings).toEqual([]);
  expect(storm.ratio).toBeLessThanOrEqual(MAX_RATIO);
  expect(storm.accepted).toBeGreaterThanOrEqual(2 * 30);
  expect(storm.firstPagesAfterMinutes).toBeLessThan(Infinity);
  expect(storm.maxReceives).toBeLessThan(500);
});

test('neither an endpoint nor a webhook that hangs holds up a page for another endpoint', async () => {
  const [hanging, answering] = [
    await playHanging({ seed: 4, waiting: 60, isWebhookSilent: true, assembly }),
    await playHanging({ seed: 4, waiting: 60, isWebhookSilent: false, assembly }),
  ];
  expect(hanging.chaos.findings).toEqual([]);
  expect(Math.max(...hanging.waitsMs)).toBeLessThanOrEqual(MAX_WAIT_MS);
  expect(hanging.waitsMs).toEqual(answering.waitsMs);
});

/** The bundle of a function with a change to its decision about order and duplicates. */
async function bundleMutant(name: string, outdir: string, file: RegExp, change: (code: string) => string): Promise<void> {
  let isChanged = false;
  await esbuild.build({
    entryPoints: [`lambda/${name}/index.ts`],
    outfile: path.join(outdir, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    plugins: [{
      name: 'mutant',
      setup: (build) => build.onLoad({ filter: file }, ({ path: source }) => {
        const code = fs.readFileSync(source, 'utf8');
        const contents = change(code);
        isChanged = contents !== code;
        return { contents, loader: 'ts' };
      }),
    }],
  });
  expect(isChanged).toBe(true);
}
