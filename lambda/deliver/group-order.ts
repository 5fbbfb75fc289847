import type { EventRecord } from './queue-record';

/** When SNS took the notification of an event, in milliseconds since 1970; `NaN` when that is not known. */
export function publishedAt({ queued }: EventRecord): number {
  return Date.parse(queued.publishedAt);
}

/**
 * Events of one group in the order in which their notifications were published. The queue keeps the order in which they
 * came, but a standard SNS topic can hand over two notifications the other way round, or the first one again.
 */
export function inOrderOfPublication(events: readonly EventRecord[]): EventRecord[] {
  return events.some((event) => Number.isNaN(publishedAt(event))) ? [...events] : [...events].sort((a, b) => publishedAt(a) - publishedAt(b));
}

/** Splits events into runs of adjacent events with the same command. */
export function consecutiveRuns(events: readonly EventRecord[]): EventRecord[][] {
  const runs: EventRecord[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run !== undefined && isSameOrder(run[0], event)) run.push(event);
    else runs.push([event]);
  }
  return runs;
}

function isSameOrder({ queued: a }: EventRecord, { queued: b }: EventRecord): boolean {
  const orderOf = ({ event, routingKey, endpoint }: typeof a): string =>
    JSON.stringify([event.event_action, event.dedup_key, routingKey.name, routingKey.sha256, endpoint]);
  return orderOf(a) === orderOf(b);
}

/** What an instance of the function remembers of a group. */
interface LastEvents {
  /** When the last event that PagerDuty accepted was published. */
  readonly accepted: number;
  /** When the last event that PagerDuty can have, for it was sent, was published; and what it said. */
  readonly sent: number;
  readonly sentAction: string;
}

/**
 * The last events that were sent of each group, as far as this instance of the function remembers. It catches what comes a
 * second time after a later event: a notification that SNS repeats, or events whose report to Lambda was lost. An incident
 * that was resolved is not opened again by it. The queue hands the messages of a group to one instance at a time, and
 * mostly to the same one.
 */
export class DeliveryHistory {
  private readonly lastByGroup = new Map<string, LastEvents>();

  constructor(private readonly capacity = 10_000) {}

  /**
   * Whether a later event has taken the place of this one. That is sure when PagerDuty accepted it. When it can have it, an
   * event of the other kind was done before that was sent; one of the same kind might still replace it.
   */
  isOutdated(event: EventRecord): boolean {
    const last = this.lastByGroup.get(event.record.group);
    const at = publishedAt(event);
    return last !== undefined && (at < last.accepted || (at < last.sent && event.queued.event.event_action !== last.sentAction));
  }

  rememberAccepted(event: EventRecord): void {
    const at = publishedAt(event);
    this.remember(event, { accepted: at, sent: at, sentAction: event.queued.event.event_action });
  }

  rememberSent(event: EventRecord): void {
    const accepted = this.lastByGroup.get(event.record.group)?.accepted ?? -Infinity;
    this.remember(event, { accepted, sent: publishedAt(event), sentAction: event.queued.event.event_action });
  }

  private remember({ record: { group } }: EventRecord, last: LastEvents): void {
    if (Number.isNaN(last.sent)) return;
    // Set anew, a group moves to the end of the map: the first one is the one that has been quiet for longest.
    this.lastByGroup.delete(group);
    this.lastByGroup.set(group, last);
    const [longestQuiet] = this.lastByGroup.keys();
    if (this.lastByGroup.size > this.capacity) this.lastByGroup.delete(longestQuiet);
  }
}
