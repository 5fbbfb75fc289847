/**
 * What the construct adds to the time an app takes to synthesize. `node tools/run.mjs bench/synth.ts --help`
 */
import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { parseArgs } from 'util';
import { transformSync } from 'esbuild';
import { formatTable, machine, publish } from './document';
import { median } from './statistics';

const HELP = `Measures the synthesis time of apps in processes of their own: one without the construct, examples/minimal with the compiled
library, and, between them, others with the same resources. Compile the library first: npx projen compile

  node tools/run.mjs bench/synth.ts [options]

  --runs N    runs per app, in alternating order; the result is the median (default 15)
  --limit MS  exit with 1 if the construct adds more wall-clock time (default 150)
  --write     write the table into docs/benchmarks.md, too
  --help      print this help
`;

const ROOT = join(__dirname, '..');

/** Below node_modules, so that the apps find aws-cdk-lib; compiled to plain JavaScript, as users run them. */
const COMPILED = join(ROOT, 'node_modules', '.cache', 'bench-synth');

const APPS = {
  'without the construct': 'bench/synth/without.ts',
  'its template, untyped': 'bench/synth/untyped.ts',
  'its template, included': 'bench/synth/included.ts',
  'same resources by hand': 'bench/synth/by-hand.ts',
  'examples/minimal': 'examples/minimal/app.ts',
} as const;
type AppName = keyof typeof APPS;
const NAMES = Object.keys(APPS) as AppName[];

/** The template of examples/minimal, for the two apps that read it. */
const TEMPLATE = join(COMPILED, 'template.json');

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

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
  readonly Outputs?: object;
}

type Resources = Readonly<Record<string, number>>;

function run(app: string): Sample & { readonly template: Template } {
  const output = mkdtempSync(join(COMPILED, 'out-'));
  const usage = join(output, 'usage.json');
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['-r', join(COMPILED, 'reporter.js'), app], {
    env: {
      ...process.env,
      CDK_OUTDIR: join(output, 'cdk.out'),
      CDK_CONTEXT_JSON: JSON.stringify(CLI_CONTEXT),
      BENCH_USAGE: usage,
      BENCH_TEMPLATE: TEMPLATE,
    },
    encoding: 'utf8',
  });
  const wall = performance.now() - start;
  if (status !== 0) {
    throw new Error(`${app} failed: ${stderr}`);
  }
  const { user, system } = JSON.parse(readFileSync(usage, 'utf8')) as NodeJS.CpuUsage;
  const template = readTemplate(join(output, 'cdk.out'));
  rmSync(output, { recursive: true });
  return { wall, processor: (user + system) / 1000, template };
}

function readTemplate(assembly: string): Template {
  const [name] = readdirSync(assembly).filter((file) => file.endsWith('.template.json'));
  return JSON.parse(readFileSync(join(assembly, name), 'utf8')) as Template;
}

/** The template without what CDK adds to every stack, so that an app can create it again. */
function withoutAdditions({ Resources: resources, Outputs }: Template): Template {
  return { Resources: Object.fromEntries(Object.entries(resources).filter(([, { Type: type }]) => type !== 'AWS::CDK::Metadata')), Outputs };
}

/** How many resources of each type there are, without the one that CDK adds to every stack. */
function countResources(template: Template): Resources {
  const types = Object.values(withoutAdditions(template).Resources).map(({ Type }) => Type).sort();
  return Object.fromEntries([...new Set(types)].map((type) => [type, types.filter((other) => other === type).length]));
}

/** A comparison with an app that has other resources would say nothing about the library. */
function checkSameResources(name: AppName, other: Resources, construct: Resources): void {
  const different = [...new Set([...Object.keys(other), ...Object.keys(construct)])].filter((type) => other[type] !== construct[type]);
  if (different.length > 0) {
    throw new Error(`${APPS[name]} does not have the resources of examples/minimal: ${different.map((type) => `${other[type] ?? 0} of ${construct[type] ?? 0} ${type}`).join(', ')}`);
  }
}

function measure(runs: number): Record<AppName, Sample[]> {
  rmSync(COMPILED, { recursive: true, force: true });
  const compiled = NAMES.map((name) => [name, compile(APPS[name])] as const);
  writeFileSync(join(COMPILED, 'reporter.js'), REPORTER);
  const samples = Object.fromEntries(NAMES.map((name) => [name, []])) as unknown as Record<AppName, Sample[]>;
  // The first round fills the caches of the file system and does not count.
  const { template } = run(join(COMPILED, APPS['examples/minimal'].replace(/\.ts$/, '.js')));
  writeFileSync(TEMPLATE, JSON.stringify(withoutAdditions(template)));
  for (const [name, app] of compiled) {
    const other = run(app).template;
    if (name !== 'without the construct') {
      checkSameResources(name, countResources(other), countResources(template));
    }
  }
  for (let round = 0; round < runs; round++) {
    for (const [name, app] of round % 2 === 0 ? compiled : [...compiled].reverse()) {
      samples[name].push(run(app));
    }
  }
  rmSync(COMPILED, { recursive: true });
  return samples;
}

/** The table, and what the construct adds to the wall clock. */
function report(samples: Record<AppName, Sample[]>): { readonly table: string; readonly added: number } {
  const medianOf = (name: AppName, kind: keyof Sample): number => median(samples[name].map((sample) => sample[kind]));
  const cells = (name: AppName, kind: keyof Sample): string[] => {
    const [value, base] = [medianOf(name, kind), medianOf('without the construct', kind)];
    return [value.toFixed(0), (value / base).toFixed(2), (value - base).toFixed(0)];
  };
  const header = ['app', 'wall clock, ms', 'ratio', 'added', 'processor time, ms', 'ratio', 'added'];
  return {
    table: formatTable(header, NAMES.map((name) => [name, ...cells(name, 'wall'), ...cells(name, 'processor')])),
    added: medianOf('examples/minimal', 'wall') - medianOf('without the construct', 'wall'),
  };
}

function main(): void {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '15' },
      limit: { type: 'string', default: '150' },
      write: { type: 'boolean', default: false },
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
  const conditions = machine();
  const { table, added } = report(measure(Number(values.runs)));
  publish('bench:synth', `${table}\n\nMedians of ${values.runs} runs. ${conditions}`, values.write);
  if (added > Number(values.limit)) {
    process.stdout.write(`the construct adds ${added.toFixed(0)} ms, more than ${values.limit} ms\n`);
    process.exitCode = 1;
  }
}

main();
