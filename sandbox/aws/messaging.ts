import * as path from 'path';
import { CreateTopicCommand, PublishCommand, SetSubscriptionAttributesCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand, DeleteMessageBatchCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient, type Message,
} from '@aws-sdk/client-sqs';
import { ACCOUNT_ID, CREDENTIALS } from './credentials';
import type { DeployedQueue } from '../assembly/alerting';
import { LOOPBACK } from '../net/loopback';
import type { Processes } from '../processes/processes';
import { waitFor } from '../processes/wait';

// The clients here talk to the emulator only; that newer ones will need a newer Node.js is no news for who runs it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const EMULATOR = path.join(__dirname, 'emulator.mjs');

/** What SNS is asked to publish. */
export interface Publication {
  readonly topicArn: string;
  readonly message: string;
  readonly subject?: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A message in a queue that nobody has taken yet or that is being worked on. */
export interface QueueContent {
  readonly waiting: readonly QueuedMessage[];
  readonly inFlight: readonly QueuedMessage[];
}

export interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly messageGroupId?: string;
  readonly messageAttributes: Readonly<Record<string, { readonly StringValue?: string }>>;
}

/** The address of a queue of the emulator that listens on this port. */
export function queueUrl(port: number, name: string): string {
  return `http://${LOOPBACK}:${port}/${ACCOUNT_ID}/${name}`;
}

/** SNS and SQS on this machine. */
export class Messaging {
  /** Starts the emulator on this port: addresses of queues are needed before there are queues. */
  public static async start(processes: Processes, region: string, port: number): Promise<Messaging> {
    const url = `http://${LOOPBACK}:${port}`;
    const child = processes.start({ name: 'sns-sqs', essential: true, program: process.execPath, args: [EMULATOR, String(port)] });
    await waitFor('SNS and SQS are ready', async () => (await fetch(`${url}/health`)).ok || undefined, { deadline: 20_000, unless: () => child.assertRunning() });
    return new Messaging(url, port, region);
  }

  private readonly sns: SNSClient;
  private readonly sqs: SQSClient;

  private constructor(public readonly url: string, public readonly port: number, region: string) {
    const settings = { endpoint: url, region, credentials: CREDENTIALS };
    this.sns = new SNSClient(settings);
    this.sqs = new SQSClient(settings);
  }

  /** Creates dead-letter queues before the queues that name them. */
  public async createQueues(queues: readonly DeployedQueue[]): Promise<void> {
    const deadLetterFirst = [...queues].sort((a, b) => Number('RedrivePolicy' in a.attributes) - Number('RedrivePolicy' in b.attributes));
    for (const { name, attributes } of deadLetterFirst) {
      await this.sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { ...attributes } }));
    }
  }

  public async createTopic(name: string): Promise<void> {
    await this.sns.send(new CreateTopicCommand({ Name: name }));
  }

  public async subscribeQueue(topicArn: string, queueArn: string, attributes: Readonly<Record<string, string>>): Promise<string> {
    const { SubscriptionArn } = await this.sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: queueArn }));
    for (const [name, value] of Object.entries(attributes)) {
      await this.sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName: name, AttributeValue: value }));
    }
    return SubscriptionArn ?? '';
  }

  /** Publishes and returns the message id. */
  public async publish({ topicArn, message, subject, attributes }: Publication): Promise<string> {
    const { MessageId } = await this.sns.send(new PublishCommand({
      TopicArn: topicArn,
      Message: message,
      Subject: subject,
      MessageAttributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }])),
    }));
    return MessageId ?? '';
  }

  public async send(queueName: string, body: string, attributes: Readonly<Record<string, string>>): Promise<void> {
    await this.sqs.send(new SendMessageCommand({
      QueueUrl: queueUrl(this.port, queueName),
      MessageBody: body,
      MessageAttributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }])),
    }));
  }

  /** Waits up to `seconds` for messages; the signal ends the wait. */
  public async receive(queueName: string, count: number, seconds: number, signal: AbortSignal): Promise<Message[]> {
    const { Messages } = await this.sqs.send(new ReceiveMessageCommand({
      QueueUrl: queueUrl(this.port, queueName),
      MaxNumberOfMessages: count,
      WaitTimeSeconds: seconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }), { abortSignal: signal });
    return Messages ?? [];
  }

  public async delete(queueName: string, messages: readonly Message[]): Promise<void> {
    if (messages.length > 0) {
      await this.sqs.send(new DeleteMessageBatchCommand({
        QueueUrl: queueUrl(this.port, queueName),
        Entries: messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      }));
    }
  }

  /** What is in a queue, without taking it out. */
  public async inspect(queueName: string): Promise<QueueContent> {
    const response = await fetch(`${this.url}/_fauxqs/queues/${encodeURIComponent(queueName)}`);
    if (!response.ok) {
      throw new Error(`there is no queue ${queueName}`);
    }
    const { messages: { ready, delayed, inflight } } = await response.json() as Inspection;
    return { waiting: [...ready, ...delayed], inFlight: inflight.map(({ message }) => message) };
  }

  public close(): void {
    this.sns.destroy();
    this.sqs.destroy();
  }
}

/** How the emulator describes a queue. */
interface Inspection {
  readonly messages: {
    readonly ready: readonly QueuedMessage[];
    readonly delayed: readonly QueuedMessage[];
    readonly inflight: ReadonlyArray<{ readonly message: QueuedMessage }>;
  };
}
