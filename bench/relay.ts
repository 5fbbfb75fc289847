/**
 * What the functions cost beside the function of AWS's article, in one run. `npm run bench:relay -- --help`
 */
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { parseArgs } from 'util';
import { candidates } from './relay/candidates';
import { Host, type Duration } from './relay/host';
import { articleNotification, messageBytes, queueEvent, relayNotification } from './relay/notifications';
import { startServices } from './relay/services';
import { median } from './statistics';
import { CloudAssembly } from '../sandbox/assembly/cloud-assembly';
import { readAlerting } from '../sandbox/assembly/read-alerting';
import { synthesize } from '../sandbox/assembly/synthesize';
import { ACCOUNT_ID } from '../sandbox/aws/credentials';

const HELP = `Measures both functions of the relay beside the article's function in Python, as ratios of one run. Everything that they call
answers at once, over plain HTTP on this machine.

  npm run bench:relay -- [options]

  --runs N    cold starts of each function, in alternating order (default 11)
  --warm N    invocations of a warm function (default 300)
  --help      print this help

Exit codes: 0 all bars are met; 1 one is missed: a cold start of at most 0.65, warm handling of receive of at most 0.33.
`;

const MAX_COLD_START_RATIO = 0.65;
const MAX_WARM_RECEIVE_RATIO = 0.33;
const ROUTING_KEY = 'k1'.repeat(16);
const WARM_UP = 50;
const SIZES = [1, 10, 100, 1000];

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { runs: { type: 'string' }, warm: { type: 'string' }, help: { type: 'boolean' } } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const [runs, warm] = [Number(values.runs ?? 11), Number(values.warm ?? 300)];
  const definition = await readDefinition();
  const services = await startServices(ROUTING_KEY);
  const functions = candidates(services.server.url);
  const notification = relayNotification(definition, 10);
  const article = articleNotification(10, ROUTING_KEY);
  const first = await Host.coldStart(functions.receive, notification);
  await first.host.close();
  const queued = services.lastQueued();
  const eventOf = { receive: () => notification, deliver: (run: number) => queueEvent(queued, 1, run), article: () => article };

  const names = ['receive', 'deliver', 'article'] as const;
  const cold = { receive: [] as Duration[], deliver: [] as Duration[], article: [] as Duration[] };
  for (let run = 0; run < runs; run += 1) {
    for (const name of names) {
      const { host, duration } = await Host.coldStart(functions[name], eventOf[name](run));
      cold[name].push(duration);
      await host.close();
    }
  }
  console.log('| | wall clock, ms | ratio | processor time, ms | ratio |\n|---|---|---|---|---|');
  const coldRatio = printRows('cold start to first response', cold);

  const warmed = { receive: [] as Duration[], deliver: [] as Duration[], article: [] as Duration[] };
  const memory: string[] = [];
  for (const name of names) {
    const { host } = await Host.coldStart(functions[name], eventOf[name](0));
    for (let run = 1; run <= WARM_UP + warm; run += 1) {
      const duration = await host.invoke(eventOf[name](run));
      if (run > WARM_UP) {
        warmed[name].push(duration);
      }
    }
    memory.push(`${name} ${host.peakMemoryMb().toFixed(0)} MB`);
    await host.close();
  }
  const warmRatio = printRows('warm, ten alerts', warmed);
  console.log(`\npeak memory: ${memory.join(', ')}`);
  for (const name of ['receive', 'deliver'] as const) {
    console.log(`bundle of ${name}: ${fs.statSync(path.join(functions[name].env.LAMBDA_TASK_ROOT ?? '', 'index.js')).size} bytes`);
  }

  const { host: deliver } = await Host.coldStart(functions.deliver, queueEvent(queued, 10, 1_000_000));
  const batches = await repeat(warm, (run) => deliver.invoke(queueEvent(queued, 10, 2_000_000 + run)));
  console.log(`deliver, batches of ten incidents, one instance: ${(10_000 / medianOf(batches, 'wallMs')).toFixed(0)} events per second`);
  await deliver.close();

  const { host: receive } = await Host.coldStart(functions.receive, notification);
  for (const alerts of SIZES) {
    const event = relayNotification(definition, alerts);
    const times = (await repeat(60, () => receive.invoke(event))).slice(20);
    const kilobytes = messageBytes(event) / 1000;
    console.log(`receive, ${alerts} alerts, ${kilobytes.toFixed(1)} kB: ${medianOf(times, 'wallMs').toFixed(2)} ms, ${(medianOf(times, 'wallMs') / kilobytes).toFixed(3)} ms per kB`);
  }
  await receive.close();
  await services.server.close();
  const isMet = coldRatio.receive <= MAX_COLD_START_RATIO && coldRatio.deliver <= MAX_COLD_START_RATIO && warmRatio.receive <= MAX_WARM_RECEIVE_RATIO;
  console.log(isMet ? 'all bars are met' : 'a bar is missed');
  return isMet ? 0 : 1;
}

async function readDefinition(): Promise<string> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-relay-'));
  try {
    await synthesize('sandbox/chaos/app.ts', directory);
    return readAlerting(new CloudAssembly(directory), { defaultRegion: 'us-east-1', accountId: ACCOUNT_ID, queueUrl: (name) => name }).definition;
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

type Measured = Readonly<Record<'receive' | 'deliver' | 'article', readonly Duration[]>>;

/** Prints a row for each function. The ratios are those to the article's, by wall clock. */
function printRows(what: string, measured: Measured): { readonly receive: number; readonly deliver: number } {
  const { article } = measured;
  const ratio = (name: keyof Measured, kind: keyof Duration): number => medianOf(measured[name], kind) / medianOf(article, kind);
  for (const name of ['article', 'receive', 'deliver'] as const) {
    const cells = (['wallMs', 'cpuMs'] as const).map((kind) => `${medianOf(measured[name], kind).toFixed(2)} | ${ratio(name, kind).toFixed(2)}`);
    console.log(`| ${what}: ${name} | ${cells.join(' | ')} |`);
  }
  return { receive: ratio('receive', 'wallMs'), deliver: ratio('deliver', 'wallMs') };
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

main().then((code) => process.exit(code), (error: Error) => {
  console.error(error.stack);
  process.exit(1);
});
