/**
 * The whole alerting of a self-hosted Prometheus, moved to an existing workspace: an alertmanager.yml with receivers of every type that
 * the construct translates, templates, rules, the secret that holds the routing keys today, and alarms that notify the operators.
 * The folders python, java, and go contain the same app.
 */
import * as path from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AlertingWorkspace, AlertManagerConfig, AmpPagerDutyAlerting, Delivery, ExistingDefinition, PagerDutySeverity, RoutingKeys, RuleGroups,
} from '../../src';

const app = new App();
const stack = new Stack(app, 'LiftAndShiftAlerting', { env: { account: '111122223333', region: 'eu-west-1' } });

const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'RoutingKeys', 'pagerduty/routing-keys');
// Whoever fixes the alerting when it cannot page. Not through PagerDuty.
const operators = new sns.Topic(stack, 'Operators', { enforceSSL: true });

const alerting = new AmpPagerDutyAlerting(stack, 'Alerting', {
  alertManagerConfig: AlertManagerConfig.fromFile(path.join(__dirname, 'alertmanager.yml'), {
    templateDirectory: path.join(__dirname, 'templates'),
  }),
  rules: [RuleGroups.fromFile(path.join(__dirname, 'rules.yml'), { namespace: 'shop' })],
  workspace: AlertingWorkspace.existing('arn:aws:aps:eu-west-1:111122223333:workspace/ws-12345678-1234-1234-1234-123456789012', {
    existingDefinition: ExistingDefinition.REPLACE,
  }),
  routingKeys: RoutingKeys.fromSecret(secret),
  delivery: Delivery.relay({
    retryWindow: Duration.hours(48),
    severities: { page: PagerDutySeverity.CRITICAL, ticket: PagerDutySeverity.INFO },
  }),
  alarmActions: [new SnsAction(operators)],
  outputs: true,
});
alerting.addDashboard();

app.synth();
