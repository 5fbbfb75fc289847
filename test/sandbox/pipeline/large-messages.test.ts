import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { DEFAULT_TOPIC_MESSAGE_BYTES, messageSize } from '../../../sandbox/amp/message-size';
import { synthesize } from '../../../sandbox/assembly/synthesize';
import type { PostedAlert } from '../../../sandbox/monitoring/alertmanager';
import { SHORT_TIMINGS } from '../../../sandbox/monitoring/timings';
import { Pipeline } from '../../../sandbox/pipeline/pipeline';
import { waitFor } from '../../../sandbox/processes/wait';

const DEADLINE = 60_000;

let directory: string;
let assembly: string;
let pipeline: Pipeline | undefined;

jest.setTimeout(120_000);

beforeAll(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'large-messages-'));
  assembly = path.join(directory, 'cdk.out');
  await synthesize('examples/node-exporter/app.ts', assembly);
});
afterEach(async () => {
  await pipeline?.close();
  pipeline = undefined;
});
afterAll(() => fs.rmSync(directory, { recursive: true, force: true }));

async function start(assemblyDirectory: string): Promise<Pipeline> {
  pipeline = await Pipeline.start({ assembly: assemblyDirectory, timings: SHORT_TIMINGS, asyncRetryDelays: [100, 200] });
  return pipeline;
}

const until = (what: string, probe: () => boolean): Promise<unknown> => waitFor(what, () => probe() || undefined, { deadline: DEADLINE });

/** An alert whose notification Alertmanager truncates. */
const LARGE: PostedAlert = {
  labels: { alertname: 'Down', instance: 'large', severity: 'warning' },
  annotations: { summary: 'large', description: 'x'.repeat(300_000) },
};

test('a message that fills the limit alone pages, although its attributes come on top', async () => {
  const running = await start(assembly);
  await running.postAlerts([LARGE]);
  await until('PagerDuty has the incident', () => running.simulator.incidents.all.length === 1);
  expect(running.simulator.incidents.all).toMatchObject([{ title: 'Down: large', state: 'triggered' }]);
  const [message] = running.published;
  expect(Buffer.byteLength(message.message)).toBe(DEFAULT_TOPIC_MESSAGE_BYTES);
  expect(message.attributes).toMatchObject({ truncated: 'true', status: 'firing', severity: 'warning' });
  expect(messageSize(message)).toBeGreaterThan(DEFAULT_TOPIC_MESSAGE_BYTES);
  expect(running.refused).toEqual([]);
});

test('the same message is refused, once and for all, by a topic with the default limit', async () => {
  const running = await start(withDefaultLimit());
  await running.postAlerts([LARGE, { labels: { ...LARGE.labels, alertname: 'Small' }, annotations: { summary: 'small' } }]);
  await until('SNS has refused the message', () => running.refused.length > 0);
  await until('PagerDuty has the other incident', () => running.simulator.incidents.all.length > 0);
  await running.settled(DEADLINE);
  expect(running.simulator.incidents.all.map(({ title }) => title)).toEqual(['Small: small']);
});

/** A copy of the assembly whose topics have no limit of their own. */
function withDefaultLimit(): string {
  const copy = path.join(directory, 'default-limit');
  fs.cpSync(assembly, copy, { recursive: true });
  const file = fs.readdirSync(copy).find((name) => name.endsWith('.template.json')) ?? '';
  const template = JSON.parse(fs.readFileSync(path.join(copy, file), 'utf8')) as { Resources: Record<string, { Type: string; Properties: Record<string, unknown> }> };
  const topics = Object.values(template.Resources).filter(({ Type, Properties }) => Type === 'AWS::SNS::Topic' && Properties.MaximumMessageSize !== undefined);
  expect(topics).toHaveLength(1);
  topics.forEach(({ Properties }) => delete Properties.MaximumMessageSize);
  fs.writeFileSync(path.join(copy, file), JSON.stringify(template));
  return copy;
}
