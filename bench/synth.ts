/**
 * What the construct adds to the time an app takes to synthesize. `node tools/run.mjs bench/synth.ts --help`
 */
import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { parseArgs } from 'util';
import { transformSync } from 'esbuild';
import { median } from './statistics';

const HELP = `Measures the synthesis time of three apps: one without the construct, one with the same resources written by hand, and
examples/minimal with the compiled library. Compile the library first: npx projen compile

  node tools/run.mjs bench/synth.ts [options]

  --runs N    runs per app, in alternating order; the result is the median (default 15)
  --limit MS  exit with 1 if the construct adds more wall-clock time (default 150)
  --help      print this help
`;

const ROOT = join(__dirname, '..');

/** Below node_modules, so that the apps find aws-cdk-lib; compiled to plain JavaScript, as users run them. */
const COMPILED = join(ROOT, 'node_modules', '.cache', 'bench-synth');

const APPS = {
  'without the construct': 'bench/synth/without.ts',
  'same resources by hand': 'bench/synth/by-hand.ts',
  'examples/minimal': 'examples/minimal/app.ts',
} as const;
type AppName = keyof typeof APPS;
const NAMES = Object.keys(APPS) as AppName[];

/** The context that the CDK CLI passes to every app. */
const CLI_CONTEXT = {
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:version-reporting': true,
  'aws:cdk:bundling-stacks': ['**'],
};

/** Loaded before the app: writes the processor time of the process when it ends. */
const REPORTER = "process.on('exit', () => require('fs').writeFileSync(process.env.BENCH_USAGE, JSON.stringify(process.cpuUsage())));";

/** Of one process, in milliseconds. */
interface Sample {
  readonly wall: number;
  /** In all threads, in user and system mode. Depends less than the wall clock on what else the machine does. */
  readonly processor: number;
}

/** An app as a user has it: plain JavaScript that requires the package. */
function compile(source: string): string {
  const { code } = transformSync(readFileSync(join(ROOT, source), 'utf8'), { loader: 'ts', format: 'cjs', target: 'node20' });
  const compiled = join(COMPILED, source.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(compiled), { recursive: true });
  writeFileSync(compiled, code.replace(/require\("[./]+\/src"\)/, `require(${JSON.stringify(ROOT)})`));
  return compiled;
}

/** How many resources of each type the app has. */
type Resources = Readonly<Record<string, number>>;

function run(app: string): Sample & { readonly resources: Resources } {
  const output = mkdtempSync(join(COMPILED, 'out-'));
  const usage = join(output, 'usage.json');
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['-r', join(COMPILED, 'reporter.js'), app], {
    env: {
      ...process.env,
      CDK_OUTDIR: join(output, 'cdk.out'),
      CDK_CONTEXT_JSON: JSON.stringify(CLI_CONTEXT),
      BENCH_USAGE: usage,
    },
    encoding: 'utf8',
  });
  const wall = performance.now() - start;
  if (status !== 0) {
    throw new Error(`${app} failed: ${stderr}`);
  }
  const { user, system } = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.CpuUsage;
  const resources = countResources(join(output, 'cdk.out'));
  rmSync(output, { recursive: true });
  return { wall, processor: (user + system) / 1000, resources };
}

function countResources(assembly: string): Resources {
  const [template] = readdirSync(assembly).filter((file) => file.endsWith('.template.json'));
  const { Resources: all } = JSON.parse(readFileSync(join(assembly, template), 'utf8')) as { readonly Resources: Record<string, { readonly Type: string }> };
  const types = Object.values(all).map(({ Type }) => Type).sort();
  return Object.fromEntries([...new Set(types)].map((type) => [type, types.filter((other) => other === type).length]));
}

/** A comparison with an app that has other resources would say nothing about the library. */
function checkSameResources(byHand: Resources, construct: Resources): void {
  const different = [...new Set([...Object.keys(byHand), ...Object.keys(construct)])].filter((type) => byHand[type] !== construct[type]);
  if (different.length > 0) {
    throw new Error(`bench/synth/by-hand.ts does not have the resources of examples/minimal: ${different.map((type) => `${byHand[type] ?? 0} of ${construct[type] ?? 0} ${type}`).join(', ')}`);
  }
}

function measure(runs: number): Record<AppName, Sample[]> {
  rmSync(COMPILED, { recursive: true, force: true });
  const compiled = NAMES.map((name) => [name, compile(APPS[name])] as const);
  writeFileSync(join(COMPILED, 'reporter.js'), REPORTER);
  const samples: Record<AppName, Sample[]> = { 'without the construct': [], 'same resources by hand': [], 'examples/minimal': [] };
  // The first round fills the caches of the file system and does not count.
  const [, byHand, construct] = compiled.map(([, app]) => run(app).resources);
  checkSameResources(byHand, construct);
  for (let round = 0; round < runs; round++) {
    for (const [name, app] of round % 2 === 0 ? compiled : [...compiled].reverse()) {
      samples[name].push(run(app));
    }
  }
  rmSync(COMPILED, { recursive: true });
  return samples;
}

function row(cells: readonly (string | number)[]): string {
  const [name, ...numbers] = cells.map((cell) => typeof cell === 'number' ? cell.toFixed(0) : cell);
  return `${name.padEnd(24)}${numbers.map((number) => number.padStart(12)).join('')}\n`;
}

/** The table, and what the construct adds to the wall clock. */
function report(samples: Record<AppName, Sample[]>): { readonly text: string; readonly added: number } {
  const medians = (name: AppName): Sample => ({
    wall: median(samples[name].map(({ wall }) => wall)),
    processor: median(samples[name].map(({ processor }) => processor)),
  });
  const base = medians('without the construct');
  const rows = NAMES.map((name) => {
    const { wall, processor } = medians(name);
    return row([name, wall, `${(wall / base.wall).toFixed(2)}x`, wall - base.wall, Math.min(...samples[name].map((sample) => sample.wall)),
      processor, `${(processor / base.processor).toFixed(2)}x`, processor - base.processor]);
  });
  return {
    text: row(['ms, medians', 'wall', 'ratio', 'added', 'fastest', 'processor', 'ratio', 'added']) + rows.join(''),
    added: medians('examples/minimal').wall - base.wall,
  };
}

function main(): void {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '15' },
      limit: { type: 'string', default: '150' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  if (!existsSync(join(ROOT, 'lib', 'index.js'))) {
    throw new Error('the library is not compiled; run npx projen compile');
  }
  const { text, added } = report(measure(Number(values.runs)));
  process.stdout.write(text);
  if (added > Number(values.limit)) {
    process.stdout.write(`the construct adds ${added.toFixed(0)} ms, more than ${values.limit} ms\n`);
    process.exitCode = 1;
  }
}

main();
