/**
 * What the functions cost beside the function of AWS's article, in one run. `npm run bench:relay -- --help`
 */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parseArgs } from 'util';
import { formatTable, machine, publish } from './document';
import { candidates, type CandidateName } from './relay/candidates';
import { measureEndToEnd } from './relay/end-to-end';
import { Host, type Candidate, type Duration } from './relay/host';
import { articleNotification, messageBytes, queueEvent, relayNotification } from './relay/notifications';
import { startServices } from './relay/services';
import { median } from './statistics';
import { CloudAssembly } from '../sandbox/assembly/cloud-assembly';
import { readAlerting } from '../sandbox/assembly/read-alerting';
import { synthesize } from '../sandbox/assembly/synthesize';
import { ACCOUNT_ID } from '../sandbox/aws/credentials';

const HELP = `Measures both functions of the relay beside the article's function in Python, as ratios of one run. Everything that they call
answers at once, over HTTPS on this machine. Then the time from an alert to PagerDuty, beside Alertmanager's own notifier.

  npm run bench:relay -- [options]

  --runs N    cold starts of each function, in alternating order (default 31)
  --warm N    invocations of a warm function (default 1000)
  --alerts N  notifications on each side from end to end (default 30)
  --write     write the tables into docs/benchmarks.md, too
  --help      print this help

Exit codes: 0 all bars are met; 1 one is missed: a cold start of at most 0.65, warm handling of receive of at most 0.33.
`;

const MAX_COLD_START_RATIO = 0.65;
const MAX_WARM_RECEIVE_RATIO = 0.33;
const ROUTING_KEY = 'k1'.repeat(16);
const WARM_UP = 50;
const SIZES = [1, 10, 100, 1000];
const NAMES: readonly CandidateName[] = ['article', 'receive', 'deliver', 'floor', 'floor of deliver'];

type Measured = Readonly<Record<CandidateName, Duration[]>>;

/** An event for an invocation; the deliver function gets another incident in each run, because it skips repetitions. */
type EventOf = Readonly<Record<CandidateName, (run: number) => object>>;

interface Bench {
  readonly functions: Readonly<Record<CandidateName, Candidate>>;
  readonly eventOf: EventOf;
}

async function main(directory: string): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '31' },
      warm: { type: 'string', default: '1000' },
      alerts: { type: 'string', default: '30' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const conditions = machine();
  const warm = Number(values.warm);
  const definition = await readDefinition(directory);
  const services = await startServices(ROUTING_KEY, directory);
  const functions = candidates(services);
  const notification = relayNotification(definition, 10);
  const first = await Host.coldStart(functions.receive, notification);
  await first.host.close();
  const queued = services.lastQueued();
  const article = articleNotification(10, ROUTING_KEY);
  const bench: Bench = {
    functions,
    eventOf: {
      'article': () => article,
      'receive': () => notification,
      'deliver': (run) => queueEvent(queued, 1, run),
      'floor': () => article,
      'floor of deliver': () => article,
    },
  };
  const cold = rowsOf('cold start to first response', await measureColdStarts(bench, Number(values.runs)));
  const { measured, memory } = await measureWarm(bench, warm);
  const warmed = rowsOf('warm', measured);
  const parts = [
    formatTable(['ten alerts', 'wall clock, ms', 'ratio', 'processor time, ms', 'ratio'], [...cold.rows, ...warmed.rows]),
    await endToEnd(Number(values.alerts), directory),
    [
      `- Peak memory: ${memory.join(', ')}.`,
      ...(['receive', 'deliver'] as const).map((name) => `- Files of ${name}: ${filesOf(functions[name])}.`),
      `- Deliver, batches of ten incidents, one instance: ${await throughput(functions.deliver, queued, warm)} events per second.`,
    ].join('\n'),
    await growth(functions.receive, definition),
    `Medians of ${values.runs} cold starts and ${warm} warm invocations. ${conditions}`,
  ];
  publish('bench:relay', parts.join('\n\n'), values.write);
  await services.close();
  const isMet = cold.ratio('receive') <= MAX_COLD_START_RATIO && cold.ratio('deliver') <= MAX_COLD_START_RATIO && warmed.ratio('receive') <= MAX_WARM_RECEIVE_RATIO;
  console.log(isMet ? 'all bars are met' : 'a bar is missed');
  return isMet ? 0 : 1;
}

/** The alert manager definition of an app of the sandbox. */
async function readDefinition(directory: string): Promise<string> {
  const assembly = path.join(directory, 'functions');
  await synthesize('sandbox/chaos/app.ts', assembly);
  return readAlerting(new CloudAssembly(assembly), { defaultRegion: 'us-east-1', accountId: ACCOUNT_ID, queueUrl: (name) => name }).definition;
}

function newMeasured(): Measured {
  return Object.fromEntries(NAMES.map((name): [CandidateName, Duration[]] => [name, []])) as Record<CandidateName, Duration[]>;
}

async function measureColdStarts({ functions, eventOf }: Bench, runs: number): Promise<Measured> {
  const measured = newMeasured();
  for (let run = 0; run < runs; run += 1) {
    for (const name of NAMES) {
      const { host, duration } = await Host.coldStart(functions[name], eventOf[name](run));
      measured[name].push(duration);
      await host.close();
    }
  }
  return measured;
}

/** One invocation of each function in turn, so that other work of the machine meets all of them alike. */
async function measureWarm({ functions, eventOf }: Bench, runs: number): Promise<{ readonly measured: Measured; readonly memory: string[] }> {
  const measured = newMeasured();
  const hosts = new Map<CandidateName, Host>();
  for (const name of NAMES) {
    hosts.set(name, (await Host.coldStart(functions[name], eventOf[name](0))).host);
  }
  for (let run = 1; run <= WARM_UP + runs; run += 1) {
    for (const [name, host] of hosts) {
      const duration = await host.invoke(eventOf[name](run));
      if (run > WARM_UP) {
        measured[name].push(duration);
      }
    }
  }
  const memory = [...hosts].map(([name, host]) => `${name} ${host.peakMemoryMb().toFixed(0)} MB`);
  await Promise.all([...hosts.values()].map((host) => host.close()));
  return { measured, memory };
}

/** A row for each function, with the ratios to the article's, and the ratio by wall clock. */
function rowsOf(what: string, measured: Measured): { readonly rows: string[][]; readonly ratio: (name: CandidateName) => number } {
  const ratio = (name: CandidateName, kind: keyof Duration): number => medianOf(measured[name], kind) / medianOf(measured.article, kind);
  const cells = (name: CandidateName): string[] =>
    (['wallMs', 'cpuMs'] as const).flatMap((kind) => [medianOf(measured[name], kind).toFixed(2), ratio(name, kind).toFixed(2)]);
  return { rows: NAMES.map((name) => [`${what}: ${name}`, ...cells(name)]), ratio: (name) => ratio(name, 'wallMs') };
}

async function endToEnd(runs: number, directory: string): Promise<string> {
  const { nativeMs, relayMs } = await measureEndToEnd(runs, directory);
  return formatTable(['from ten alerts to their event at PagerDuty', 'wall clock, ms', 'ratio'], [
    ["Alertmanager's own notifier", nativeMs.toFixed(0), '1.00'],
    ['through the relay', relayMs.toFixed(0), (relayMs / nativeMs).toFixed(2)],
  ]);
}

function filesOf({ env: { LAMBDA_TASK_ROOT: folder } }: Candidate): string {
  const files = fs.readdirSync(folder, { recursive: true }).map(String).sort().filter((file) => file.endsWith('.js'));
  return files.map((file) => `${file} ${fs.statSync(path.join(folder, file)).size} bytes`).join(', ');
}

async function throughput(deliver: Candidate, queued: string, runs: number): Promise<string> {
  const { host } = await Host.coldStart(deliver, queueEvent(queued, 10, 1_000_000));
  const batches = await repeat(runs, (run) => host.invoke(queueEvent(queued, 10, 2_000_000 + run)));
  await host.close();
  return (10_000 / medianOf(batches, 'wallMs')).toFixed(0);
}

async function growth(receive: Candidate, definition: string): Promise<string> {
  const rows: string[][] = [];
  const { host } = await Host.coldStart(receive, relayNotification(definition, 10));
  for (const alerts of SIZES) {
    const event = relayNotification(definition, alerts);
    const times = (await repeat(60, () => host.invoke(event))).slice(20);
    const kilobytes = messageBytes(event) / 1000;
    const cells = (['wallMs', 'cpuMs'] as const).flatMap((kind) => [medianOf(times, kind).toFixed(2), (medianOf(times, kind) / kilobytes).toFixed(3)]);
    rows.push([String(alerts), kilobytes.toFixed(1), ...cells]);
  }
  await host.close();
  return formatTable(['receive, alerts', 'message, kB', 'wall clock, ms', 'ms per kB', 'processor time, ms', 'ms per kB'], rows);
}

function medianOf(durations: readonly Duration[], kind: keyof Duration): number {
  return median(durations.map((duration) => duration[kind]));
}

async function repeat(count: number, action: (run: number) => Promise<Duration>): Promise<Duration[]> {
  const durations: Duration[] = [];
  for (let run = 0; run < count; run += 1) {
    durations.push(await action(run));
  }
  return durations;
}

const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-relay-'));
void main(temporary).catch((error: Error) => {
  console.error(error.stack);
  return 1;
}).then((code) => {
  fs.rmSync(temporary, { recursive: true, force: true });
  process.exit(code);
});
