/**
 * The same resources as in `examples/minimal`, written by hand and without any check: what the resources themselves cost,
 * whoever creates them. The functions have one line of code each.
 */
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';

const app = new App();
const stack = new Stack(app, 'ByHand');

const topic = new sns.Topic(stack, 'Topic', { enforceSSL: true });
const workspace = new aps.CfnWorkspace(stack, 'Workspace', {
  alias: 'by-hand',
  alertManagerDefinition: `alertmanager_config: |
  route:
    receiver: pagerduty
  receivers:
    - name: pagerduty
      sns_configs:
        - topic_arn: ${topic.topicArn}
          sigv4:
            region: ${stack.region}
`,
  loggingConfiguration: { logGroupArn: createLogGroup('WorkspaceLogs').logGroupArn },
});
workspace.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
topic.addToResourcePolicy(new iam.PolicyStatement({
  principals: [new iam.ServicePrincipal('aps.amazonaws.com', {
    conditions: { ArnEquals: { 'aws:SourceArn': workspace.attrArn }, StringEquals: { 'aws:SourceAccount': stack.account } },
  })],
  actions: ['sns:Publish', 'sns:GetTopicAttributes'],
  resources: [topic.topicArn],
}));

const unreceived = new sqs.Queue(stack, 'Unreceived', { enforceSSL: true });
const undelivered = new sqs.Queue(stack, 'Undelivered', { enforceSSL: true, fifo: true });
const events = new sqs.Queue(stack, 'Events', {
  enforceSSL: true,
  fifo: true,
  visibilityTimeout: Duration.minutes(6),
  deadLetterQueue: { queue: undelivered, maxReceiveCount: 1000 },
});
const watermarks = new dynamodb.Table(stack, 'Watermarks', {
  partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
  billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
  timeToLiveAttribute: 'expiresAt',
});
const secret = new secretsmanager.Secret(stack, 'RoutingKeys');

const receive = createFunction('Receive', { QUEUE_URL: events.queueUrl }, unreceived);
events.grantSendMessages(receive);
receive.addPermission('AllowInvocationByTopic', { principal: new iam.ServicePrincipal('sns.amazonaws.com'), sourceArn: topic.topicArn });
new sns.Subscription(stack, 'Subscription', {
  topic,
  protocol: sns.SubscriptionProtocol.LAMBDA,
  endpoint: receive.functionArn,
  deadLetterQueue: unreceived,
});

const deliver = createFunction('Deliver', { SECRET_ARN: secret.secretArn, TABLE: watermarks.tableName });
watermarks.grant(deliver, 'dynamodb:BatchGetItem', 'dynamodb:UpdateItem');
secret.grantRead(deliver);
undelivered.grantSendMessages(deliver);
events.grantConsumeMessages(deliver);
deliver.addEventSourceMapping('Events', { eventSourceArn: events.queueArn, batchSize: 10, maxConcurrency: 10, reportBatchItemFailures: true });

const heartbeat = new aps.CfnRuleGroupsNamespace(stack, 'Heartbeat', {
  workspace: workspace.attrArn,
  name: 'heartbeat',
  data: 'groups: [{ name: heartbeat, rules: [{ alert: Heartbeat, expr: vector(1) }] }]',
});
heartbeat.node.addDependency(deliver);

const amp = { namespace: 'AWS/Prometheus', dimensionsMap: { Workspace: workspace.attrWorkspaceId } };
const own = { namespace: 'ByHand', dimensionsMap: { WorkspaceId: workspace.attrWorkspaceId } };
[
  ...['RuleEvaluationFailures', 'RuleGroupIterationsMissed'].map((metricName) => new cloudwatch.MathExpression({
    expression: `SELECT SUM(${metricName}) FROM SCHEMA("AWS/Prometheus", RuleGroup, Workspace) WHERE Workspace = '${workspace.attrWorkspaceId}'`,
  })),
  ...['AlertManagerNotificationsFailed', 'AlertManagerNotificationsThrottled'].map((metricName) => new cloudwatch.Metric({ ...amp, metricName })),
  ...[
    'Heartbeats', 'RoutingKeyFailures', 'RetriedEventAge', 'EventsRetried', 'EventsOutdated', 'TriggersUnpaged', 'WatermarkUnavailable',
    'EventsDeadLettered',
  ].map((metricName) => new cloudwatch.Metric({ ...own, metricName })),
  topic.metricNumberOfNotificationsFailed(),
  topic.metric('NumberOfNotificationsFailedToRedriveToDlq'),
  receive.metricErrors(),
  receive.metricThrottles(),
  receive.metric('AsyncEventAge'),
  receive.metric('AsyncEventsDropped'),
  receive.metric('DeadLetterErrors'),
  deliver.metricErrors(),
  deliver.metricThrottles(),
  events.metricApproximateAgeOfOldestMessage(),
  unreceived.metricNumberOfMessagesSent(),
  unreceived.metricApproximateNumberOfMessagesVisible(),
  undelivered.metricApproximateNumberOfMessagesVisible(),
].forEach((metric, index) => new cloudwatch.Alarm(stack, `Alarm${index}`, { metric, threshold: 1, evaluationPeriods: 1 }));

new CfnOutput(stack, 'WorkspaceId', { value: workspace.attrWorkspaceId });
new CfnOutput(stack, 'RemoteWriteUrl', { value: `${workspace.attrPrometheusEndpoint}remote_write` });
new CfnOutput(stack, 'RoutingKeySecretArn', { value: secret.secretArn });

app.synth();

function createLogGroup(id: string): logs.LogGroup {
  return new logs.LogGroup(stack, id, { retention: logs.RetentionDays.THREE_MONTHS, removalPolicy: RemovalPolicy.DESTROY });
}

function createFunction(id: string, environment: { [name: string]: string }, deadLetterQueue?: sqs.IQueue): lambda.Function {
  const logGroup = createLogGroup(`${id}Logs`);
  const role = new iam.Role(stack, `${id}Role`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  logGroup.grantWrite(role);
  return new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    code: lambda.Code.fromInline('exports.handler = async () => undefined;'),
    handler: 'index.handler',
    environment,
    role,
    logGroup,
    deadLetterQueue,
  });
}
