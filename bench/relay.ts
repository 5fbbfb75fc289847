/**
 * What the functions cost beside the function of AWS's article, in one run. `npm run bench:relay -- --help`
 */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parseArgs } from 'util';
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

  --runs N    cold starts of each function, in alternating order (default 11)
  --warm N    invocations of a warm function (default 300)
  --alerts N  notifications on each side from end to end (default 30)
  --help      print this help

Exit codes: 0 all bars are met; 1 one is missed: a cold start of at most 0.65, warm handling of receive of at most 0.33.
`;

const MAX_COLD_START_RATIO = 0.65;
const MAX_WARM_RECEIVE_RATIO = 0.33;
const ROUTING_KEY = 'k1'.repeat(16);
const WARM_UP = 50;
const SIZES = [1, 10, 100, 1000];
const NAMES: readonly CandidateName[] = ['article', 'receive', 'deliver', 'floor'];

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
      runs: { type: 'string', default: '11' },
      warm: { type: 'string', default: '300' },
      alerts: { type: 'string', default: '30' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
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
    eventOf: { article: () => article, receive: () => notification, deliver: (run) => queueEvent(queued, 1, run), floor: () => article },
  };
  console.log('| ten alerts | wall clock, ms | ratio | processor time, ms | ratio |\n|---|---|---|---|---|');
  const cold = printRows('cold start to first response', await measureColdStarts(bench, Number(values.runs)));
  const { measured, memory } = await measureWarm(bench, warm);
  const warmed = printRows('warm', measured);
  await printEndToEnd(Number(values.alerts), directory);
  console.log(`\npeak memory: ${memory.join(', ')}`);
  (['receive', 'deliver'] as const).forEach((name) => console.log(`${name}: ${filesOf(functions[name])}`));
  await printThroughput(functions.deliver, queued, warm);
  await printGrowth(functions.receive, definition);
  await services.close();
  const isMet = cold('receive') <= MAX_COLD_START_RATIO && cold('deliver') <= MAX_COLD_START_RATIO && warmed('receive') <= MAX_WARM_RECEIVE_RATIO;
  console.log(isMet ? 'all bars are met' : 'a bar is missed');
  return isMet ? 0 : 1;
}

/** The alert manager definition of an app of the sandbox. */
async function readDefinition(directory: string): Promise<string> {
  const assembly = path.join(directory, 'functions');
  await synthesize('sandbox/chaos/app.ts', assembly);
  return readAlerting(new CloudAssembly(assembly), { defaultRegion: 'us-east-1', accountId: ACCOUNT_ID, queueUrl: (name) => name }).definition;
}

async function measureColdStarts({ functions, eventOf }: Bench, runs: number): Promise<Measured> {
  const measured: Measured = { article: [], receive: [], deliver: [], floor: [] };
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
  const measured: Measured = { article: [], receive: [], deliver: [], floor: [] };
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

/** Prints a row for each function, with the ratios to the article's. Returns those by wall clock. */
function printRows(what: string, measured: Measured): (name: CandidateName) => number {
  const ratio = (name: CandidateName, kind: keyof Duration): number => medianOf(measured[name], kind) / medianOf(measured.article, kind);
  for (const name of NAMES) {
    const cells = (['wallMs', 'cpuMs'] as const).map((kind) => `${medianOf(measured[name], kind).toFixed(2)} | ${ratio(name, kind).toFixed(2)}`);
    console.log(`| ${what}: ${name} | ${cells.join(' | ')} |`);
  }
  return (name) => ratio(name, 'wallMs');
}

async function printEndToEnd(runs: number, directory: string): Promise<void> {
  const { nativeMs, relayMs } = await measureEndToEnd(runs, directory);
  console.log('\n| from ten alerts to their event at PagerDuty | wall clock, ms | ratio |\n|---|---|---|');
  console.log(`| Alertmanager's own notifier | ${nativeMs.toFixed(0)} | 1.00 |`);
  console.log(`| through the relay | ${relayMs.toFixed(0)} | ${(relayMs / nativeMs).toFixed(2)} |`);
}

function filesOf({ env: { LAMBDA_TASK_ROOT: folder } }: Candidate): string {
  return fs.readdirSync(folder).sort().map((file) => `${file} ${fs.statSync(path.join(folder, file)).size} bytes`).join(', ');
}

async function printThroughput(deliver: Candidate, queued: string, runs: number): Promise<void> {
  const { host } = await Host.coldStart(deliver, queueEvent(queued, 10, 1_000_000));
  const batches = await repeat(runs, (run) => host.invoke(queueEvent(queued, 10, 2_000_000 + run)));
  console.log(`deliver, batches of ten incidents, one instance: ${(10_000 / medianOf(batches, 'wallMs')).toFixed(0)} events per second`);
  await host.close();
}

async function printGrowth(receive: Candidate, definition: string): Promise<void> {
  console.log('\n| receive, alerts | message, kB | wall clock, ms | ms per kB | processor time, ms | ms per kB |\n|---|---|---|---|---|---|');
  const { host } = await Host.coldStart(receive, relayNotification(definition, 10));
  for (const alerts of SIZES) {
    const event = relayNotification(definition, alerts);
    const times = (await repeat(60, () => host.invoke(event))).slice(20);
    const kilobytes = messageBytes(event) / 1000;
    const cells = (['wallMs', 'cpuMs'] as const).map((kind) => `${medianOf(times, kind).toFixed(2)} | ${(medianOf(times, kind) / kilobytes).toFixed(3)}`);
    console.log(`| ${alerts} | ${kilobytes.toFixed(1)} | ${cells.join(' | ')} |`);
  }
  await host.close();
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
