import type { Message } from '@aws-sdk/client-sqs';
import type { SNSEvent } from 'aws-lambda';
import type { HostedFunction } from './hosted-function';
import type { FunctionError } from './runtime-api';
import type { Messaging } from '../aws/messaging';
import { sleep } from '../processes/wait';

export interface SnsSubscriptionOptions {
  readonly messaging: Messaging;
  readonly target: HostedFunction;
  /** The queue behind the subscription, from which this takes the messages: the emulator delivers to queues only. */
  readonly queueName: string;
  readonly subscriptionArn: string;
  readonly concurrency: number;
  /** How long to wait before each retry, in milliseconds. AWS Lambda waits one minute, then two. */
  readonly retryDelays: readonly number[];
  readonly onFailure: (error: Error) => void;
}

/**
 * The subscription of a function to a topic: every message is one asynchronous invocation, which is repeated when it fails,
 * and at last goes to where the function's failed events go.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export class SnsSubscription {
  private readonly stopping = new AbortController();
  private readonly loops: Promise<void>[];

  constructor(private readonly options: SnsSubscriptionOptions) {
    this.loops = Array.from({ length: options.concurrency }, () => this.poll());
  }

  public async close(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.loops);
  }

  private async poll(): Promise<void> {
    const { messaging, queueName, onFailure } = this.options;
    while (!this.stopping.signal.aborted) {
      try {
        for (const message of await messaging.receive(queueName, 1, 20, this.stopping.signal)) {
          await this.invoke(snsEvent(message, this.options.subscriptionArn));
          await messaging.delete(queueName, [message]);
        }
      } catch (error) {
        if (!this.stopping.signal.aborted) {
          onFailure(error as Error);
          await sleep(200);
        }
      }
    }
  }

  private async invoke(event: SNSEvent): Promise<void> {
    const { target, retryDelays } = this.options;
    const { retries } = target.definition.asyncInvocation;
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await target.invoke(event);
      if (outcome.kind === 'result') {
        return;
      }
      if (attempt >= retries) {
        await this.giveUp(event, outcome.error, attempt + 1);
        return;
      }
      await sleep(retryDelays[Math.min(attempt, retryDelays.length - 1)] ?? 0);
    }
  }

  private async giveUp(event: SNSEvent, error: FunctionError, attempts: number): Promise<void> {
    const { messaging, target, onFailure } = this.options;
    const { onFailure: destination } = target.definition.asyncInvocation;
    if (!destination) {
      const reason = `${error.errorType}: ${error.errorMessage}`;
      onFailure(new Error(`${target.definition.logicalId} failed ${attempts} times (${reason}) and has no queue for failed events: the notification is lost`));
      return;
    }
    const queueName = destination.queueArn.split(':').pop() ?? '';
    if (destination.form === 'dead-letter') {
      await messaging.send(queueName, JSON.stringify(event), { ErrorCode: '200', ErrorMessage: error.errorMessage.slice(0, 1024) || error.errorType });
      return;
    }
    await messaging.send(queueName, JSON.stringify({
      version: '1.0',
      timestamp: new Date().toISOString(),
      requestContext: { functionArn: `${target.definition.arn}:$LATEST`, condition: 'RetriesExhausted', approximateInvokeCount: attempts },
      requestPayload: event,
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: error,
    }), {});
  }
}

type SnsEnvelope = Omit<SNSEvent['Records'][number]['Sns'], 'SigningCertUrl' | 'UnsubscribeUrl'> & {
  readonly SigningCertURL: string;
  readonly UnsubscribeURL: string;
};

/** A notification as SNS puts it into a queue, in the form in which AWS Lambda gets it. */
export function snsEvent(message: Message, subscriptionArn: string): SNSEvent {
  const { SigningCertURL, UnsubscribeURL, ...notification } = JSON.parse(message.Body ?? '{}') as SnsEnvelope;
  return {
    Records: [{
      EventVersion: '1.0',
      EventSubscriptionArn: subscriptionArn,
      EventSource: 'aws:sns',
      Sns: { ...notification, SigningCertUrl: SigningCertURL, UnsubscribeUrl: UnsubscribeURL },
    }],
  };
}
