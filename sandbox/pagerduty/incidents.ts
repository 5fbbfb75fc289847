import type { AcceptedEvent } from './event-rules';

export type IncidentState = 'triggered' | 'acknowledged' | 'resolved';

/** An entry of an incident's timeline. */
export interface IncidentEntry {
  readonly at: string;
  readonly action: AcceptedEvent['event_action'];
  readonly summary?: string;
  readonly severity?: string;
}

/** An incident as the events have made it. */
export interface Incident {
  readonly number: number;
  readonly routingKey: string;
  readonly dedupKey: string;
  readonly state: IncidentState;
  /** The summary of the event that opened it: PagerDuty does not change the title of an incident. */
  readonly title: string;
  readonly openedAt: string;
  readonly resolvedAt?: string;
  /** The event that said something last. */
  readonly latest: AcceptedEvent;
  readonly entries: readonly IncidentEntry[];
}

/** What an event did: nothing, when it was about an incident that is not open. */
export interface Effect {
  readonly incident?: Incident;
  readonly change: 'opened' | 'updated' | 'acknowledged' | 'resolved' | 'none';
}

/**
 * Incidents by routing key and dedup key. A trigger opens an incident or adds to the open one; a resolved incident stays
 * resolved, and the next trigger opens a new one; acknowledge and resolve without an open incident do nothing.
 */
export class Incidents {
  private readonly incidents: Incident[] = [];
  private readonly open = new Map<string, number>();

  /** Newest first. */
  public get all(): readonly Incident[] {
    return [...this.incidents].reverse();
  }

  /** The open incident with these keys. */
  public openWith(routingKey: string, dedupKey: string): Incident | undefined {
    const index = this.open.get(keyOf(routingKey, dedupKey));
    return index === undefined ? undefined : this.incidents[index];
  }

  public apply(event: AcceptedEvent, dedupKey: string, at: string): Effect {
    const key = keyOf(event.routing_key, dedupKey);
    const index = this.open.get(key);
    const incident = index === undefined ? undefined : this.incidents[index];
    const entry: IncidentEntry = { at, action: event.event_action, summary: event.payload?.summary, severity: event.payload?.severity };
    if (index === undefined || incident === undefined) {
      return event.event_action === 'trigger' ? this.openIncident(key, event, dedupKey, entry) : { change: 'none' };
    }
    const changed: Incident = {
      ...incident,
      state: nextState(incident.state, event.event_action),
      resolvedAt: event.event_action === 'resolve' ? at : undefined,
      latest: event.payload === undefined ? incident.latest : event,
      entries: [...incident.entries, entry],
    };
    this.incidents[index] = changed;
    if (changed.state === 'resolved') {
      this.open.delete(key);
    }
    return { incident: changed, change: CHANGES[event.event_action] };
  }

  private openIncident(key: string, event: AcceptedEvent, dedupKey: string, entry: IncidentEntry): Effect {
    const incident: Incident = {
      number: this.incidents.length + 1,
      routingKey: event.routing_key,
      dedupKey,
      state: 'triggered',
      title: event.payload?.summary ?? '',
      openedAt: entry.at,
      latest: event,
      entries: [entry],
    };
    this.open.set(key, this.incidents.push(incident) - 1);
    return { incident, change: 'opened' };
  }
}

const CHANGES = { trigger: 'updated', acknowledge: 'acknowledged', resolve: 'resolved' } as const;

function nextState(state: IncidentState, action: AcceptedEvent['event_action']): IncidentState {
  switch (action) {
    case 'trigger': return state;
    case 'acknowledge': return 'acknowledged';
    case 'resolve': return 'resolved';
  }
}

function keyOf(routingKey: string, dedupKey: string): string {
  return JSON.stringify([routingKey, dedupKey]);
}
