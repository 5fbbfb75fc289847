import { Duration } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct, IDependable } from 'constructs';
import type { Emails } from './emails';
import { fifoQueues } from './event-queues';
import { NotifyOptions } from './notify-options';
import { proxyEnvironment } from './proxy-environment';
import { grantReceive, grantEncryption, grantSend } from './queue-grants';
import { grantReadSecret } from './routing-key-secret';
import { grantUseWatermarks } from './watermark-table';
import type { IAlertingWorkspace } from '../amp/workspace';
import { CommonEnvironment, NotifyEnvironment } from '../contract/environment';
import { AddressPermission, SLACK_API_URL } from '../contract/queued-notification';
import type { SysdigEndpoints } from '../contract/sysdig';
import { BundledFunction } from '../functions/bundled-function';

export interface NotifyProps {
  readonly workspace: IAlertingWorkspace;
  readonly options: NotifyOptions;
  readonly sysdigEndpoints: SysdigEndpoints;
  readonly secret: secretsmanager.ISecret;
  readonly watermarkTable: dynamodb.CfnTable;
  readonly emails: Emails;
  readonly encryptionKey?: kms.IKey;
  /** In seconds; can be a token. */
  readonly retryWindowSeconds: string;
  readonly memorySize: number;
  readonly logRetention: logs.RetentionDays;
}

/** For a batch of ten notifications, each of which might wait for a slow server. What is left when it ends is received again. */
const TIMEOUT = Duration.minutes(3);

/** Six times the function's timeout, as AWS recommends. */
const VISIBILITY_TIMEOUT = Duration.seconds(6 * TIMEOUT.toSeconds());

const BATCH_SIZE = 10;
const DEFAULT_MAX_CONCURRENCY = 10;

/**
 * What sends notifications to receivers other than PagerDuty's: a FIFO queue and a function of its own, so that a server that hangs
 * takes nothing from pages.
 */
export class Notify extends Construct {
  public readonly function: lambda.Function;
  /** Notifications on their way, with a message group for each entry and group. */
  public readonly queue: sqs.Queue;
  public readonly deadLetterQueue: sqs.Queue;
  /** What must exist before the first alert can fire. */
  public readonly dependency: IDependable;

  constructor(scope: Construct, id: string, props: NotifyProps) {
    super(scope, id);
    const { options, emails, encryptionKey } = props;
    const ses = emails._settings(this);
    const { queue, deadLetterQueue } = fifoQueues(this, { queue: 'Notifications', deadLetterQueue: 'Undelivered' }, {
      visibilityTimeout: VISIBILITY_TIMEOUT, encryptionKey,
    });
    this.queue = queue;
    this.deadLetterQueue = deadLetterQueue;
    this.function = new BundledFunction(this, 'Notify', {
      bundle: 'notify',
      description: 'Sends queued notifications to webhooks, Slack, Sysdig Monitor, and by email, in order per group',
      environment: {
        [CommonEnvironment.WORKSPACE_ID]: props.workspace.workspaceId,
        [NotifyEnvironment.QUEUE_URL]: queue.queueUrl,
        [NotifyEnvironment.DEAD_LETTER_QUEUE_URL]: deadLetterQueue.queueUrl,
        [NotifyEnvironment.SECRET_ARN]: props.secret.secretArn,
        [NotifyEnvironment.WATERMARK_TABLE]: props.watermarkTable.ref,
        [NotifyEnvironment.ADDRESS_PERMISSIONS]: JSON.stringify(addressPermissions(options)),
        [NotifyEnvironment.SLACK_API_URL]: SLACK_API_URL,
        ...(Object.keys(props.sysdigEndpoints).length > 0 && { [NotifyEnvironment.SYSDIG_ENDPOINTS]: JSON.stringify(props.sysdigEndpoints) }),
        [NotifyEnvironment.RETRY_WINDOW_SECONDS]: props.retryWindowSeconds,
        ...(ses && { [NotifyEnvironment.SES_REGION]: ses.region }),
        ...(ses?.configurationSet !== undefined && { [NotifyEnvironment.SES_CONFIGURATION_SET]: ses.configurationSet }),
        ...proxyEnvironment(this, options.httpsProxy),
      },
      timeout: TIMEOUT,
      memorySize: props.memorySize,
      logRetention: props.logRetention,
      network: options,
      encryptionKey,
    }).function;
    grantSend(this.function, deadLetterQueue);
    grantEncryption(this.function, encryptionKey);
    grantReadSecret(props.secret, this.function);
    grantUseWatermarks(props.watermarkTable, props.encryptionKey, this.function);
    emails._grantSend(this, this.function);
    grantReceive(this.function, queue);
    this.dependency = this.function.addEventSourceMapping('Notifications', {
      eventSourceArn: queue.queueArn,
      batchSize: BATCH_SIZE,
      maxConcurrency: options.maxConcurrency ?? DEFAULT_MAX_CONCURRENCY,
      reportBatchItemFailures: true,
    });
  }
}

/** The addresses besides public ones over HTTPS that the function can connect to. */
export function addressPermissions({ vpc, allowHttp, allowLocalAddresses }: NotifyOptions): AddressPermission[] {
  return [
    ...(allowHttp ? [AddressPermission.HTTP] : []),
    ...(vpc ? [AddressPermission.PRIVATE] : []),
    ...(allowLocalAddresses ? [AddressPermission.LOCAL] : []),
  ];
}
