import type { EventRecord } from './queue-record';

/** When SNS took the notification of an event, in milliseconds since 1970; `NaN` when that is not known. */
export function publishedAt({ queued }: EventRecord): number {
  return Date.parse(queued.publishedAt);
}

/**
 * Events of one group in the order in which their notifications were published. The queue keeps the order in which they
 * came, but a standard SNS topic may hand over two notifications the other way round, or the first one again.
 */
export function inOrderOfPublication(events: readonly EventRecord[]): EventRecord[] {
  return events.some((event) => Number.isNaN(publishedAt(event))) ? [...events] : [...events].sort((a, b) => publishedAt(a) - publishedAt(b));
}

/** Splits events into runs of neighbours that tell PagerDuty to do the same thing. */
export function runsOf(events: readonly EventRecord[]): EventRecord[][] {
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

/**
 * The last event that was delivered of each group, as far as this instance of the function remembers. It catches a
 * notification that SNS delivers late or a second time: an incident that was resolved is not opened again by it. The queue
 * hands the messages of a group to one instance at a time, and mostly to the same one.
 */
export class DeliveredEvents {
  private readonly lastByGroup = new Map<string, number>();

  constructor(private readonly capacity = 10_000) {}

  isOutdated(event: EventRecord): boolean {
    const last = this.lastByGroup.get(event.record.group);
    return last !== undefined && publishedAt(event) < last;
  }

  remember(event: EventRecord): void {
    const { group } = event.record;
    const at = publishedAt(event);
    if (Number.isNaN(at)) return;
    // Set anew, a group moves to the end of the map: the first one is the one that has been quiet for longest.
    this.lastByGroup.delete(group);
    this.lastByGroup.set(group, at);
    const [longestQuiet] = this.lastByGroup.keys();
    if (this.lastByGroup.size > this.capacity) this.lastByGroup.delete(longestQuiet);
  }
}
