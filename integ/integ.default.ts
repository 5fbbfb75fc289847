/**
 * Deploys the construct to an AWS account and posts an alert to the workspace. It must arrive at a simulated PagerDuty, first as a
 * trigger, then as a resolve of the same incident, and the dead-letter queues must be empty. README.md describes how to run it and
 * what it costs.
 */
import { createHash } from 'crypto';
import { ExpectedResult, IntegTest, Match } from '@aws-cdk/integ-tests-alpha';
import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AlertingWorkspace, AlertManagerConfig, AmpPagerDutyAlerting, PagerDutyRegion, RuleGroups } from '../src';
import { testFunction } from './test-function';

/** Not a key of PagerDuty: only the stand-in knows it. */
const ROUTING_KEY = 'integration-test';

/** What Alertmanager itself would send for the group: the hash of its route and its labels. */
const DEDUP_KEY = createHash('sha256').update('{}:{alertname="IntegrationTest"}').digest('hex');

const app = new App();
const stack = new Stack(app, 'AmpPagerDutyIntegration');

// --- the stand-in for PagerDuty ---------------------------------------------------------------------------------------------

const received = new sqs.Queue(stack, 'Received', {
  fifo: true,
  contentBasedDeduplication: true,
  enforceSSL: true,
  removalPolicy: RemovalPolicy.DESTROY,
});
const standIn = testFunction(stack, 'pagerduty-stand-in', { QUEUE_URL: received.queueUrl, ROUTING_KEY });
received.grantSendMessages(standIn);
// Whoever finds the address needs the key above to be heard, and the address is gone after the test.
const endpoint = standIn.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });

// --- what is tested -----------------------------------------------------------------------------------------------------------

const alerting = new AmpPagerDutyAlerting(stack, 'Alerting', {
  alertManagerConfig: AlertManagerConfig.fromString(`
route:
  receiver: on-call
  group_by: [alertname]
  group_wait: 5s
  group_interval: 10s
  repeat_interval: 1h
receivers:
  - name: on-call
    pagerduty_configs:
      - routing_key: ${ROUTING_KEY}
        description: '{{ .CommonAnnotations.summary }}'
        severity: '{{ .CommonLabels.severity }}'
`),
  rules: [RuleGroups.fromString(`
groups:
  - name: quiet
    rules:
      - alert: NeverFires
        expr: vector(0) > 1
`, { namespace: 'quiet' })],
  pagerDutyRegion: PagerDutyRegion.endpoint(endpoint.url),
  workspace: AlertingWorkspace.create({ removalPolicy: RemovalPolicy.DESTROY }),
});
alerting.routingKeySecret.applyRemovalPolicy(RemovalPolicy.DESTROY);

const postAlert = testFunction(stack, 'post-alert', { WORKSPACE_URL: alerting.prometheusEndpoint });
postAlert.addToRolePolicy(new iam.PolicyStatement({
  actions: ['aps:CreateAlertManagerAlerts'],
  resources: [alerting.workspace.workspaceArn],
}));

// --- the test -----------------------------------------------------------------------------------------------------------------

const integ = new IntegTest(app, 'AlertTravelsToPagerDuty', {
  testCases: [stack],
  // A change to a function must fail the verification, too.
  diffAssets: true,
});
const workspaceId = alerting.workspace.workspaceId;
const patience = { totalTimeout: Duration.minutes(10), interval: Duration.seconds(15) };

const fillSecret = integ.assertions.awsApiCall('SecretsManager', 'putSecretValue', {
  SecretId: alerting.routingKeySecret.secretArn,
  SecretString: ROUTING_KEY,
});

const definitionIsActive = integ.assertions.awsApiCall('amp', 'describeAlertManagerDefinition', { workspaceId })
  .expect(ExpectedResult.objectLike({ alertManagerDefinition: { status: { statusCode: 'ACTIVE' } } }))
  .waitForAssertions(patience);
const workspaceIsActive = integ.assertions.awsApiCall('amp', 'describeWorkspace', { workspaceId })
  .expect(ExpectedResult.objectLike({ workspace: { status: { statusCode: 'ACTIVE' } } }));
const rulesAreActive = integ.assertions.awsApiCall('amp', 'describeRuleGroupsNamespace', { workspaceId, name: 'quiet' })
  .expect(ExpectedResult.objectLike({ ruleGroupsNamespace: { status: { statusCode: 'ACTIVE' } } }))
  .waitForAssertions(patience);

const post = (status: 'firing' | 'resolved') => integ.assertions
  .invokeFunction({ functionName: postAlert.functionName, payload: JSON.stringify({ status }) })
  .expect(ExpectedResult.objectLike({ StatusCode: 200, Payload: Match.serializedJson({ status: 200 }) }));

const page = (action: string) => Match.objectLike({
  Body: Match.serializedJson(Match.objectLike({
    event_action: action,
    dedup_key: DEDUP_KEY,
    summary: 'integration test, with "quotes"',
    severity: 'critical',
  })),
});

/** Looks into the queue without taking anything out. */
const arrived = (...actions: string[]) => integ.assertions
  .awsApiCall('SQS', 'receiveMessage', { QueueUrl: received.queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0, WaitTimeSeconds: 5 })
  .expect(ExpectedResult.objectLike({ Messages: actions.map(page) }))
  .waitForAssertions(patience);

const isEmpty = (queue: sqs.IQueue) => integ.assertions
  .awsApiCall('SQS', 'getQueueAttributes', { QueueUrl: queue.queueUrl, AttributeNames: ['ApproximateNumberOfMessages'] })
  .expect(ExpectedResult.objectLike({ Attributes: { ApproximateNumberOfMessages: '0' } }));

/** Alarms on rules query by `Workspace` what AMP publishes per rule group (docs/decisions/0040). */
const rulesHaveMetrics = integ.assertions
  .awsApiCall('CloudWatch', 'listMetrics', {
    Namespace: 'AWS/Prometheus', MetricName: 'RuleEvaluations', Dimensions: [{ Name: 'Workspace', Value: workspaceId }],
  })
  .expect(ExpectedResult.objectLike({
    Metrics: Match.arrayWith([Match.objectLike({ Dimensions: Match.arrayWith([{ Name: 'RuleGroup', Value: 'quiet;quiet' }]) })]),
  }))
  .waitForAssertions({ totalTimeout: Duration.minutes(30), interval: Duration.minutes(1) });

fillSecret
  .next(workspaceIsActive)
  .next(definitionIsActive)
  .next(rulesAreActive)
  .next(post('firing'))
  .next(arrived('trigger'))
  .next(post('resolved'))
  .next(arrived('trigger', 'resolve'))
  .next(isEmpty(alerting.relay.deadLetterQueue))
  .next(isEmpty(alerting.relay.receiveDeadLetterQueue))
  .next(rulesHaveMetrics);

app.synth();
