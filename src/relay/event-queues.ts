import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** The longest that SQS keeps a message. Longer than any retry window, so that no event expires unseen. */
const RETENTION = Duration.days(14);

/** The largest message that SQS takes. A PagerDuty event may have half of it. */
const MAX_MESSAGE_SIZE = Size.mebibytes(1);

/**
 * How often an event may be received before SQS itself moves it to the dead-letter queue. This is the net for a function
 * that dies on an event: otherwise the function decides, by the retry window, in which it receives an event less often.
 * The highest that SQS allows.
 */
const MAX_RECEIVE_COUNT = 1000;

export interface EventQueuesProps {
  /** For how long SQS hides an event that is being delivered. */
  readonly visibilityTimeout: Duration;
  readonly encryptionKey?: kms.IKey;
}

/**
 * The queues of the relay, none of which can be reached without TLS, or is stored unencrypted.
 *
 * Events wait in a FIFO queue whose message group is an incident, that is dedup key and destination: per incident in order,
 * incidents independent of each other, and with throughput counted per incident, so that a thousand of them do not wait for
 * each other.
 */
export class EventQueues extends Construct {
  /** Events on their way to PagerDuty. */
  public readonly events: sqs.Queue;
  /** Events that could not be delivered. */
  public readonly undelivered: sqs.Queue;
  /** Notifications that no event could be made from, because the receive function failed. */
  public readonly unreceived: sqs.Queue;

  constructor(scope: Construct, id: string, props: EventQueuesProps) {
    super(scope, id);

    const common: sqs.QueueProps = {
      encryption: props.encryptionKey ? sqs.QueueEncryption.KMS : sqs.QueueEncryption.SQS_MANAGED,
      encryptionMasterKey: props.encryptionKey,
      enforceSSL: true,
      retentionPeriod: RETENTION,
      maxMessageSizeBytes: MAX_MESSAGE_SIZE.toBytes(),
      removalPolicy: RemovalPolicy.DESTROY,
    };
    const perIncident: sqs.QueueProps = {
      fifo: true,
      deduplicationScope: sqs.DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
    };

    this.unreceived = new sqs.Queue(this, 'Unreceived', common);
    this.undelivered = new sqs.Queue(this, 'Undelivered', { ...common, ...perIncident });
    this.events = new sqs.Queue(this, 'Events', {
      ...common,
      ...perIncident,
      visibilityTimeout: props.visibilityTimeout,
      deadLetterQueue: { queue: this.undelivered, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
  }
}
