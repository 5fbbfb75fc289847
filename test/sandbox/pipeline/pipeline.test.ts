import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { synthesize } from '../../../sandbox/assembly/synthesize';
import type { PostedAlert } from '../../../sandbox/monitoring/alertmanager';
import { SHORT_TIMINGS } from '../../../sandbox/monitoring/timings';
import { times } from '../../../sandbox/pagerduty/faults';
import type { PipelineOptions } from '../../../sandbox/pipeline/options';
import { Pipeline } from '../../../sandbox/pipeline/pipeline';
import { waitFor } from '../../../sandbox/processes/wait';

const DEADLINE = 60_000;

let directory: string;
let assembly: string;
let pipeline: Pipeline;
let printed: string[];

jest.setTimeout(120_000);

beforeAll(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'pipeline-'));
  assembly = path.join(directory, 'cdk.out');
  await synthesize('examples/node-exporter/app.ts', assembly);
});
afterEach(() => pipeline.close());
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

async function start(options: Partial<PipelineOptions> = {}): Promise<void> {
  printed = [];
  pipeline = await Pipeline.start({
    assembly,
    timings: SHORT_TIMINGS,
    asyncRetryDelays: [100, 200],
    onFunctionLine: (_, line) => printed.push(line),
    onTrouble: (text) => printed.push(text),
    ...options,
  });
}

function alert(instance: string, resolved = false): PostedAlert {
  const labels = { alertname: 'Down', instance, severity: 'warning' };
  return { labels, annotations: { summary: instance }, ...(resolved ? { endsAt: new Date().toISOString() } : {}) };
}

const until = (what: string, probe: () => unknown): Promise<unknown> => waitFor(what, () => probe() || undefined, { deadline: DEADLINE });
const states = (): string[] => pipeline.simulator.incidents.all.map(({ title, state }) => `${title} ${state}`).sort();
/** A line has one value of a metric, or a list of them. */
const metric = (name: string): number => printed
  .filter((line) => line.startsWith('{"_aws"'))
  .flatMap((line) => (JSON.parse(line) as Record<string, number | number[]>)[name] ?? [])
  .reduce((sum, value) => sum + value, 0);

test('an outage of PagerDuty delays, and neither loses nor reorders', async () => {
  await start();
  pipeline.simulator.setFaultMode('outage');
  await pipeline.postAlerts([alert('a'), alert('b')]);
  await until('it was tried', () => pipeline.simulator.received.length >= 2);
  await pipeline.postAlerts([alert('a', true)]);
  await until('the resolve is published', () => pipeline.published.length >= 3);
  expect(pipeline.simulator.incidents.all).toEqual([]);
  pipeline.simulator.setFaultMode('none');
  await until('all is delivered', () => states().join() === 'Down: a resolved,Down: b triggered');
  await pipeline.settled(DEADLINE);
  const ofA = pipeline.simulator.accepted.filter(({ payload }) => payload?.summary === 'Down: a');
  expect(ofA.map(({ event_action: action }) => action)).toEqual(['trigger', 'resolve']);
  expect(metric('EventsRetried')).toBeGreaterThanOrEqual(2);
  expect(metric('EventsDelivered')).toBe(3);
  expect([...(await pipeline.deadLetters()).values()].every(({ waiting }) => waiting.length === 0)).toBe(true);
});

test('what PagerDuty refuses for good is parked, with the reason', async () => {
  await start();
  pipeline.simulator.faults = times(1, { status: 400, body: '{"status":"invalid event","message":"no","errors":["because"]}' });
  await pipeline.postAlerts([alert('refused')]);
  await until('it is parked', async () => [...(await pipeline.deadLetters()).values()].some(({ waiting }) => waiting.length === 1));
  const [parked] = [...(await pipeline.deadLetters()).values()].flatMap(({ waiting }) => waiting);
  expect(parked?.messageAttributes).toMatchObject({ code: { StringValue: 'rejected' }, reason: { StringValue: expect.stringContaining('because') } });
  expect(pipeline.simulator.received).toHaveLength(1);
});

test('a secret that is empty delays until somebody fills it', async () => {
  await start();
  const arn = pipeline.alerting.functions.map(({ environment }) => environment.ROUTING_KEY_SECRET_ARN).find((value) => value !== undefined) ?? '';
  pipeline.secrets.put(arn, undefined);
  await pipeline.postAlerts([alert('no key yet')]);
  await until('it is told', () => metric('RoutingKeyFailures') > 0);
  expect(pipeline.simulator.received).toEqual([]);
  pipeline.secrets.put(arn, JSON.stringify(pipeline.routingKeys));
  await until('it is delivered', () => states().join() === 'Down: no key yet triggered');
});

test('a deliver function that is killed while it sends sends again', async () => {
  await start({ queueAttributes: { VisibilityTimeout: '3' } });
  pipeline.simulator.faults = ({ number }) => (number === 1 ? { delay: 1000 } : undefined);
  await pipeline.postAlerts([alert('crash')]);
  await until('it sends', () => pipeline.simulator.received.length === 1);
  const deliver = pipeline.functions.find(({ definition }) => definition.environment.PAGERDUTY_ENDPOINTS !== undefined);
  deliver?.pids.forEach((pid) => process.kill(pid, 'SIGKILL'));
  await until('it was sent twice', () => pipeline.simulator.received.length === 2);
  await pipeline.settled(DEADLINE);
  expect(states()).toEqual(['Down: crash triggered']);
  expect(deliver?.counts).toMatchObject({ errors: 1, coldStarts: 2 });
});

test('no routing key is anywhere but in the request to PagerDuty', async () => {
  await start();
  const keys = Object.values(pipeline.routingKeys);
  expect(keys).toHaveLength(1);
  await pipeline.postAlerts([alert('secret')]);
  await until('it is delivered', () => states().length === 1);
  const places = [
    JSON.stringify(pipeline.published),
    printed.join('\n'),
    JSON.stringify([...await pipeline.deadLetters()]),
    ...filesBelow(pipeline.directory).map((file) => fs.readFileSync(file, 'latin1')),
    ...filesBelow(assembly).map((file) => fs.readFileSync(file, 'latin1')),
  ];
  expect(places.length).toBeGreaterThan(10);
  // The made-up key, and the one in the example's alertmanager.yml.
  for (const key of [...keys, '0123456789abcdef0123456789abcdef']) {
    expect(places.filter((text) => text.includes(key))).toEqual([]);
  }
  expect(JSON.stringify(pipeline.simulator.accepted)).toContain(keys[0]);
});

function filesBelow(place: string): string[] {
  return fs.readdirSync(place, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}
