import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { NotifyOptions } from './notify-options';

/** Severities of PagerDuty. The settings of a PagerDuty service define which urgency each severity has. */
export enum PagerDutySeverity {
  /** For outages. */
  CRITICAL = 'critical',
  /** For failures that need a person now. */
  ERROR = 'error',
  /** For conditions that can become a failure. */
  WARNING = 'warning',
  /** For information without a need to act. */
  INFO = 'info',
}

/** Settings of the relay between AMP and PagerDuty. */
export interface RelayOptions {
  /**
   * How long to retry an event while PagerDuty is unavailable, limits the rate, or rejects the routing key: 5 minutes to 7 days.
   *
   * Events of one incident stay in order while they are retried. When the window ends, the event moves to the dead-letter
   * queue, and the `UndeliveredEvents` alarm notifies.
   *
   * @default Duration.hours(24)
   */
  readonly retryWindow?: Duration;

  /**
   * Maps rendered severities (case-insensitive) to PagerDuty severities. The keys are the texts that the `severity` field of
   * the configuration renders.
   *
   * PagerDuty's own severities map to themselves unless you list them, and so do common names for them: `crit`, `fatal`, `emergency`,
   * `emerg`, `err`, `warn`, `information`, and `informational`. A list of severities, such as `warning critical`, means the worst of
   * them. PagerDuty rejects events with any other severity, so a severity that is not mapped is sent as `error` and counted in the
   * `SeveritiesUnknown` metric.
   *
   * @default - only PagerDuty's four severities and their common names are recognized
   */
  readonly severities?: { [rendered: string]: PagerDutySeverity };

  /**
   * A customer managed KMS key that encrypts the topic, the queues, the table, the log groups, and the secret, if the construct
   * creates them.
   *
   * The construct adds statements to the key policy that let AMP, SNS, and CloudWatch Logs use the key. These statements allow all workspaces in
   * this account and Region, because the key is created before the workspace. The AWS managed key `alias/aws/sns` cannot be
   * used: its policy does not allow AMP. Each customer managed key adds KMS charges per key and per request.
   *
   * @default - the queues use keys owned by SQS, and the secret uses `aws/secretsmanager`; the topic, which stores no
   * notification after its delivery, is not encrypted
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver-AMPpermission.html
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * An existing standard topic, in the account and Region of the stack, that AMP publishes to.
   *
   * The construct adds a statement to its policy that lets the workspace publish, and changes nothing else. The policy is deployed
   * after the relay has subscribed. The policy of an imported topic, or of a topic in another stack, cannot wait for the
   * subscription. If that policy allows AMP already, notifications that are published during the first deployment reach PagerDuty
   * only when Alertmanager repeats them after `repeat_interval`.
   *
   * Amazon SNS counts body and attributes of a message, and Alertmanager truncates the body alone to 256 KiB. A topic with the default
   * `MaximumMessageSize` of 262,144 bytes refuses such a notification, and nobody is paged for it: set it to 1,048,576.
   *
   * @default - a topic is created, for messages of up to 1 MiB. It can have Lambda, SQS, and Firehose subscribers; with a subscriber of
   * another kind in the app, for example an email address, the limit is 256 KiB, and the app has a warning
   */
  readonly topic?: sns.ITopic;

  /**
   * Maximum number of concurrent invocations of the deliver function: 2 to 1,000. Each sends one batch of events at a time, and
   * events of one incident are always sent one after the other.
   *
   * PagerDuty limits the rate per routing key, so a higher value helps only if you use several keys.
   *
   * @default 10
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
   */
  readonly maxConcurrency?: number;

  /**
   * Memory of each function, in MiB: 128 to 10,240. Lambda allocates CPU power in proportion to memory.
   *
   * @default 256
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
   */
  readonly memorySize?: number;

  /**
   * How notifications are sent to receivers other than PagerDuty's. They have a queue and a function of their own.
   *
   * @default - to public addresses over HTTPS only
   */
  readonly notify?: NotifyOptions;

  /**
   * The VPC that the receive function and the deliver function run in. For other receivers, see `notify`.
   *
   * From its subnets, the functions must reach Amazon SQS (both functions), and AWS Secrets Manager, Amazon DynamoDB, and PagerDuty
   * (deliver function): through a NAT gateway, or through the endpoints `com.amazonaws.<region>.sqs`, `….secretsmanager`, and
   * `….dynamodb` for AWS and a proxy for PagerDuty. Set the proxy with `httpsProxy`. Lambda writes logs and metrics without
   * the VPC.
   *
   * @default - the functions do not run in a VPC
   * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
   */
  readonly vpc?: ec2.IVpc;

  /**
   * The subnets of the functions. Only with `vpc`.
   *
   * @default - the private subnets of the VPC
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * The security groups of the functions. They need outbound HTTPS. Only with `vpc`.
   *
   * @default - a security group for each function, with all outbound traffic allowed
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The URL of an HTTPS proxy for the requests of the deliver function to PagerDuty, for example `http://proxy.example.com:3128`. It must
   * not contain credentials, which would be readable in the template. Requests to AWS do not use it. For other receivers, see `notify`.
   *
   * @default - no proxy
   */
  readonly httpsProxy?: string;
}
