// An app with a wrong configuration, as an ES module. The same app exists in every language.
import { App, Stack } from 'aws-cdk-lib';
import { AlertManagerConfig, AmpPagerDutyAlerting, Delivery } from 'cdk-amp-pagerduty';

const app = new App();
const stack = new Stack(app, 'WrongAlerting');

new AmpPagerDutyAlerting(stack, 'Alerting', {
  alertManagerConfig: AlertManagerConfig.fromFile('alertmanager.yml'),
  delivery: Delivery.relay({ maxConcurrency: 1 }),
});

app.synth();
