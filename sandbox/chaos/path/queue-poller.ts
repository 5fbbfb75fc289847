import type { DeployedEventSource } from '../../assembly/alerting';
import { doneMessages, sqsEvent } from '../../lambda/sqs-event';
import type { FifoQueue, QueueMessage } from '../aws/fifo-queue';
import type { Faults, RandomFault } from '../faults';
import type { FunctionHost } from '../functions/function-host';
import type { Random } from '../random';
import type { Simulation } from '../time/simulation';

export interface QueuePollerOptions {
  readonly simulation: Simulation;
  readonly random: Random;
  readonly faults: Faults;
  readonly queue: FifoQueue;
  readonly consumer: FunctionHost;
  readonly throttling: RandomFault;
  readonly mapping: DeployedEventSource;
  readonly region: string;
}

/** The event source mapping: invokes a function with batches of the queue, and deletes what it reports as done. */
export class QueuePoller {
  private wakeAt = Infinity;

  constructor(private readonly options: QueuePollerOptions) {}

  /** The queue has changed: looks at it soon, or when its next message becomes visible. */
  public wake(): void {
    const { simulation, queue, random } = this.options;
    const visibleAt = queue.nextVisibleAt();
    if (visibleAt === undefined) {
      return;
    }
    // Pollers take turns, so that messages that come together are sometimes one batch and sometimes several.
    const at = Math.max(visibleAt, simulation.now) + random.integer(5, 400);
    if (at >= this.wakeAt) {
      return;
    }
    this.wakeAt = at;
    simulation.at(at, async () => {
      if (this.wakeAt === at) {
        this.wakeAt = Infinity;
        await this.poll();
      }
    });
  }

  private async poll(): Promise<void> {
    const { simulation, faults, queue, consumer, mapping, throttling } = this.options;
    while (consumer.capacity > 0) {
      const batch = queue.receive(simulation.now, Math.min(10, mapping.batchSize));
      if (batch.length === 0) {
        break;
      }
      // A throttled batch is received again when its visibility timeout ends.
      if (!faults.happens(throttling)) {
        await this.invoke(batch);
      }
    }
    this.wake();
  }

  private async invoke(batch: readonly QueueMessage[]): Promise<void> {
    const { simulation, queue, consumer, mapping, region } = this.options;
    const messages = batch.map((message) => ({
      MessageId: message.id,
      ReceiptHandle: message.receiptHandle,
      Body: message.body,
      Attributes: {
        MessageGroupId: message.group,
        SentTimestamp: String(message.sentAt),
        ApproximateReceiveCount: String(message.receives),
      },
    }));
    await consumer.invoke(sqsEvent(messages, mapping.queueArn, region), (outcome) => {
      const done = outcome.kind === 'result' ? doneMessages(messages, outcome.payload, mapping.reportsBatchItemFailures) : [];
      done.forEach(({ ReceiptHandle }) => queue.delete(simulation.now, ReceiptHandle ?? ''));
      this.wake();
    });
  }
}
