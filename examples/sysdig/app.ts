/**
 * Events in Sysdig Monitor, as in the article that integrates Prometheus alerts with it, without a server in between: the receiver of the
 * file is bound to Sysdig's API.
 */
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { AlertManagerConfig, AmpPagerDutyAlerting, RuleGroups, SysdigRegion, WebhookTarget } from '../../src';

const app = new App();
const stack = new Stack(app, 'SysdigAlerting');

new AmpPagerDutyAlerting(stack, 'Alerting', {
  alertManagerConfig: AlertManagerConfig.fromFile(path.join(__dirname, 'alertmanager.yml')),
  rules: [RuleGroups.fromFile(path.join(__dirname, 'rules.yml'))],
  webhooks: {
    SysdigMonitor: WebhookTarget.sysdig({
      region: SysdigRegion.EU1,
      severities: { page: 1 },
    }),
  },
  outputs: true,
});

app.synth();
