import { Aspects } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { warn } from '../findings/annotate';

/**
 * The most that Amazon SNS accepts in one message. Alertmanager truncates the body alone, at 256 KiB, and SNS counts the attributes,
 * too: at the default limit of 256 KiB, SNS refuses a truncated message, and Alertmanager does not retry what SNS refuses.
 */
const MAX_TOPIC_MESSAGE_BYTES = 1_048_576;

/** The protocols of subscribers that SNS allows on a topic with a limit of more than 256 KiB. */
const PROTOCOLS_OF_LARGE_MESSAGES = new Set<string>([
  sns.SubscriptionProtocol.LAMBDA, sns.SubscriptionProtocol.SQS, sns.SubscriptionProtocol.FIREHOSE,
]);

/**
 * Lets the topic accept messages with a body of 256 KiB and attributes (docs/decisions/0041), unless the app subscribes something that
 * SNS does not allow then, for example an email address. Subscriptions can be added at any time, so the check runs at synthesis.
 */
export function acceptLargeMessages(scope: Construct, topic: sns.Topic): void {
  const resource = topic.node.defaultChild as sns.CfnTopic;
  Aspects.of(topic).add({
    visit: (node) => {
      if (node !== topic) {
        return;
      }
      const excluded = protocolsOf(topic).filter((protocol) => !PROTOCOLS_OF_LARGE_MESSAGES.has(protocol));
      if (excluded.length === 0) {
        // The minimum version of aws-cdk-lib does not have this property.
        resource.addPropertyOverride('MaximumMessageSize', MAX_TOPIC_MESSAGE_BYTES);
      } else {
        warn(scope, {
          code: 'topic-message-size',
          message: `the topic of the relay has a subscription with the protocol ${[...new Set(excluded)].join(' and ')}, so its message size limit stays at 256 KiB. SNS refuses a notification whose body and attributes together exceed it, and nobody is paged for it`,
          fix: 'subscribe an SQS queue, a Lambda function, or a Firehose stream instead; or acknowledge the warning, if no notification can be that large',
        });
      }
    },
  });
}

/** The protocols of the subscriptions of a topic, in all stacks of the app. */
function protocolsOf(topic: sns.Topic): string[] {
  return topic.node.root.node.findAll()
    .filter((node): node is sns.CfnSubscription => sns.CfnSubscription.isCfnSubscription(node) && node.topicArn === topic.topicArn)
    .map(({ protocol }) => protocol);
}
