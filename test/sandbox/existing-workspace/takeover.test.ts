import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { withoutStamp } from '../../../lambda/definition/stamp';
import type { Alerting } from '../../../sandbox/assembly/alerting';
import { CloudAssembly } from '../../../sandbox/assembly/cloud-assembly';
import { readAlerting } from '../../../sandbox/assembly/read-alerting';
import { ACCOUNT_ID } from '../../../sandbox/aws/credentials';
import { Takeover } from '../../../sandbox/existing-workspace/takeover';
import { Processes } from '../../../sandbox/processes/processes';
import { Timeline } from '../../../sandbox/story/timeline';
import {
  AlertingWorkspace, AlertManagerConfig, AmpPagerDutyAlerting, ExistingDefinition, OnRemoval, RuleGroups, type ExistingWorkspaceOptions,
} from '../../../src';

const EXAMPLE = path.join(__dirname, '..', '..', '..', 'examples', 'adopt-existing');
const WORKSPACE = 'ws-12345678-1234-1234-1234-123456789012';

let directory: string;
let processes: Processes;
let lines: string[];
let takeover: Takeover;

beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'takeover-'));
  processes = new Processes(directory);
  lines = [];
  takeover = new Takeover(new Timeline((line) => lines.push(line)));
});
afterEach(async () => {
  await takeover.close();
  await processes.close();
  fs.rmSync(directory, { recursive: true, force: true });
});

/** What a stack with this workspace deploys. */
function alertingOf(workspace: AlertingWorkspace): Alerting {
  const app = new App({ outdir: path.join(directory, 'cdk.out'), analyticsReporting: false });
  new AmpPagerDutyAlerting(new Stack(app, 'Alerting', { env: { account: '111122223333', region: 'eu-west-1' } }), 'Alerting', {
    alertManagerConfig: AlertManagerConfig.fromFile(path.join(EXAMPLE, 'alertmanager.yml')),
    rules: [RuleGroups.fromFile(path.join(EXAMPLE, 'rules.yml'))],
    workspace,
  });
  app.synth();
  return readAlerting(new CloudAssembly(app.outdir), {
    defaultRegion: 'us-east-1', accountId: ACCOUNT_ID, queueUrl: (name) => `http://127.0.0.1:1/0/${name}`,
  });
}

function existing(options: ExistingWorkspaceOptions): Alerting {
  return alertingOf(AlertingWorkspace.existing(`arn:aws:aps:eu-west-1:111122223333:workspace/${WORKSPACE}`, options));
}

test('an existing workspace is read with the definition that the stack gives it, and the rules', () => {
  const alerting = existing({});
  expect(alerting.workspace.id).toBe(WORKSPACE);
  expect(alerting.definition).toContain(`topic_arn: "${alerting.topics[0].arn}"`);
  expect(alerting.definition).not.toContain('@@');
  expect(alerting.ruleNamespaces.some(({ data }) => data.includes('NodeExporterDown'))).toBe(true);
});

test.each<[ExistingWorkspaceOptions, RegExp]>([
  [{ existingDefinition: ExistingDefinition.REPLACE, onRemoval: OnRemoval.RESTORE }, /has the definition that was written by hand again, byte for byte/],
  [{ existingDefinition: ExistingDefinition.REPLACE, onRemoval: OnRemoval.DELETE }, /has no definition anymore/],
  [{ existingDefinition: ExistingDefinition.REPLACE, onRemoval: OnRemoval.KEEP }, /keeps the definition of the stack/],
  // The assembly has no bucket then.
  [{ existingDefinition: ExistingDefinition.REFUSE }, /has the definition that was written by hand again, byte for byte/],
])('with %j, the workspace is taken over and given back', async (options, end) => {
  const alerting = existing(options);
  expect(withoutStamp(await takeover.deploy(alerting, processes))).toBe(alerting.definition);
  expect(lines.join('\n')).toContain('did not write (340 bytes');
  expect(await takeover.remove()).toMatch(end);
}, 60_000);

test('a stack that owns its workspace cannot play it', async () => {
  await expect(takeover.deploy(alertingOf(AlertingWorkspace.create()), processes))
    .rejects.toThrow('Alerting owns its workspace; --existing-workspace needs a stack with AlertingWorkspace.existing(...)');
});
