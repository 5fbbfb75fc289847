import type { SNSEvent } from 'aws-lambda';
import type { RenderedNotification } from './notification-templates';
import { notificationId, webhookNotificationId, type Publication } from './publications';
import type { AsyncInvocation } from '../../assembly/alerting';
import type { Faults } from '../faults';
import type { FunctionHost } from '../functions/function-host';
import type { Random } from '../random';
import type { Simulation } from '../time/simulation';

export interface NotificationDeliveryOptions {
  readonly simulation: Simulation;
  readonly random: Random;
  readonly faults: Faults;
  readonly receive: FunctionHost;
  readonly asyncInvocation: AsyncInvocation;
  /** The notifications of a publication: the page first, then those of the receiver's other entries. */
  readonly render: (publication: Publication) => readonly RenderedNotification[];
  readonly topicArn: string;
}

interface Invocation {
  readonly event: SNSEvent;
  readonly failures: number;
  readonly throttles: number;
}

const MINUTE = 60_000;

/** From SNS to the receive function: SNS delivers at least once and in any order, and Lambda retries asynchronous invocations. */
export class NotificationDelivery {
  /** While it is set, AWS Lambda has no capacity for the receive function. */
  public isThrottled = false;
  private readonly waiting: Invocation[] = [];
  private readonly failed: Invocation[] = [];
  private underway = 0;

  constructor(private readonly options: NotificationDeliveryOptions) {}

  /** How many notifications have not reached the queue, or can come again. */
  public get pending(): number {
    return this.underway + this.failed.length;
  }

  public deliver(publication: Publication): void {
    this.options.render(publication).forEach((rendered, index) => {
      this.deliverOne(this.snsEvent(publication, rendered, index === 0 ? notificationId(publication) : webhookNotificationId(publication)));
    });
  }

  private deliverOne(event: SNSEvent): void {
    const { random, faults } = this.options;
    const soon = random.integer(20, 120);
    const late = faults.oneOf(['notifications swapped', 'notification late by minutes']);
    switch (late) {
      case 'notifications swapped': this.handOver(event, random.integer(1_000, 60_000)); break;
      case 'notification late by minutes': this.handOver(event, random.integer(MINUTE, 20 * MINUTE)); break;
      default: this.handOver(event, soon);
    }
    if (faults.happens('notification delivered twice')) {
      this.handOver(event, random.integer(100, 4 * MINUTE));
    }
    if (faults.happens('notification delivered again after more than 5 minutes')) {
      this.handOver(event, random.integer(5 * MINUTE + 1000, 90 * MINUTE));
    }
  }

  /** An operator invokes the function again with what is in its dead-letter queue. */
  public redrive(): void {
    for (const { event } of this.failed.splice(0)) {
      this.options.faults.count('notification redriven to receive');
      this.handOver(event, 1000);
    }
  }

  private handOver(event: SNSEvent, milliseconds: number): void {
    this.underway += 1;
    this.schedule({ event, failures: 0, throttles: 0 }, milliseconds);
  }

  private schedule(invocation: Invocation, milliseconds: number): void {
    this.options.simulation.after(milliseconds, async () => {
      this.waiting.push(invocation);
      await this.pump();
    });
  }

  private async pump(): Promise<void> {
    const { receive, faults } = this.options;
    while (this.waiting.length > 0 && receive.capacity > 0) {
      const invocation = this.waiting.shift() as Invocation;
      if (this.isThrottled || faults.happens('receive throttled')) {
        // The pauses of Lambda's asynchronous queue grow from a second to 5 minutes.
        const throttles = invocation.throttles + 1;
        this.schedule({ ...invocation, throttles }, Math.min(5 * MINUTE, 1000 * 2 ** throttles));
      } else {
        await receive.invoke(invocation.event, ({ kind }) => {
          this.settle(invocation, kind === 'result');
          this.options.simulation.after(0, async () => this.pump());
        });
      }
    }
  }

  private settle(invocation: Invocation, isDone: boolean): void {
    const failures = invocation.failures + 1;
    if (isDone) {
      this.underway -= 1;
    } else if (failures > this.options.asyncInvocation.retries) {
      this.underway -= 1;
      this.failed.push(invocation);
    } else {
      this.schedule({ ...invocation, failures }, failures * MINUTE);
    }
  }

  private snsEvent(publication: Publication, { subject, message, attributes }: RenderedNotification, messageId: string): SNSEvent {
    const { topicArn } = this.options;
    return {
      Records: [{
        EventVersion: '1.0',
        EventSource: 'aws:sns',
        EventSubscriptionArn: `${topicArn}:chaos`,
        Sns: {
          Type: 'Notification',
          MessageId: messageId,
          TopicArn: topicArn,
          Subject: subject,
          Message: message,
          Timestamp: new Date(publication.at).toISOString(),
          MessageAttributes: Object.fromEntries(Object.entries(attributes).map(([name, Value]) => [name, { Type: 'String', Value }])),
          SignatureVersion: '1',
          Signature: '',
          SigningCertUrl: '',
          UnsubscribeUrl: '',
        },
      }],
    };
  }
}
