import { errorsOfEvent, type AcceptedEvent } from '../../pagerduty/event-rules';
import { Incidents, type Effect } from '../../pagerduty/incidents';
import type { Faults, RandomFault } from '../faults';
import type { HeldRequest } from '../functions/function-server';
import { json, type Reply, type Treatment } from '../functions/reply';
import type { Random } from '../random';
import type { Simulation } from '../time/simulation';

/** An event that PagerDuty accepted, in the order in which it did. */
export interface Acceptance {
  readonly at: number;
  readonly routingKey: string;
  readonly dedupKey: string;
  readonly action: AcceptedEvent['event_action'];
  readonly summary: string;
  readonly change: Effect['change'];
}

/** What all requests, or those of one endpoint, meet for a time. */
export type Trouble =
  | { readonly kind: 'outage' }
  | { readonly kind: 'outage of a key'; readonly routingKey: string }
  /** If refused requests count, too, each of them delays the others. */
  | { readonly kind: 'rate limit'; readonly eventsPerMinute: number; readonly isRefusalCounted?: boolean }
  | { readonly kind: 'silence'; readonly endpoint: string };

/** Faults in which the event never reaches PagerDuty, or PagerDuty does not take it. */
const ANSWERS: Partial<Record<RandomFault, (random: Random, now: number) => Reply>> = {
  'PagerDuty answers 5xx': (random) => ({ kind: 'http', status: random.pick([500, 502, 503, 504]), body: 'upstream connect error' }),
  'PagerDuty answers 429 with Retry-After': (random, now) => ({
    kind: 'http',
    status: 429,
    body: '429 - Request Limit Exceeded',
    headers: { 'retry-after': random.chance(0.5) ? String(random.integer(1, 90)) : new Date(now + random.integer(1, 90) * 1000).toUTCString() },
  }),
  'PagerDuty answers 429': () => ({ kind: 'http', status: 429, body: '429 - Request Limit Exceeded' }),
  'connection reset before PagerDuty has the event': () => ({ kind: 'reset' }),
  'PagerDuty does not answer': () => ({ kind: 'silence' }),
  'answer 101': () => ({ kind: 'raw', text: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: foo\r\nConnection: Upgrade\r\n\r\n' }),
  'proxy answers 200 with HTML': () => ({ kind: 'http', status: 200, body: '<html><title>Sign in</title></html>' }),
  'proxy answers 204': () => ({ kind: 'http', status: 204 }),
  'answer 202 that is not PagerDuty\'s': () => json(202, { status: 'invalid event' }),
  'proxy answers 404': () => ({ kind: 'http', status: 404, body: '<html>404 Not Found</html>' }),
  'answer 402': () => ({ kind: 'http', status: 402, body: 'Payment Required' }),
  'proxy answers 407': () => ({ kind: 'http', status: 407, body: '<html>Proxy Authentication Required</html>' }),
  'proxy answers 400 with HTML': () => ({ kind: 'http', status: 400, body: '<html><h1>400 Bad Request</h1></html>' }),
  'PagerDuty rejects the event': () => json(400, { status: 'invalid event', message: 'Event object is invalid', errors: ["'payload.severity' is invalid"] }),
  'deliver killed before the POST': () => ({ kind: 'kill' }),
};

/** Faults in which PagerDuty has the event, and the function does not learn of it. */
const LOSSES: Partial<Record<RandomFault, Reply>> = {
  'connection reset after PagerDuty has the event': { kind: 'reset' },
  'PagerDuty has the event and does not answer': { kind: 'silence' },
  'deliver killed between the POST and the answer': { kind: 'kill' },
};

const KINDS = [...Object.keys(ANSWERS), ...Object.keys(LOSSES)] as RandomFault[];

/** The Events API v2 and the incidents behind it, with everything that can stand before it. */
export class PagerDutyService {
  public readonly incidents = new Incidents();
  public readonly acceptances: Acceptance[] = [];
  public requests = 0;
  public trouble?: Trouble;
  private readonly keys = new Set<string>();
  private readonly takenSummaries = new Set<string>();
  private readonly recent = new Map<string, number[]>();

  constructor(private readonly simulation: Simulation, private readonly random: Random, private readonly faults: Faults) {}

  /** Routing keys that exist from now on. */
  public addKeys(keys: Iterable<string>): void {
    for (const key of keys) {
      this.keys.add(key);
    }
  }

  public treat(held: HeldRequest): Treatment {
    this.requests += 1;
    const event = JSON.parse(held.body) as AcceptedEvent;
    const latencyMs = this.random.integer(20, 180);
    const troubled = this.troubleFor(held.request.url ?? '', event);
    if (troubled !== undefined) {
      return { latencyMs, reply: troubled };
    }
    const fault = this.faults.oneOf(KINDS);
    // PagerDuty does not reject an event that it has taken before, nor the resolve of one: they have the same payload.
    const isTaken = this.takenSummaries.has(event.payload?.summary ?? '');
    const answer = fault === undefined || (isTaken && fault === 'PagerDuty rejects the event') ? undefined : ANSWERS[fault]?.(this.random, this.simulation.now);
    if (answer !== undefined) {
      return { latencyMs, reply: answer };
    }
    const loss = fault === undefined ? undefined : LOSSES[fault];
    return {
      latencyMs,
      act: () => {
        const taken = this.enqueue(event);
        return loss ?? taken;
      },
    };
  }

  private troubleFor(path: string, event: AcceptedEvent): Reply | undefined {
    const { trouble } = this;
    switch (trouble?.kind) {
      case 'outage': return { kind: 'http', status: 503, body: 'Service Unavailable' };
      case 'outage of a key': return event.routing_key === trouble.routingKey ? { kind: 'http', status: 500, body: '' } : undefined;
      case 'silence': return path.includes(`/${trouble.endpoint}/`) ? { kind: 'silence' } : undefined;
      case 'rate limit': {
        const minute = (this.recent.get(event.routing_key) ?? []).filter((at) => this.simulation.now - at < 60_000);
        const isAllowed = minute.length < trouble.eventsPerMinute;
        this.recent.set(event.routing_key, isAllowed || trouble.isRefusalCounted === true ? [...minute, this.simulation.now] : minute);
        return isAllowed ? undefined : { kind: 'http', status: 429, body: '429 - Request Limit Exceeded' };
      }
      default: return undefined;
    }
  }

  private enqueue(event: AcceptedEvent): Reply {
    const errors = errorsOfEvent(event);
    if (errors.length > 0) {
      return json(400, { status: 'invalid event', message: 'Event object is invalid', errors });
    }
    if (!this.keys.has(event.routing_key)) {
      return { kind: 'http', status: 400, body: 'Invalid routing key' };
    }
    const { now } = this.simulation;
    const dedupKey = event.dedup_key ?? '';
    const { change } = this.incidents.apply(event, dedupKey, new Date(now).toISOString());
    this.takenSummaries.add(event.payload?.summary ?? '');
    this.acceptances.push({ at: now, routingKey: event.routing_key, dedupKey, action: event.event_action, summary: event.payload?.summary ?? '', change });
    return json(202, { status: 'success', message: 'Event processed', dedup_key: dedupKey });
  }
}
