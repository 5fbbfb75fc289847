import { App, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { circleIn, createdBefore } from './dependency-graph';
import { idOf, newStack, synthesize } from './synthesized';
import { AlertingWorkspace, AmpPagerDutyAlertingProps, Delivery, RuleGroups } from '../../src';

const RULES = `
groups:
  - name: nodes
    rules:
      - alert: NodeExporterDown
        expr: up{job="node"} == 0
`;

const { stack, alerting, template, resources } = synthesize();

test('everything of the pipeline is there, once', () => {
  template.resourceCountIs('AWS::APS::Workspace', 1);
  template.resourceCountIs('AWS::SNS::Topic', 1);
  template.resourceCountIs('AWS::SNS::Subscription', 1);
  template.resourceCountIs('AWS::SQS::Queue', 3);
  template.resourceCountIs('AWS::Lambda::Function', 2);
  template.resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
  template.resourceCountIs('AWS::SecretsManager::Secret', 1);
  template.resourceCountIs('AWS::Logs::LogGroup', 3);
  // The heartbeat's own.
  template.resourceCountIs('AWS::APS::RuleGroupsNamespace', 1);
});

test('there are no outputs and no resources of other kinds', () => {
  expect(template.toJSON()).not.toHaveProperty('Outputs');
  expect([...new Set(Object.values(resources).map((resource) => resource.Type))].sort()).toEqual([
    'AWS::APS::RuleGroupsNamespace',
    'AWS::APS::Workspace',
    'AWS::CloudWatch::Alarm',
    'AWS::DynamoDB::Table',
    'AWS::IAM::Policy',
    'AWS::IAM::Role',
    'AWS::Lambda::EventSourceMapping',
    'AWS::Lambda::Function',
    'AWS::Lambda::Permission',
    'AWS::Logs::LogGroup',
    'AWS::SNS::Subscription',
    'AWS::SNS::Topic',
    'AWS::SNS::TopicPolicy',
    'AWS::SQS::Queue',
    'AWS::SQS::QueuePolicy',
    'AWS::SecretsManager::Secret',
  ]);
});

test.each([
  ['receive', alerting.relay.receiveFunction],
  ['deliver', alerting.relay.deliverFunction],
])('the %s function runs on Node.js 24 and arm64, with a log group of its own', (_name, fn) => {
  const { Properties: properties } = resources[idOf(stack, fn.functionArn)];
  expect(properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'], Handler: 'index.handler', MemorySize: 256 });

  const logGroup = resources[idOf(stack, fn.logGroup.logGroupArn)];
  expect(logGroup.Properties).toEqual({ RetentionInDays: 90 });
  expect(logGroup.DeletionPolicy).toBe('Delete');
  expect(properties).toHaveProperty('LoggingConfig.LogGroup.Ref', idOf(stack, fn.logGroup.logGroupArn));
});

test('the functions have bundles of their own', () => {
  const keys = [alerting.relay.receiveFunction, alerting.relay.deliverFunction].map((fn) => resources[idOf(stack, fn.functionArn)].Properties?.Code);
  expect(keys[0]).toHaveProperty('S3Key');
  expect(keys[0]).not.toEqual(keys[1]);
});

test('SNS invokes the receive function, and puts what it cannot hand over into the dead-letter queue of receive', () => {
  template.hasResourceProperties('AWS::SNS::Subscription', {
    Protocol: 'lambda',
    Endpoint: stack.resolve(alerting.relay.receiveFunction.functionArn),
    TopicArn: stack.resolve(alerting.relay.topic.topicArn),
    RedrivePolicy: { deadLetterTargetArn: stack.resolve(alerting.relay.receiveDeadLetterQueue.queueArn) },
  });
  template.hasResourceProperties('AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    Principal: 'sns.amazonaws.com',
    SourceArn: stack.resolve(alerting.relay.topic.topicArn),
    FunctionName: stack.resolve(alerting.relay.receiveFunction.functionArn),
  });
});

test('invocations of the receive function that fail three times end in its dead-letter queue', () => {
  expect(resources[idOf(stack, alerting.relay.receiveFunction.functionArn)].Properties)
    .toHaveProperty('DeadLetterConfig.TargetArn', stack.resolve(alerting.relay.receiveDeadLetterQueue.queueArn));
});

test('events wait in a FIFO queue with throughput per incident, and end in a FIFO dead-letter queue', () => {
  const fifo = { FifoQueue: true, DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' };
  const common = { SqsManagedSseEnabled: true, MaximumMessageSize: 1024 * 1024, MessageRetentionPeriod: 14 * 24 * 3600 };

  expect(resources[idOf(stack, alerting.relay.queue.queueArn)].Properties).toEqual({
    ...fifo,
    ...common,
    VisibilityTimeout: expect.any(Number),
    RedrivePolicy: { deadLetterTargetArn: stack.resolve(alerting.relay.deadLetterQueue.queueArn), maxReceiveCount: 1000 },
  });
  expect(resources[idOf(stack, alerting.relay.deadLetterQueue.queueArn)].Properties).toEqual({ ...fifo, ...common });
  expect(resources[idOf(stack, alerting.relay.receiveDeadLetterQueue.queueArn)].Properties).toEqual(common);
});

test('watermarks are in a table on demand, which forgets them by itself', () => {
  expect(resources[idOf(stack, alerting.relay.watermarkTable.attrArn)]).toMatchObject({
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    },
    DeletionPolicy: 'Delete',
  });
});

test('events of a killed instance are hidden for 150 seconds at most', () => {
  const queue = resources[idOf(stack, alerting.relay.queue.queueArn)].Properties ?? {};
  expect(queue.VisibilityTimeout).toBeLessThanOrEqual(150);
});

test('an event stays hidden for six times as long as a delivery may take', () => {
  const queue = resources[idOf(stack, alerting.relay.queue.queueArn)].Properties ?? {};
  const deliver = resources[idOf(stack, alerting.relay.deliverFunction.functionArn)].Properties ?? {};
  expect(queue.VisibilityTimeout).toBe(6 * Number(deliver.Timeout));
});

test('the deliver function reads batches of ten and reports what failed', () => {
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: stack.resolve(alerting.relay.queue.queueArn),
    BatchSize: 10,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 10 },
  });
});

test('the functions know where to send to', () => {
  const environment = (arn: string) => (resources[idOf(stack, arn)].Properties?.Environment as { Variables: Record<string, unknown> }).Variables;
  expect(environment(alerting.relay.receiveFunction.functionArn)).toEqual({
    WORKSPACE_ID: stack.resolve(alerting.workspace.workspaceId),
    QUEUE_URL: stack.resolve(alerting.relay.queue.queueUrl),
    SEVERITY_MAP: '{}',
  });
  expect(environment(alerting.relay.deliverFunction.functionArn)).toEqual({
    WORKSPACE_ID: stack.resolve(alerting.workspace.workspaceId),
    QUEUE_URL: stack.resolve(alerting.relay.queue.queueUrl),
    DEAD_LETTER_QUEUE_URL: stack.resolve(alerting.relay.deadLetterQueue.queueUrl),
    ROUTING_KEY_SECRET_ARN: stack.resolve(alerting.routingKeySecret.secretArn),
    ROUTING_KEY_NAMES: '["pagerduty"]',
    PAGERDUTY_ENDPOINTS: expect.stringContaining('"us":"https://events.pagerduty.com/v2/enqueue"'),
    WATERMARK_TABLE: stack.resolve(alerting.relay.watermarkTable.ref) as unknown,
    DEFAULT_ENDPOINT: 'us',
    RETRY_WINDOW_SECONDS: '86400',
  });
});

test('no alert can fire before it can be delivered', () => {
  const synthesized = synthesize({ rules: [RuleGroups.fromString(RULES, { namespace: 'nodes' })] });
  const [namespace] = Object.values(synthesized.template.findResources('AWS::APS::RuleGroupsNamespace'));
  const dependencies = (namespace.DependsOn as string[]).map((id) => synthesized.resources[id].Type);
  expect(dependencies).toEqual(expect.arrayContaining([
    'AWS::SNS::TopicPolicy', 'AWS::SNS::Subscription', 'AWS::Lambda::Permission', 'AWS::Lambda::EventSourceMapping', 'AWS::Lambda::Function',
  ]));
});

describe('AMP may publish only when somebody listens, as a publish to a topic without subscribers succeeds and is lost', () => {
  const PATH_TO_RECEIVE = ['AWS::SNS::Subscription', 'AWS::Lambda::Permission', 'AWS::Lambda::Function', 'AWS::IAM::Policy'];

  test.each<[string, (own: Stack) => AmpPagerDutyAlertingProps]>([
    ['by default', () => ({})],
    ['on the workspace of the user', (own) => ({ workspace: AlertingWorkspace.of(new aps.CfnWorkspace(own, 'Mine')) })],
    ['on the topic of the user', (own) => ({ delivery: Delivery.relay({ topic: new sns.Topic(own, 'Mine') }) })],
    ['with a customer-managed key', (own) => ({ delivery: Delivery.relay({ encryptionKey: new kms.Key(own, 'Key') }) })],
  ])('%s', (_name, propsIn) => {
    const own = newStack();
    const synthesized = synthesize(propsIn(own), own);
    const [policy] = Object.keys(synthesized.template.findResources('AWS::SNS::TopicPolicy'));
    const before = [...createdBefore(policy, synthesized.resources)].map((id) => synthesized.resources[id].Type);
    expect(before).toEqual(expect.arrayContaining(PATH_TO_RECEIVE));
    expect(circleIn(synthesized.resources)).toBeUndefined();
  });

  test('but the policy of a topic in another stack cannot wait for the stack that uses the topic', () => {
    const app = new App();
    const theirs = new Stack(app, 'Theirs');
    synthesize({ delivery: Delivery.relay({ topic: new sns.Topic(theirs, 'Mine') }) }, new Stack(app, 'Ours'));
    expect(() => app.synth()).not.toThrow();
  });
});

test('rules become a namespace of the workspace, with the rules in it', () => {
  const synthesized = synthesize({ rules: [RuleGroups.fromString(RULES, { namespace: 'nodes' })] });
  synthesized.template.hasResourceProperties('AWS::APS::RuleGroupsNamespace', {
    Name: 'nodes',
    // The property is called an ID, but is an ARN.
    Workspace: synthesized.stack.resolve(synthesized.alerting.workspace.workspaceArn),
    Data: Match.stringLikeRegexp('up\\{job=\\\\?"node\\\\?"\\} == 0'),
  });
  expect(synthesized.alerting.ruleGroupsNamespaces).toHaveLength(1);
});
