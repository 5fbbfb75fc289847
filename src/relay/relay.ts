import { Duration, Stack, Token, Tokenization } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct, IDependable } from 'constructs';
import { normalizeSeverity } from './check-relay-options';
import type { Emails } from './emails';
import { namesThatFit } from './environment-size';
import { EventQueues } from './event-queues';
import { anyTopicPrincipal, grantKeyUsage } from './grant-key-usage';
import { NotificationTopic } from './notification-topic';
import { Notify } from './notify';
import { proxyEnvironment } from './proxy-environment';
import { grantEncryption, grantReceive, grantSend } from './queue-grants';
import { RelayMetrics } from './relay-metrics';
import { RelayOptions } from './relay-options';
import { grantReadSecret, createRoutingKeySecret } from './routing-key-secret';
import type { RoutingKeys } from './routing-keys';
import { createWatermarkTable, grantUseWatermarks } from './watermark-table';
import type { IAlertingWorkspace } from '../amp/workspace';
import { anyWorkspacePrincipal } from '../amp/workspace-principal';
import type { Destinations } from '../contract/destinations';
import { CommonEnvironment, DeliverEnvironment, ReceiveEnvironment } from '../contract/environment';
import { BundledFunction, BundledFunctionProps } from '../functions/bundled-function';

/** @internal */
export interface RelayContext extends Destinations {
  readonly workspace: IAlertingWorkspace;
  /** An existing secret. If undefined, the relay creates one. */
  readonly routingKeys?: RoutingKeys;
  readonly logRetention: logs.RetentionDays;
  /** How mails are sent. */
  readonly emails: Emails;
}

/** @internal */
export interface RelayProps extends RelayContext {
  readonly options: RelayOptions;
}

const DEFAULT_RETRY_WINDOW = Duration.hours(24);
const DEFAULT_MAX_CONCURRENCY = 10;
const DEFAULT_MEMORY_SIZE = 256;

/** Decoding and queueing takes milliseconds. The rest is reserved for slow starts. */
const RECEIVE_TIMEOUT = Duration.seconds(30);

/**
 * One attempt takes 12 seconds at most, and the rest reports what happened. The shorter it is, the sooner the events of an instance
 * that was killed are delivered by another.
 */
const DELIVER_TIMEOUT = Duration.seconds(25);

/** Six times the function's timeout, as AWS recommends: the event source retries while the function is throttled. */
const VISIBILITY_TIMEOUT = Duration.seconds(6 * DELIVER_TIMEOUT.toSeconds());

/** The maximum for a FIFO event source. */
const BATCH_SIZE = 10;

/** The id of SNS's permission to invoke the receive function. */
const PERMISSION_ID = 'AllowInvocationByTopic';

/**
 * The relay between AMP and PagerDuty: a topic, a function that receives, a FIFO queue, and a function that delivers, with the
 * metrics that both publish.
 */
export class Relay extends RelayMetrics {
  /**
   * Creates the relay. The construct does, through {@link Delivery.relay}.
   *
   * @internal
   */
  public static _create(scope: Construct, id: string, props: RelayProps): Relay {
    return new Relay(scope, id, props);
  }

  /**
   * The topic that AMP publishes notifications to. Subscribers can filter by the attributes `status`, `receiver`, and `severity`.
   *
   * Subscribe Lambda functions, SQS queues, and Firehose streams. Amazon SNS does not allow others on a topic for messages of more than
   * 256 KiB. With an email or HTTPS subscription in the app, the topic keeps the limit of 256 KiB, and the app has a warning. SNS
   * refuses such a subscription if it is made outside the app.
   */
  public readonly topic: sns.ITopic;

  /** The function that turns notifications into PagerDuty events, and queues them. */
  public readonly receiveFunction: lambda.Function;

  /** The FIFO queue of events, with a message group per incident. */
  public readonly queue: sqs.Queue;

  /** The function that delivers events to PagerDuty. */
  public readonly deliverFunction: lambda.Function;

  /**
   * The table in which the instances of the deliver function, and those of the notify function, share what they sent of each incident,
   * so that duplicates and notifications out of order neither open nor resolve an incident wrongly. It holds no routing key and no label.
   */
  public readonly watermarkTable: dynamodb.CfnTable;

  /** Events that could not be delivered within the retry window, or that PagerDuty refused. FIFO. */
  public readonly deadLetterQueue: sqs.Queue;

  /** Notifications that the receive function could not process, or that SNS could not deliver to it. */
  public readonly receiveDeadLetterQueue: sqs.Queue;

  /** The function that sends notifications to receivers other than PagerDuty's. Undefined if the configuration has none. */
  public readonly notifyFunction?: lambda.Function;

  /** The FIFO queue of the notify function, with a message group per entry and group of alerts. */
  public readonly notifyQueue?: sqs.Queue;

  /** Notifications that the notify function could not send within the retry window, or that a server refused. FIFO. */
  public readonly notifyDeadLetterQueue?: sqs.Queue;

  /** @internal */
  public readonly _routingKeySecret: secretsmanager.ISecret;

  /**
   * What must exist before the first alert can fire.
   *
   * @internal
   */
  public readonly _dependencies: readonly IDependable[];

  /** @internal */
  protected readonly _workspace: IAlertingWorkspace;

  private constructor(scope: Construct, id: string, props: RelayProps) {
    super(scope, id);
    this._workspace = props.workspace;
    const { workspace, options: { encryptionKey } } = props;

    const notifications = new NotificationTopic(this, 'Topic', { workspace, topic: props.options.topic, encryptionKey });
    const queues = new EventQueues(this, 'Queues', { visibilityTimeout: VISIBILITY_TIMEOUT, encryptionKey });
    this.topic = notifications.topic;
    this.queue = queues.events;
    this.deadLetterQueue = queues.undelivered;
    this.receiveDeadLetterQueue = queues.unreceived;
    this.watermarkTable = createWatermarkTable(this, 'Watermarks', encryptionKey);
    this.grantKeysToServices(encryptionKey);
    this._routingKeySecret = props.routingKeys?.secret ?? createRoutingKeySecret(this, 'RoutingKeys', encryptionKey);

    const notify = props.usesNotify ? this.createNotify(props) : undefined;
    this.notifyFunction = notify?.function;
    this.notifyQueue = notify?.queue;
    this.notifyDeadLetterQueue = notify?.deadLetterQueue;

    this.receiveFunction = this.createReceiveFunction(props);
    this.deliverFunction = this.createDeliverFunction(props);

    const subscribers = this.subscribeReceive();
    notifications.grantPublishAfter(...subscribers);
    this._dependencies = [
      ...(notifications.policy === undefined ? [] : [notifications.policy]),
      ...subscribers,
      this.receiveFunction,
      this.consumeWithDeliver(props.options),
      ...(notify === undefined ? [] : [notify.dependency]),
    ];
  }

  /** AMP publishes to the topic, and SNS writes to the dead-letter queue of the subscription: each with the key of the target. */
  private grantKeysToServices(queueKey: kms.IKey | undefined): void {
    const topicKey = this.topic.masterKey;
    for (const key of new Set([topicKey, queueKey])) {
      if (key !== undefined) {
        grantKeyUsage(this, key, key === queueKey ? 'delivery.encryptionKey' : 'delivery.topic', [
          ...(key === topicKey ? [anyWorkspacePrincipal(this)] : []),
          ...(key === queueKey ? [anyTopicPrincipal(this)] : []),
        ]);
      }
    }
  }

  private createReceiveFunction(props: RelayProps): lambda.Function {
    const receive = new BundledFunction(this, 'Receive', {
      bundle: 'receive',
      description: 'Converts AMP notifications to PagerDuty events and queues them',
      environment: {
        [CommonEnvironment.WORKSPACE_ID]: props.workspace.workspaceId,
        [ReceiveEnvironment.QUEUE_URL]: this.queue.queueUrl,
        [ReceiveEnvironment.SEVERITY_MAP]: this.toJson(normalizeSeverities(props.options)),
        ...(this.notifyQueue && { [ReceiveEnvironment.NOTIFY_QUEUE_URL]: this.notifyQueue.queueUrl }),
      },
      timeout: RECEIVE_TIMEOUT,
      memorySize: props.options.memorySize ?? DEFAULT_MEMORY_SIZE,
      logRetention: props.logRetention,
      network: networkOf(props.options),
      encryptionKey: props.options.encryptionKey,
      deadLetterQueue: this.receiveDeadLetterQueue,
    }).function;
    grantSend(receive, this.queue);
    if (this.notifyQueue) {
      grantSend(receive, this.notifyQueue);
    }
    grantEncryption(receive, props.options.encryptionKey);
    return receive;
  }

  private createNotify({ workspace, options, emails, logRetention, sysdigEndpoints }: RelayProps): Notify {
    return new Notify(this, 'Notify', {
      workspace,
      options: options.notify ?? {},
      sysdigEndpoints,
      secret: this._routingKeySecret,
      watermarkTable: this.watermarkTable,
      emails,
      encryptionKey: options.encryptionKey,
      retryWindowSeconds: inSeconds(options.retryWindow ?? DEFAULT_RETRY_WINDOW),
      memorySize: options.memorySize ?? DEFAULT_MEMORY_SIZE,
      logRetention,
    });
  }

  private createDeliverFunction(props: RelayProps): lambda.Function {
    const deliver = new BundledFunction(this, 'Deliver', {
      bundle: 'deliver',
      description: 'Sends queued events to PagerDuty, in order per incident',
      environment: {
        [CommonEnvironment.WORKSPACE_ID]: props.workspace.workspaceId,
        [DeliverEnvironment.QUEUE_URL]: this.queue.queueUrl,
        [DeliverEnvironment.DEAD_LETTER_QUEUE_URL]: this.deadLetterQueue.queueUrl,
        [DeliverEnvironment.ROUTING_KEY_SECRET_ARN]: this._routingKeySecret.secretArn,
        [DeliverEnvironment.ROUTING_KEY_NAMES]: this.toJson(namesThatFit(props.routingKeyNames)),
        [DeliverEnvironment.PAGERDUTY_ENDPOINTS]: this.toJson(props.endpoints),
        [DeliverEnvironment.DEFAULT_ENDPOINT]: props.defaultEndpoint,
        [DeliverEnvironment.WATERMARK_TABLE]: this.watermarkTable.ref,
        [DeliverEnvironment.RETRY_WINDOW_SECONDS]: inSeconds(props.options.retryWindow ?? DEFAULT_RETRY_WINDOW),
        ...proxyEnvironment(this, props.options.httpsProxy),
      },
      timeout: DELIVER_TIMEOUT,
      memorySize: props.options.memorySize ?? DEFAULT_MEMORY_SIZE,
      logRetention: props.logRetention,
      network: networkOf(props.options),
      encryptionKey: props.options.encryptionKey,
    }).function;
    grantSend(deliver, this.deadLetterQueue);
    grantEncryption(deliver, props.options.encryptionKey);
    grantReadSecret(this._routingKeySecret, deliver);
    grantUseWatermarks(this.watermarkTable, props.options.encryptionKey, deliver);
    return deliver;
  }

  /** SNS dead-letters what it cannot deliver to the function into the queue that also receives failed invocations. */
  private subscribeReceive(): IDependable[] {
    this.receiveFunction.addPermission(PERMISSION_ID, {
      principal: new iam.ServicePrincipal('sns.amazonaws.com'),
      sourceArn: this.topic.topicArn,
    });
    return [this.receiveFunction.node.findChild(PERMISSION_ID), new sns.Subscription(this, 'Subscription', {
      topic: this.topic,
      protocol: sns.SubscriptionProtocol.LAMBDA,
      endpoint: this.receiveFunction.functionArn,
      deadLetterQueue: this.receiveDeadLetterQueue,
    })];
  }

  private consumeWithDeliver(options: RelayOptions): IDependable {
    grantReceive(this.deliverFunction, this.queue);
    return this.deliverFunction.addEventSourceMapping('Events', {
      eventSourceArn: this.queue.queueArn,
      batchSize: BATCH_SIZE,
      maxConcurrency: options.maxConcurrency ?? DEFAULT_MAX_CONCURRENCY,
      reportBatchItemFailures: true,
    });
  }

  /** Converts texts to JSON and keeps tokens. Without any, the CDK has nothing to resolve, which it does several times. */
  private toJson(texts: readonly string[] | Readonly<Record<string, string>>): string {
    const json = JSON.stringify(texts);
    return Token.isUnresolved(json) ? Stack.of(this).toJsonString(texts) : json;
  }
}

/** Sorted, because the order of a map differs between languages, and between two runs of one Java program. */
function normalizeSeverities(options: RelayOptions): { [rendered: string]: string } {
  const severities = Object.entries(options.severities ?? {}).map(([rendered, severity]) => [normalizeSeverity(rendered), severity] as const);
  return Object.fromEntries(severities.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A duration in seconds as text; the duration can be a token. */
function inSeconds(duration: Duration): string {
  const seconds = duration.toSeconds();
  return Token.isUnresolved(seconds) ? Tokenization.stringifyNumber(seconds) : String(seconds);
}

function networkOf({ vpc, subnets, securityGroups }: RelayOptions): BundledFunctionProps['network'] {
  return { vpc, vpcSubnets: subnets, securityGroups };
}
