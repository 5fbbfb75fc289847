import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { newStack, synthesize } from './synthesized';
import { AlertManagerConfig, Delivery } from '../../src';

const WEBHOOKS = AlertManagerConfig.fromString(
  '{route: {receiver: a}, receivers: [{name: a, webhook_configs: [{url: "https://hooks.example.com/x"}]}]}');
const PAGES = AlertManagerConfig.fromString(`{route: {receiver: a}, receivers: [{name: a, pagerduty_configs: [{routing_key: ${'0'.repeat(32)}}]}]}`);

test('a configuration that only pages has no queue and no function for others', () => {
  const { alerting, template } = synthesize({ alertManagerConfig: PAGES });
  const { notifyFunction, notifyQueue, notifyDeadLetterQueue } = alerting.relay;
  expect([notifyFunction, notifyQueue, notifyDeadLetterQueue]).toEqual([undefined, undefined, undefined]);
  template.resourceCountIs('AWS::SQS::Queue', 3);
  template.resourceCountIs('AWS::Lambda::Function', 2);
});

test('webhooks have a FIFO queue, a dead-letter queue, and a function of their own', () => {
  const { alerting, stack, template } = synthesize({ alertManagerConfig: WEBHOOKS });
  template.resourceCountIs('AWS::SQS::Queue', 5);
  template.resourceCountIs('AWS::Lambda::Function', 3);
  const { relay } = alerting;
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: stack.resolve(relay.notifyQueue?.queueArn),
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ScalingConfig: { MaximumConcurrency: 10 },
  });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { ADDRESS_PERMISSIONS: '[]', SECRET_ARN: stack.resolve(alerting.routingKeySecret.secretArn), RETRY_WINDOW_SECONDS: '86400' } },
  });
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { NOTIFY_QUEUE_URL: stack.resolve(relay.notifyQueue?.queueUrl) } } });
});

test('the function shares the watermark table, which it can read and write', () => {
  const { alerting: { relay }, stack, template } = synthesize({ alertManagerConfig: WEBHOOKS });
  template.resourceCountIs('AWS::DynamoDB::Table', 1);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { ADDRESS_PERMISSIONS: '[]', WATERMARK_TABLE: stack.resolve(relay.watermarkTable.ref) } },
  });
  template.hasResourceProperties('AWS::IAM::Policy', {
    Roles: [stack.resolve(relay.notifyFunction?.role?.roleName)],
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({
        Action: ['dynamodb:BatchGetItem', 'dynamodb:UpdateItem'], Resource: stack.resolve(relay.watermarkTable.attrArn),
      })]),
    },
  });
});

test('a VPC and permissions reach the function, which may manage its network interfaces', () => {
  const stack = newStack();
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const { template } = synthesize({
    alertManagerConfig: WEBHOOKS, delivery: Delivery.relay({ notify: { vpc, allowHttp: true, allowLocalAddresses: true, maxConcurrency: 5 } }),
  }, stack);
  const functions = Object.values(template.findResources('AWS::Lambda::Function')).filter(({ Properties }) => Properties.VpcConfig !== undefined);
  expect(functions).toHaveLength(1);
  expect(functions[0].Properties.Environment.Variables.ADDRESS_PERMISSIONS).toBe('["http","private","local"]');
  expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain('ec2:CreateNetworkInterface');
});
