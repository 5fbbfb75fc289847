import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** The maximum retention of SQS. It is longer than any retry window, so that no event expires unnoticed. */
const RETENTION = Duration.days(14);

/** The maximum message size of SQS. A PagerDuty event takes up to half of it. */
const MAX_MESSAGE_SIZE = Size.mebibytes(1);

/**
 * How often an event can be received before SQS moves it to the dead-letter queue; the maximum that SQS allows. It is the safety
 * net for an event that crashes the function. Otherwise the retry window ends first, because the pauses between attempts grow.
 */
const MAX_RECEIVE_COUNT = 1000;

export interface EventQueuesProps {
  /** How long SQS hides an event while it is being delivered. */
  readonly visibilityTimeout: Duration;
  readonly encryptionKey?: kms.IKey;
}

/**
 * The queues of the relay. All of them are encrypted and require TLS.
 *
 * Events wait in a FIFO queue with one message group per incident (dedup key and destination). Events of one incident stay in
 * order, and incidents do not block each other. High throughput mode applies the quota per message group.
 */
export class EventQueues extends Construct {
  /** Events on their way to PagerDuty. */
  public readonly events: sqs.Queue;
  /** Dead-letter queue for events that were not delivered. */
  public readonly undelivered: sqs.Queue;
  /** Dead-letter queue for notifications that the receive function failed to process. */
  public readonly unreceived: sqs.Queue;

  constructor(scope: Construct, id: string, props: EventQueuesProps) {
    super(scope, id);

    this.unreceived = new sqs.Queue(this, 'Unreceived', commonProps(props.encryptionKey));
    const { queue, deadLetterQueue } = fifoQueues(this, { queue: 'Events', deadLetterQueue: 'Undelivered' }, props);
    this.undelivered = deadLetterQueue;
    this.events = queue;
  }
}

/** A FIFO queue in high throughput mode, and its dead-letter queue. */
export function fifoQueues(
  scope: Construct, ids: { readonly queue: string; readonly deadLetterQueue: string }, { visibilityTimeout, encryptionKey }: EventQueuesProps,
): { readonly queue: sqs.Queue; readonly deadLetterQueue: sqs.Queue } {
  const common: sqs.QueueProps = {
    ...commonProps(encryptionKey),
    fifo: true,
    deduplicationScope: sqs.DeduplicationScope.MESSAGE_GROUP,
    fifoThroughputLimit: sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
  };
  const deadLetterQueue = new sqs.Queue(scope, ids.deadLetterQueue, common);
  const queue = new sqs.Queue(scope, ids.queue, {
    ...common, visibilityTimeout, deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: MAX_RECEIVE_COUNT },
  });
  return { queue, deadLetterQueue };
}

function commonProps(encryptionKey: kms.IKey | undefined): sqs.QueueProps {
  return {
    encryption: encryptionKey ? sqs.QueueEncryption.KMS : sqs.QueueEncryption.SQS_MANAGED,
    encryptionMasterKey: encryptionKey,
    enforceSSL: true,
    retentionPeriod: RETENTION,
    maxMessageSizeBytes: MAX_MESSAGE_SIZE.toBytes(),
    removalPolicy: RemovalPolicy.DESTROY,
  };
}
