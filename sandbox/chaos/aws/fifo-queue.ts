/** Messages of SQS in memory, on the clock of the simulation. */
export interface QueueMessage {
  readonly id: string;
  readonly body: string;
  readonly group: string;
  readonly sentAt: number;
  receives: number;
  visibleAt: number;
  receiptHandle: string;
}

export interface QueueSettings {
  readonly visibilityTimeoutMs: number;
  /** After so many receives, a message moves to the dead-letter queue. */
  readonly maxReceiveCount: number;
  readonly onTooManyReceives: (message: QueueMessage) => void;
}

const DEDUPLICATION_MS = 5 * 60_000;

/** SQS accepts no more. */
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * A FIFO queue: messages of a group in order, several of them in one batch, none behind one that is invisible; what was sent in the
 * last 5 minutes is not taken again.
 */
export class FifoQueue {
  /** By id, in the order in which they came: all of them, and those of each group. A queue of thousands is looked at with each step. */
  private readonly messages = new Map<string, QueueMessage>();
  private readonly groups = new Map<string, Map<string, QueueMessage>>();
  private readonly recent = new Map<string, { readonly at: number; readonly id: string }>();
  private sent = 0;
  private mostReceives = 0;

  constructor(private readonly name: string, private readonly settings: QueueSettings) {}

  /** How often the message that was received most often was. */
  public get maxReceives(): number {
    return this.mostReceives;
  }

  public get size(): number {
    return this.messages.size;
  }

  /** The id of the message; that of the earlier one when it is a duplicate. */
  public send(now: number, message: { readonly body: string; readonly group: string; readonly deduplicationId: string }): string {
    if (Buffer.byteLength(message.body) > MAX_BODY_BYTES) {
      throw new Error('InvalidParameterValue: the message is longer than 1,048,576 bytes');
    }
    const key = JSON.stringify([message.group, message.deduplicationId]);
    const before = this.recent.get(key);
    if (before !== undefined && now - before.at < DEDUPLICATION_MS) {
      return before.id;
    }
    const id = `${this.name}-${++this.sent}`;
    this.recent.set(key, { at: now, id });
    this.add({ id, body: message.body, group: message.group, sentAt: now, receives: 0, visibleAt: now, receiptHandle: '' });
    return id;
  }

  public receive(now: number, max: number): QueueMessage[] {
    const batch: QueueMessage[] = [];
    const blocked = new Set<string>();
    for (const message of this.messages.values()) {
      if (batch.length === max) {
        break;
      }
      if (blocked.has(message.group)) {
        continue;
      }
      if (message.visibleAt > now) {
        blocked.add(message.group);
      } else if (message.receives >= this.settings.maxReceiveCount) {
        this.remove(message);
        this.settings.onTooManyReceives(message);
      } else {
        message.receives += 1;
        this.mostReceives = Math.max(this.mostReceives, message.receives);
        message.visibleAt = now + this.settings.visibilityTimeoutMs;
        message.receiptHandle = `${message.id}#${message.receives}`;
        batch.push(message);
      }
    }
    return batch;
  }

  /** False when the receipt handle is that of an earlier receive, or the message is visible again. */
  public changeVisibility(now: number, receiptHandle: string, seconds: number): boolean {
    const message = this.inFlight(now, receiptHandle);
    if (message !== undefined) {
      message.visibleAt = now + seconds * 1000;
    }
    return message !== undefined;
  }

  public delete(now: number, receiptHandle: string): boolean {
    const message = this.inFlight(now, receiptHandle);
    if (message !== undefined) {
      this.remove(message);
    }
    return message !== undefined;
  }

  /** Takes everything, as a redrive does. */
  public takeAll(): QueueMessage[] {
    const all = Array.from(this.messages.values());
    this.messages.clear();
    this.groups.clear();
    return all;
  }

  /** When the next message can be received; undefined when there is none. */
  public nextVisibleAt(): number | undefined {
    let next: number | undefined;
    for (const messages of this.groups.values()) {
      // The messages of a group become visible together at the earliest when its first one does.
      for (const { visibleAt } of messages.values()) {
        next = Math.min(next ?? visibleAt, visibleAt);
        break;
      }
    }
    return next;
  }

  private inFlight(now: number, receiptHandle: string): QueueMessage | undefined {
    const message = this.messages.get(receiptHandle.split('#')[0] ?? '');
    return message !== undefined && message.receiptHandle === receiptHandle && message.receives > 0 && message.visibleAt > now ? message : undefined;
  }

  private add(message: QueueMessage): void {
    this.messages.set(message.id, message);
    const group = this.groups.get(message.group) ?? new Map<string, QueueMessage>();
    this.groups.set(message.group, group.set(message.id, message));
  }

  private remove({ id, group }: QueueMessage): void {
    this.messages.delete(id);
    this.groups.get(group)?.delete(id);
    if (this.groups.get(group)?.size === 0) {
      this.groups.delete(group);
    }
  }
}
