import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { SHORT_TIMINGS } from '../../../sandbox/monitoring/timings';
import { Pipeline } from '../../../sandbox/pipeline/pipeline';
import { waitFor } from '../../../sandbox/processes/wait';
import { AlertManagerConfig, AmpPagerDutyAlerting, RuleGroups } from '../../../src';

const DEADLINE = 60_000;

/** Takes everything, and mutes everything while anything fires: neither may reach the heartbeat, nor the heartbeat it. */
const GREEDY = `
route:
  receiver: pager
  group_by: [alertname]
  routes:
    - receiver: pager
      matchers: ['alertname=~".*"']
inhibit_rules:
  - source_matchers: ['alertname=~".+"']
    target_matchers: ['severity!="page"']
receivers:
  - name: pager
    pagerduty_configs:
      - routing_key: 0123456789abcdef0123456789abcdef
`;

const RULES = `
groups:
  - name: users
    rules:
      - alert: Users
        expr: vector(1)
        labels: {severity: page}
`;

let directory: string;
let pipeline: Pipeline;

jest.setTimeout(180_000);

afterEach(async () => {
  await pipeline.close();
  fs.rmSync(directory, { recursive: true, force: true });
});

test('the heartbeat travels from the rule up to the request to PagerDuty, past routes and inhibition rules that match everything', async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'heartbeat-'));
  const app = new App({ outdir: path.join(directory, 'cdk.out'), analyticsReporting: false });
  new AmpPagerDutyAlerting(new Stack(app, 'Stack'), 'Alerting', {
    alertManagerConfig: AlertManagerConfig.fromString(GREEDY),
    rules: [RuleGroups.fromString(RULES)],
  });
  app.synth();

  const printed: string[] = [];
  pipeline = await Pipeline.start({
    assembly: path.join(directory, 'cdk.out'), timings: SHORT_TIMINGS, onFunctionLine: (_, line) => printed.push(line), onTrouble: (text) => printed.push(text),
  });
  await pipeline.startPrometheus('none', []);
  const heartbeats = () => printed.filter((line) => line.startsWith('{"_aws"') && 'Heartbeats' in (JSON.parse(line) as object)).length;
  await waitFor('a heartbeat arrives', () => Promise.resolve(heartbeats() > 0 || undefined), { deadline: DEADLINE });
  await waitFor('the alert of the user pages', () => Promise.resolve(pipeline.simulator.accepted.length > 0 || undefined), { deadline: DEADLINE });
  await pipeline.settled(DEADLINE);

  expect(pipeline.published.filter(({ attributes }) => attributes.receiver === 'cdk-amp-pagerduty-heartbeat').length).toBeGreaterThan(0);
  // The heartbeat itself is never sent.
  expect(JSON.stringify(pipeline.simulator.received)).not.toMatch(/heartbeat/i);
  expect(pipeline.simulator.accepted.map(({ payload }) => payload?.summary)).toEqual(expect.arrayContaining([expect.stringContaining('Users')]));
});
