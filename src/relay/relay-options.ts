import { Duration } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';

/** The severities that PagerDuty accepts. */
export enum PagerDutySeverity {
  /** Pages with high urgency, by PagerDuty's default. */
  CRITICAL = 'critical',
  /** Pages with high urgency, by PagerDuty's default. */
  ERROR = 'error',
  /** Pages with low urgency, if the service distinguishes. */
  WARNING = 'warning',
  /** Pages with low urgency, if the service distinguishes. */
  INFO = 'info',
}

/** Settings of the relay between AMP and PagerDuty. */
export interface RelayOptions {
  /**
   * For how long an event is tried again that PagerDuty does not take: while it is down, limits the rate, or refuses a
   * routing key that may still be mended. After it, the event goes to the dead-letter queue, and an alarm goes on.
   *
   * The order of events of an incident is kept all the while. At least 5 minutes, at most 7 days.
   *
   * @default Duration.hours(24)
   */
  readonly retryWindow?: Duration;

  /**
   * What the severities of your alerts mean in PagerDuty: from the text that the `severity` of the configuration prints (upper
   * and lower case are the same) to the severity to send. PagerDuty's own four mean themselves, unless they are in the map.
   *
   * PagerDuty refuses an event with any other severity. What is neither its own nor in the map is sent as `error`, and
   * counted by the metric `SeveritiesUnknown`.
   *
   * @default - the four severities of PagerDuty, and no others, are understood
   */
  readonly severities?: { [rendered: string]: PagerDutySeverity };

  /**
   * A customer-managed key that encrypts the notifications and events on their way (topic and queues) and the secret, if
   * the construct creates it. Its policy is changed so that AMP may use it.
   *
   * The policy names the workspaces of this account and region instead of the single workspace: the key has to exist before
   * the topic, and the topic before the workspace. `alias/aws/sns` cannot be used, as its policy admits no other service.
   *
   * @default - keys owned by AWS for the queues, the key `aws/secretsmanager` for the secret; the topic, which stores
   * nothing once a notification is delivered, has none
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver-AMPpermission.html
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Your own topic that AMP publishes to: a standard topic, in the account and Region of the stack. Its policy is changed so
   * that the workspace can publish, but only after the relay has subscribed; everything else about it stays as it is.
   *
   * The policy of a topic in another stack, or of an imported topic, cannot wait for the subscription. If such a topic admits
   * AMP already, notifications that are published during the first deployment can be lost until `repeat_interval`.
   *
   * @default - a topic is created
   */
  readonly topic?: sns.ITopic;

  /**
   * How many batches of events are sent to PagerDuty at the same time. Events of one incident are always sent one after
   * the other. At least 2, at most 1000.
   *
   * PagerDuty limits the rate per routing key: more parallelism helps configurations with many keys.
   *
   * @default 10
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
   */
  readonly maxConcurrency?: number;

  /**
   * Memory of each of the two functions, in MiB. Lambda gives computing power in proportion to it. At least 128, at most
   * 10240.
   *
   * @default 256
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
   */
  readonly memorySize?: number;
}
