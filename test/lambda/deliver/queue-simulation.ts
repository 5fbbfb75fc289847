import { messageBody, messageGroup } from '../../../lambda/receive/event-queue';
import type { DeliveryQueue } from '../../../lambda/shared/queue/delivery-queue';
import type { QueueRecord } from '../../../lambda/shared/queue/queue-record';
import type { DeadLetterReason, QueuedEvent } from '../../../src/contract/queued-event';

interface Message {
  readonly id: string;
  readonly body: string;
  readonly group: string;
  readonly sentAt: number;
  receives: number;
  visibleAt: number;
}

export interface DeadLetteredMessage {
  readonly id: string;
  readonly body: string;
  readonly code: DeadLetterReason;
  readonly reason: string;
}

/**
 * A FIFO queue with its event source, in memory and with a clock of its own: messages of a group are handed over in
 * order, several of them in one batch, and none while an earlier one is invisible.
 */
export class QueueSimulation implements DeliveryQueue {
  readonly deadLettered: DeadLetteredMessage[] = [];
  readonly deferrals: Array<{ ids: string[]; seconds: number }> = [];
  now = 0;
  failDeadLetter = false;
  failDefer = false;
  private messages: Message[] = [];
  private sent = 0;

  constructor(private readonly visibilitySeconds = 60) {}

  get length(): number {
    return this.messages.length;
  }

  send(queued: QueuedEvent, sentAt?: number): string {
    return this.sendRaw(messageBody(queued), messageGroup(queued), sentAt);
  }

  sendRaw(body: string, group: string, sentAt = Date.now()): string {
    const id = `message-${++this.sent}`;
    this.messages.push({ id, body, group, sentAt, receives: 0, visibleAt: 0 });
    return id;
  }

  /** The next batch as Lambda's event source would hand it over, or nothing when all messages are invisible. */
  receive(size: number): { Records: unknown[] } | undefined {
    const blocked = new Set<string>();
    const batch = this.messages.filter((message) => {
      if (blocked.has(message.group)) return false;
      if (message.visibleAt <= this.now) return true;
      blocked.add(message.group);
      return false;
    }).slice(0, size);
    if (batch.length === 0) return undefined;
    for (const message of batch) {
      message.receives++;
      message.visibleAt = this.now + this.visibilitySeconds;
    }
    return {
      Records: batch.map((message) => ({
        messageId: message.id,
        receiptHandle: message.id,
        body: message.body,
        attributes: { MessageGroupId: message.group, SentTimestamp: String(message.sentAt), ApproximateReceiveCount: String(message.receives) },
      })),
    };
  }

  /** What the event source does with the answer of the function. */
  settle(batch: { Records: unknown[] }, failures: ReadonlyArray<{ readonly itemIdentifier: string }>): void {
    const failed = new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
    const done = new Set((batch.Records as Array<{ messageId: string }>).map(({ messageId }) => messageId).filter((id) => !failed.has(id)));
    this.messages = this.messages.filter(({ id }) => !done.has(id));
  }

  /** Lets time pass until something can be received. */
  advance(): void {
    // A message that is visible and cannot be received waits for another one of its group.
    const later = this.messages.map(({ visibleAt }) => visibleAt).filter((at) => at > this.now);
    this.now = later.length === 0 ? this.now + 1 : Math.min(...later);
  }

  async defer(records: readonly QueueRecord[], seconds: number): Promise<void> {
    if (this.failDefer) throw new Error('no visibility for you');
    this.deferrals.push({ ids: records.map(({ messageId }) => messageId), seconds });
    for (const message of this.messages) {
      if (records.some(({ messageId }) => messageId === message.id)) message.visibleAt = this.now + seconds;
    }
  }

  async deadLetter(record: QueueRecord, code: DeadLetterReason, reason: string): Promise<void> {
    if (this.failDeadLetter) throw new Error('no room');
    this.deadLettered.push({ id: record.messageId, body: record.body, code, reason });
  }
}
