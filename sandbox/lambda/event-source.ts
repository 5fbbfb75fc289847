import type { HostedFunction } from './hosted-function';
import { doneMessages, sqsEvent } from './sqs-event';
import type { DeployedEventSource } from '../assembly/alerting';
import type { Messaging } from '../aws/messaging';
import { sleep } from '../processes/wait';

/** How long one request for messages waits, in seconds. */
const POLL_SECONDS = 20;

/** How long to pause after a batch that failed as a whole, in milliseconds: AWS Lambda slows down as well. */
const PAUSE_AFTER_ERROR = 200;

export interface EventSourceOptions {
  readonly messaging: Messaging;
  readonly target: HostedFunction;
  /** Maximum number of concurrent batches. The mapping can lower it. */
  readonly concurrency: number;
  readonly region: string;
  /** Receives failures of the emulator itself. */
  readonly onFailure: (error: Error) => void;
}

/** Invokes a function with the messages of a queue, as the event source mapping of the template says. */
export class EventSource {
  private readonly stopping = new AbortController();
  private readonly loops: Promise<void>[];

  constructor(private readonly mapping: DeployedEventSource, private readonly options: EventSourceOptions) {
    const count = Math.min(options.concurrency, mapping.maximumConcurrency ?? options.concurrency);
    this.loops = Array.from({ length: count }, () => this.poll());
  }

  /** Takes no further message, and waits for the batches that are being worked on. */
  public async close(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.loops);
  }

  private async poll(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.handOneBatch();
      } catch (error) {
        if (this.stopping.signal.aborted) {
          return;
        }
        this.options.onFailure(error as Error);
        await sleep(PAUSE_AFTER_ERROR);
      }
    }
  }

  private async handOneBatch(): Promise<void> {
    const { messaging, target, region } = this.options;
    const queueName = this.mapping.queueArn.split(':').pop() ?? '';
    const messages = await messaging.receive(queueName, Math.min(10, this.mapping.batchSize), POLL_SECONDS, this.stopping.signal);
    if (messages.length === 0) {
      return;
    }
    const outcome = await target.invoke(sqsEvent(messages, this.mapping.queueArn, region));
    if (outcome.kind === 'error') {
      await sleep(PAUSE_AFTER_ERROR);
      return;
    }
    await messaging.delete(queueName, doneMessages(messages, outcome.payload, this.mapping.reportsBatchItemFailures));
  }
}
