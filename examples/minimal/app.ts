/**
 * Nothing but the construct: a workspace to send metrics to, whose alerts page one PagerDuty service, grouped by their name.
 * Rules are added later, for example with `aws amp create-rule-groups-namespace`.
 */
import { App, Stack } from 'aws-cdk-lib';
import { AmpPagerDutyAlerting } from '../../src';

const app = new App();
const stack = new Stack(app, 'MinimalAlerting');

new AmpPagerDutyAlerting(stack, 'Alerting', { outputs: true });

app.synth();
