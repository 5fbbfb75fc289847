import { messageBody, messageGroup } from '../../../../lambda/receive/event-queue';
import type { Clock } from '../../../../lambda/shared/clock';
import type { DeliveryQueue } from '../../../../lambda/shared/queue/delivery-queue';
import type { QueueRecord } from '../../../../lambda/shared/queue/queue-record';
import type { QueuedEvent } from '../../../../src/contract/queued-event';

const VISIBILITY_MS = 150_000;

interface Message {
  readonly id: string;
  readonly body: string;
  readonly group: Group;
  readonly sentAt: number;
  receives: number;
}

interface Group {
  readonly name: string;
  messages: Message[];
  hiddenUntil: number;
}

/** A FIFO queue of many groups: a batch takes as many messages of a group as fit, and hides the group meanwhile. */
export class GroupQueue implements DeliveryQueue {
  maxReceives = 0;
  private readonly groups = new Map<string, Group>();
  private order: Group[] = [];
  private sent = 0;

  constructor(private readonly clock: Clock) {}

  get length(): number {
    return this.order.reduce((sum, { messages }) => sum + messages.length, 0);
  }

  send(event: QueuedEvent): void {
    const name = messageGroup(event);
    let group = this.groups.get(name);
    if (group === undefined) {
      group = { name, messages: [], hiddenUntil: 0 };
      this.groups.set(name, group);
      this.order.push(group);
    }
    group.messages.push({ id: `m${++this.sent}`, body: messageBody(event), group, sentAt: this.clock.now(), receives: 0 });
  }

  receive(size: number): { Records: unknown[] } | undefined {
    const batch: Message[] = [];
    const now = this.clock.now();
    const taken: Group[] = [];
    for (const group of this.order) {
      if (batch.length >= size) break;
      if (group.hiddenUntil > now || group.messages.length === 0) continue;
      batch.push(...group.messages.slice(0, size - batch.length));
      group.hiddenUntil = now + VISIBILITY_MS;
      taken.push(group);
    }
    if (batch.length === 0) return undefined;
    // Taken groups go to the end, as the queue hands out what has waited for longest.
    const isTaken = new Set(taken);
    this.order = [...this.order.filter((group) => !isTaken.has(group) && group.messages.length > 0), ...taken];
    for (const message of batch) this.maxReceives = Math.max(this.maxReceives, ++message.receives);
    return {
      Records: batch.map(({ id, body, group, sentAt, receives }) => ({
        messageId: id,
        receiptHandle: id,
        body,
        attributes: { MessageGroupId: group.name, SentTimestamp: String(sentAt), ApproximateReceiveCount: String(receives) },
      })),
    };
  }

  settle(batch: { Records: unknown[] }, failures: ReadonlyArray<{ readonly itemIdentifier: string }>): void {
    const failed = new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
    for (const { messageId, attributes } of batch.Records as Array<{ messageId: string; attributes: { MessageGroupId: string } }>) {
      const group = this.groups.get(attributes.MessageGroupId);
      if (group === undefined || failed.has(messageId)) continue;
      group.messages = group.messages.filter(({ id }) => id !== messageId);
      const isStillHidden = group.messages.some(({ id }) => failed.has(id));
      if (!isStillHidden) group.hiddenUntil = 0;
    }
  }

  async defer(records: readonly QueueRecord[], seconds: number): Promise<void> {
    const group = this.groups.get(records[0]?.group ?? '');
    if (group !== undefined) group.hiddenUntil = this.clock.now() + seconds * 1000;
    return Promise.resolve();
  }

  async deadLetter(): Promise<void> {
    throw new Error('a storm has no reason to dead-letter an event');
  }
}
