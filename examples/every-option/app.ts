/**
 * Every option: two teams with a PagerDuty service each, an existing topic, key, and secret, a longer retry window, custom
 * severities, alarm actions, a dashboard, and roles that write and query metrics.
 */
import * as path from 'path';
import { Annotations, App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AlertingWorkspace, AlertManagerConfig, AmpPagerDutyAlerting, Delivery, DetailsFormat, Incidents, PagerDutyRegion, PagerDutySeverity, RoutingKeys,
  RuleGroups, UnsupportedReceivers,
} from '../../src';

const app = new App();
const stack = new Stack(app, 'EveryOptionAlerting');

const encryptionKey = new kms.Key(stack, 'Key', { enableKeyRotation: true, alias: 'alerting' });
const secret = secretsmanager.Secret.fromSecretNameV2(stack, 'RoutingKeys', 'pagerduty/routing-keys');

// Whoever fixes the alerting when it cannot page. Not through PagerDuty.
const operators = new sns.Topic(stack, 'Operators', { enforceSSL: true });

const alerting = new AmpPagerDutyAlerting(stack, 'Alerting', {
  alertManagerConfig: AlertManagerConfig.fromFile(path.join(__dirname, 'alertmanager.yml'), {
    templateDirectory: path.join(__dirname, 'templates'),
    unsupportedReceivers: UnsupportedReceivers.WARN,
  }),
  rules: [
    RuleGroups.fromFile(path.join(__dirname, 'database-rules.yml'), { namespace: 'database' }),
    RuleGroups.fromString(`
groups:
  - name: watchdog
    rules:
      - alert: Watchdog
        expr: vector(1)
        labels: { severity: none }
`, { namespace: 'watchdog' }),
  ],
  delivery: Delivery.relay({
    retryWindow: Duration.hours(48),
    severities: { page: PagerDutySeverity.CRITICAL, ticket: PagerDutySeverity.INFO },
    encryptionKey,
    topic: new sns.Topic(stack, 'Notifications', { masterKey: encryptionKey, enforceSSL: true }),
    maxConcurrency: 20,
    memorySize: 512,
  }),
  routingKeys: RoutingKeys.fromSecret(secret),
  incidents: Incidents.PER_ALERT,
  pagerDutyRegion: PagerDutyRegion.EU,
  detailsFormat: DetailsFormat.STRUCTURED,
  workspace: AlertingWorkspace.create({
    alias: 'production',
    removalPolicy: RemovalPolicy.RETAIN,
    retentionPeriod: Duration.days(400),
    ruleQueryOffset: Duration.seconds(90),
    outOfOrderTimeWindow: Duration.seconds(90),
    tags: { team: 'platform' },
  }),
  logRetention: logs.RetentionDays.ONE_YEAR,
  alarmActions: [new SnsAction(operators)],
  outputs: true,
});

// Microsoft Teams cannot be translated. The id names receiver and list, so one that is added later is reported.
Annotations.of(alerting).acknowledgeWarning('cdk-amp-pagerduty:integration-dropped:chat/msteams_configs', 'the chat is notified in another way');

alerting.grantRemoteWrite(new iam.Role(stack, 'Prometheus', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }));
alerting.grantQuery(new iam.Role(stack, 'Grafana', { assumedBy: new iam.ServicePrincipal('grafana.amazonaws.com') }));

const relay = alerting.relay;
new cloudwatch.Dashboard(stack, 'Dashboard', {
  widgets: [[
    new cloudwatch.GraphWidget({
      title: 'Pages',
      left: [relay.metricNotificationsReceived(), relay.metricEventsDelivered(), relay.metricEventsRetried(), relay.metricEventsDeadLettered()],
    }),
    new cloudwatch.GraphWidget({
      title: 'From AMP to PagerDuty',
      left: [relay.metricDeliveryLatency(), relay.metricPagerDutyLatency()],
    }),
    new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms: alerting.alarms }),
  ]],
});

app.synth();
