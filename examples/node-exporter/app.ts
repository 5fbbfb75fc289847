/**
 * The alertmanager.yml and the rule file of a Prometheus server that watches its nodes, on AMP: when a node exporter goes
 * down, PagerDuty opens an incident, and closes it when the exporter is back.
 */
import * as path from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { AlertManagerConfig, AmpPagerDutyAlerting, RuleGroups } from '../../src';

const app = new App();
const stack = new Stack(app, 'NodeExporterAlerting');

new AmpPagerDutyAlerting(stack, 'Alerting', {
  alertManagerConfig: AlertManagerConfig.fromFile(path.join(__dirname, 'alertmanager.yml')),
  rules: [RuleGroups.fromFile(path.join(__dirname, 'rules.yml'))],
  outputs: true,
});

app.synth();
