import { createHash, randomUUID } from 'crypto';
import type { IncomingMessage, ServerResponse } from 'http';
import { errorsOfEvent, type AcceptedEvent } from './event-rules';
import { FAULT_MODES, type Attempt, type Fault, type FaultMode, type FaultPlan } from './faults';
import { Incidents, type Effect } from './incidents';
import { Page, type PageAction } from './page';
import { RateLimit } from './rate-limit';
import type { ReceivedEvent } from './received-event';
import { PagerDutyLimit } from '../../src/contract/pagerduty-event';
import { readBody, sendJson, serve, type LoopbackServer } from '../net/loopback';
import { sleep } from '../processes/wait';
import type { ReceiverSimulator } from '../receivers/receiver-simulator';

export interface SimulatorOptions {
  /** The port of the Events API and of the page; a free one by default. */
  readonly port?: number;
  /** Routing keys that exist, by name. Without them every well-formed key exists. */
  readonly routingKeys?: Readonly<Record<string, string>>;
  /** Events a minute for one routing key, above which 429 is answered; no limit by default. */
  readonly eventsPerMinute?: number;
  /** What the page lets its reader do. */
  readonly actions?: readonly PageAction[];
  /** Whose calls the page lists beside the incidents. */
  readonly receivers?: readonly ReceiverSimulator[];
}

/** The path of the Events API v2. A longer path that ends like this is another endpoint of the same account. */
export const EVENTS_PATH = '/v2/enqueue';

/**
 * PagerDuty's Events API v2 on this machine: its validation and answers, alerts and incidents, faults on demand, and a page
 * that shows it live.
 */
export class PagerDutySimulator {
  public static async start(options: SimulatorOptions = {}): Promise<PagerDutySimulator> {
    const simulator = new PagerDutySimulator(options);
    simulator.server = await serve((request, response) => simulator.handle(request, response), options.port);
    return simulator;
  }

  /** Every request so far, oldest first. */
  public readonly received: ReceivedEvent[] = [];
  public readonly incidents = new Incidents();
  /** Decides what goes wrong; nothing does without a plan. */
  public faults?: FaultPlan;
  private mode: FaultMode = 'none';
  private readonly page: Page;
  private readonly rateLimit?: RateLimit;
  private readonly listeners = new Set<(event: ReceivedEvent) => void>();
  private server?: LoopbackServer;

  private routingKeys?: Readonly<Record<string, string>>;

  private constructor(options: SimulatorOptions) {
    this.routingKeys = options.routingKeys;
    this.rateLimit = options.eventsPerMinute === undefined ? undefined : new RateLimit(options.eventsPerMinute);
    this.page = new Page({
      incidents: () => this.incidents.all,
      received: () => this.received,
      keyName: (key) => this.keyName(key),
      faultMode: () => this.mode,
      setFaultMode: (mode) => this.setFaultMode(mode),
      actions: options.actions ?? [],
      receivers: options.receivers ?? [],
    });
    options.receivers?.forEach((receiver) => receiver.onChange(() => this.page.changed()));
  }

  /** Where the page is. */
  public get url(): string {
    return this.server?.url ?? '';
  }

  /** The address of the Events API, for an endpoint of this name. */
  public endpoint(name?: string): string {
    return `${this.url}${name === undefined ? '' : `/endpoints/${encodeURIComponent(name)}`}${EVENTS_PATH}`;
  }

  /** The events that PagerDuty accepted, oldest first. */
  public get accepted(): AcceptedEvent[] {
    return this.received.filter(({ effect }) => effect !== undefined).map(({ event }) => event as AcceptedEvent);
  }

  /** How everything is answered at this moment. */
  public get faultMode(): FaultMode {
    return this.mode;
  }

  /** Answers everything like this from now on; the plan in `faults` is asked first. */
  public setFaultMode(mode: FaultMode): void {
    this.mode = mode;
    this.page.changed();
  }

  /** Makes routing keys exist, by name, besides those that do. */
  public addRoutingKeys(keys: Readonly<Record<string, string>>): void {
    this.routingKeys = { ...this.routingKeys, ...keys };
  }

  /** Calls back for every request from now on. Returns how to stop. */
  public onReceived(listener: (event: ReceivedEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The name of a routing key, or the end of a hash of it: keys are shown nowhere. */
  public keyName(key: string): string {
    const named = Object.entries(this.routingKeys ?? {}).find(([, value]) => value === key);
    return named?.[0] ?? `key ${createHash('sha256').update(key).digest('hex').slice(0, 6)}`;
  }

  public async close(): Promise<void> {
    this.page.close();
    await this.server?.close();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', this.url);
    if (request.method === 'POST' && pathname.endsWith(EVENTS_PATH)) {
      await this.enqueue(pathname, await readBody(request), response);
    } else {
      await this.page.handle(request, response, pathname);
    }
  }

  private async enqueue(path: string, body: Buffer, response: ServerResponse): Promise<void> {
    const event = parse(body);
    const number = this.received.length + 1;
    // The place in the list is taken at once: requests that are delayed must not be counted twice.
    this.received.push({ number, at: Date.now(), path, event });
    const fault = this.faults?.(attemptOf(number, path, event)) ?? FAULT_MODES[this.mode];
    if (fault?.delay !== undefined) {
      await sleep(fault.delay);
    }
    if (fault?.drop === 'before') {
      this.record(number, {});
      response.destroy();
      return;
    }
    if (fault?.status !== undefined) {
      this.record(number, { status: fault.status });
      answerFault(response, fault);
      return;
    }
    const answer = this.answer(body, event);
    this.record(number, fault?.drop === 'after' ? { ...answer, status: undefined } : answer);
    if (fault?.drop === 'after') {
      response.destroy();
    } else if (typeof answer.body === 'string') {
      response.writeHead(answer.status, { 'content-type': 'text/plain' });
      response.end(answer.body);
    } else {
      sendJson(response, answer.status, answer.body);
    }
  }

  private answer(body: Buffer, event: unknown): { status: number; body: unknown; effect?: Effect; errors?: string[] } {
    if (body.length > PagerDutyLimit.EVENT_BYTES) {
      return invalid([`The event is too large (${body.length} bytes; maximum is 512 KB)`]);
    }
    const errors = event === undefined ? ['The body is not valid JSON'] : errorsOfEvent(event);
    if (errors.length > 0) {
      return invalid(errors);
    }
    const accepted = event as AcceptedEvent;
    const { routingKeys } = this;
    if (routingKeys && !Object.values(routingKeys).includes(accepted.routing_key)) {
      return { status: 400, body: 'Invalid routing key', errors: ['Invalid routing key'] };
    }
    if (this.rateLimit && !this.rateLimit.allows(accepted.routing_key)) {
      return { status: 429, body: FAULT_MODES.throttled?.body, errors: ['more events than allowed for this routing key'] };
    }
    const dedupKey = accepted.dedup_key ?? randomUUID();
    const effect = this.incidents.apply(accepted, dedupKey, new Date().toISOString());
    return { status: 202, body: { status: 'success', message: 'Event processed', dedup_key: dedupKey }, effect };
  }

  private record(number: number, outcome: { status?: number; effect?: Effect; errors?: readonly string[] }): void {
    const { status, effect, errors } = outcome;
    const received: ReceivedEvent = { ...this.received[number - 1] as ReceivedEvent, status, effect, errors };
    this.received[number - 1] = received;
    this.listeners.forEach((listener) => listener(received));
    this.page.changed();
  }
}

function invalid(errors: string[]): { status: number; body: unknown; errors: string[] } {
  return { status: 400, body: { status: 'invalid event', message: 'Event object is invalid', errors }, errors };
}

function answerFault(response: ServerResponse, { status = 500, headers, body }: Fault): void {
  response.writeHead(status, { 'content-type': 'text/plain', ...headers });
  response.end(body ?? '');
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function attemptOf(number: number, path: string, event: unknown): Attempt {
  const { dedup_key: dedupKey, event_action: action } = (event ?? {}) as Partial<AcceptedEvent>;
  return { number, path, dedupKey, action };
}
