/**
 * Brings an existing workspace into the stack, in two deployments:
 *
 * 1. `STEP=1 npx cdk import`: the workspace with exactly what it has now.
 * 2. `npx cdk deploy`: the construct. The definition leaves the resource, because the construct sets it.
 */
import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import { AlertingWorkspace, AmpPagerDutyAlerting } from '../../src';

const PRESENT_DEFINITION = `alertmanager_config: |
  route:
    receiver: default
  receivers:
    - name: default
`;

const app = new App();
const stack = new Stack(app, 'AdoptImportAlerting', { env: { account: '111122223333', region: 'eu-west-1' } });
const isImport = process.env.STEP === '1';

const workspace = new aps.CfnWorkspace(stack, 'Workspace', {
  alias: 'prod',
  // Exactly the present key, or none: another value replaces the workspace, and its metrics are lost.
  kmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  loggingConfiguration: { logGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/vendedlogs/prometheus/prod:*' },
  alertManagerDefinition: isImport ? PRESENT_DEFINITION : undefined,
});
workspace.applyRemovalPolicy(RemovalPolicy.RETAIN);

if (!isImport) {
  new AmpPagerDutyAlerting(stack, 'Alerting', { workspace: AlertingWorkspace.of(workspace) });
}

app.synth();
