import { Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, LambdaSubscription, SqsSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { newStack } from './synthesized';
import { AmpPagerDutyAlerting, Delivery } from '../../src';

const WARNING = Match.stringLikeRegexp('cdk-amp-pagerduty:topic-message-size');

function limitsOf(stack: Stack): unknown[] {
  return Object.values(Template.fromStack(stack).findResources('AWS::SNS::Topic')).map(({ Properties }) => (Properties as { MaximumMessageSize?: unknown } | undefined)?.MaximumMessageSize);
}

test('the topic accepts a message of 256 KiB with its attributes', () => {
  const stack = newStack();
  new AmpPagerDutyAlerting(stack, 'Alerting');
  expect(limitsOf(stack)).toEqual([1_048_576]);
  Annotations.fromStack(stack).hasNoWarning('*', WARNING);
});

test('queues and functions that subscribe change nothing about the limit', () => {
  const stack = newStack();
  const { relay } = new AmpPagerDutyAlerting(stack, 'Alerting');
  relay.topic.addSubscription(new SqsSubscription(new sqs.Queue(stack, 'Queue')));
  relay.topic.addSubscription(new LambdaSubscription(new lambda.Function(stack, 'Function', {
    code: lambda.Code.fromInline('x'), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_22_X,
  })));
  expect(limitsOf(stack)).toEqual([1_048_576]);
  Annotations.fromStack(stack).hasNoWarning('*', WARNING);
});

test.each([
  ['email', new EmailSubscription('on-call@example.com')],
  ['https', new UrlSubscription('https://example.com/')],
])('with a subscription by %s, which SNS allows up to 256 KiB only, the limit stays and a warning says so', (protocol, subscription) => {
  const stack = newStack();
  const { relay } = new AmpPagerDutyAlerting(stack, 'Alerting');
  relay.topic.addSubscription(subscription);
  expect(limitsOf(stack)).toEqual([undefined]);
  Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp(`the protocol ${protocol}, so[^]*cdk-amp-pagerduty:topic-message-size`));
});

test('a subscription in another stack counts', () => {
  const stack = newStack();
  const { relay } = new AmpPagerDutyAlerting(stack, 'Alerting');
  const other = new Stack(stack.node.root as never, 'Other');
  new sns.Subscription(other, 'Email', { topic: relay.topic, protocol: sns.SubscriptionProtocol.EMAIL, endpoint: 'on-call@example.com' });
  expect(limitsOf(stack)).toEqual([undefined]);
});

test('two constructs in one stack are independent', () => {
  const stack = newStack();
  new AmpPagerDutyAlerting(stack, 'One').relay.topic.addSubscription(new EmailSubscription('on-call@example.com'));
  new AmpPagerDutyAlerting(stack, 'Two');
  expect(limitsOf(stack)).toEqual([undefined, 1_048_576]);
});

test('a topic that the user brings is not changed', () => {
  const stack = newStack();
  new AmpPagerDutyAlerting(stack, 'Alerting', { delivery: Delivery.relay({ topic: new sns.Topic(stack, 'Mine') }) });
  expect(limitsOf(stack)).toEqual([undefined]);
  Annotations.fromStack(stack).hasNoWarning('*', WARNING);
});
