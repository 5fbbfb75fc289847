/**
 * Takes over a workspace that another stack, another tool, or a person created, by its ARN. Its hand-made alert manager definition is
 * replaced, and is back when the construct leaves the stack.
 */
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { AlertingWorkspace, AlertManagerConfig, AmpPagerDutyAlerting, ExistingDefinition, OnRemoval, RuleGroups } from '../../src';

const app = new App();
const stack = new Stack(app, 'AdoptExistingAlerting', { env: { account: '111122223333', region: 'eu-west-1' } });

new AmpPagerDutyAlerting(stack, 'Alerting', {
  alertManagerConfig: AlertManagerConfig.fromFile(path.join(__dirname, 'alertmanager.yml')),
  rules: [RuleGroups.fromFile(path.join(__dirname, 'rules.yml'))],
  workspace: AlertingWorkspace.existing('arn:aws:aps:eu-west-1:111122223333:workspace/ws-12345678-1234-1234-1234-123456789012', {
    existingDefinition: ExistingDefinition.REPLACE,
    onRemoval: OnRemoval.RESTORE,
  }),
});

app.synth();
