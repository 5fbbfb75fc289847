import { deliverBatch, type BatchResponse } from '../../../../lambda/deliver/deliver-batch';
import type { DeliverCollaborators } from '../../../../lambda/deliver/deliver-group';
import type { HttpAnswer } from '../../../../lambda/deliver/http';
import { Lanes } from '../../../../lambda/deliver/pace/lanes';
import { RoutingKeyCache } from '../../../../lambda/deliver/routing-key-cache';
import type { Clock } from '../../../../lambda/shared/clock';
import { DeliveryHistory } from '../../../../lambda/shared/watermark/delivery-history';
import { SharedTable } from '../../../../lambda/shared/watermark/shared-table';
import type { QueuedEvent } from '../../../../src/contract/queued-event';
import { RecordedTelemetry } from '../../notifications';
import { queuedEvent } from '../events';
import { QueueSimulation } from '../queue-simulation';
import { TableSimulation } from '../table-simulation';

/** A model of the path from SNS to PagerDuty around the real deliver code: queue, table, instances, and faults. */

/** What happens to one request. `lost`: PagerDuty accepts it, and the answer never arrives. */
export type Fate = 'accepted' | 'unavailable' | 'no answer' | 'lost' | 'key refused' | 'limited';

/** An invocation is killed before its n-th step of this kind. */
export interface Kill {
  readonly before: 'post' | 'answer' | 'table' | 'report';
  readonly count: number;
}

/** How SNS and Lambda hand over one publication. */
export interface Handover {
  /** So many publications are handed over before it that came after it. */
  readonly lateBy: number;
  /** It is handed over once more, so many publications later, past the deduplication of the queue. */
  readonly againAfter?: number;
}

export interface PathRun {
  /** Publications of Alertmanager, a second apart. */
  readonly publications: ReadonlyArray<readonly [dedupKey: string, action: 'trigger' | 'resolve']>;
  readonly handovers: readonly Handover[];
  readonly fates: readonly Fate[];
  readonly kills: ReadonlyArray<Kill | undefined>;
  readonly instances: number;
  readonly batchSize: number;
  /** Hours during which nobody answers, from the first publication on. */
  readonly outageHours?: number;
}

export interface PathOutcome {
  readonly published: readonly QueuedEvent[];
  /** What PagerDuty accepted, in order. */
  readonly accepted: readonly AcceptedEvent[];
  readonly left: number;
  readonly telemetry: RecordedTelemetry;
}

export interface AcceptedEvent {
  readonly dedupKey: string;
  readonly action: 'trigger' | 'resolve';
  /** Which of the publications it was made of. */
  readonly index: number;
}

const START = Date.parse('2026-03-01T10:00:00Z');
const VISIBILITY_SECONDS = 150;
const RETRY_WINDOW_SECONDS = 86_400;
const ANSWERS: Readonly<Record<Exclude<Fate, 'no answer' | 'lost'>, HttpAnswer>> = {
  'accepted': { status: 202, body: '{"status":"success"}', isComplete: true },
  'unavailable': { status: 503, body: '', isComplete: true },
  'key refused': { status: 400, body: 'Invalid routing key', isComplete: true },
  'limited': { status: 429, body: '', isComplete: true },
};

/** Plays a run to its end, redrives what is in the dead-letter queue, and plays on. */
export async function play(run: PathRun): Promise<PathOutcome> {
  const queue = new QueueSimulation(VISIBILITY_SECONDS);
  const clock: Clock = { now: () => START + queue.now * 1000, random: () => 0.5, sleep: async () => undefined };
  const items = new TableSimulation();
  const telemetry = new RecordedTelemetry();
  const accepted: AcceptedEvent[] = [];
  const fates = [...run.fates];
  const outageEnd = START + (run.outageHours ?? 0) * 3_600_000;
  const published = run.publications.map(([dedupKey, action], index) => queuedEvent(dedupKey, action, {
    publishedAt: new Date(START + index * 1000).toISOString(),
  }));

  const pagerDuty = (body: string): HttpAnswer => {
    const fate = clock.now() < outageEnd ? 'no answer' : fates.shift() ?? 'accepted';
    const { payload, dedup_key: dedupKey, event_action: action } = JSON.parse(body) as QueuedEvent['event'];
    if (fate === 'accepted' || fate === 'lost') {
      const index = published.findIndex(({ event }) => event.payload.summary === payload.summary);
      accepted.push({ dedupKey, action, index: published[index].event.event_action === action ? index : resolveAfter(index, dedupKey) });
    }
    if (fate === 'lost' || fate === 'no answer') throw new Error('no answer');
    return ANSWERS[fate];
  };

  /** A trigger that pages late is resolved at once, in the place of the next resolve that was published. */
  const resolveAfter = (index: number, key: string): number => {
    const earlier = accepted.filter((event) => event.dedupKey === key && event.action === 'resolve' && event.index > index).map((event) => event.index);
    const next = published.findIndex(({ event }, other) => other > index && event.dedup_key === key && event.event_action === 'resolve');
    return next === -1 ? Math.max(...earlier) : next;
  };

  const newInstance = (): Instance => new Instance(queue, items, telemetry, clock, pagerDuty);
  const instances = Array.from({ length: run.instances }, newInstance);
  const kills = [...run.kills];
  let invocations = 0;
  const drain = async (waiting: QueuedEvent[]): Promise<void> => {
    for (let round = 0; round < 3000 && (waiting.length > 0 || queue.length > 0); round++) {
      const next = waiting.shift();
      if (next !== undefined) queue.send(next, clock.now());
      const batch = queue.receive(run.batchSize);
      if (batch === undefined) {
        queue.advance();
        continue;
      }
      const index = invocations++ * 7 % run.instances;
      const response = await instances[index].deliver(batch, kills.shift());
      if (response === undefined) instances[index] = newInstance();
      else queue.settle(batch, response.batchItemFailures);
      if (next !== undefined) queue.now += 1;
    }
  };
  await drain(inHandedOverOrder(published, run.handovers));
  for (let redrives = 0; queue.deadLettered.length > 0 && redrives < 5; redrives++) {
    queue.now = Math.max(queue.now + 3600, (outageEnd - START) / 1000);
    await drain(queue.deadLettered.splice(0).map(({ body }) => JSON.parse(body) as QueuedEvent));
  }
  return { published, accepted, left: queue.length + queue.deadLettered.length, telemetry };
}

function inHandedOverOrder(published: readonly QueuedEvent[], handovers: readonly Handover[]): QueuedEvent[] {
  return published
    .flatMap((event, index) => {
      const { lateBy, againAfter } = handovers[index] ?? { lateBy: 0 };
      const again = againAfter === undefined ? [] : [{ event, at: index + againAfter + 0.25 }];
      return [{ event, at: index + lateBy + 0.5 * Math.sign(lateBy) }, ...again];
    })
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event);
}

/** One instance of the function, which can be killed at any step: from then on, nothing of it happens anymore. */
class Instance {
  private readonly collaborators: DeliverCollaborators;
  private kill?: Kill;
  private steps = new Map<string, number>();
  private isDead = false;
  private die?: () => void;

  constructor(
    queue: QueueSimulation, items: TableSimulation, telemetry: RecordedTelemetry, clock: Clock, pagerDuty: (body: string) => HttpAnswer,
  ) {
    const table = new SharedTable({
      read: async (ids) => this.step('table', async () => items.read(ids)),
      update: async (id, update) => this.step('table', async () => items.update(id, update)),
    }, telemetry, clock);
    this.collaborators = {
      keys: new RoutingKeyCache(async () => ({ content: { kind: 'key', key: 'k'.repeat(32) }, createdAt: 0 }), ['db'], clock.now),
      post: async (_url, body) => this.step('post', async () => {
        try {
          return await this.step('answer', async () => pagerDuty(body), true);
        } catch (error) {
          if (this.isDead) await forever();
          throw error;
        }
      }),
      endpoints: new Map([['us', new URL('http://127.0.0.1/')]]),
      defaultEndpoint: 'us',
      queue,
      telemetry,
      clock,
      table,
      history: new DeliveryHistory(table),
      lanes: new Lanes(table, clock),
      retryWindowSeconds: RETRY_WINDOW_SECONDS,
    };
  }

  /** `undefined` when it was killed. */
  async deliver(batch: unknown, kill?: Kill): Promise<BatchResponse | undefined> {
    this.kill = kill;
    this.steps = new Map();
    const killed = new Promise<undefined>((resolve) => { this.die = () => resolve(undefined); });
    const running = (async () => {
      const response = await deliverBatch(batch, this.collaborators, () => 25_000);
      return this.step('report', async () => response);
    })();
    return Promise.race([running, killed]);
  }

  /** Takes a step; killed before it, or after it for an answer that nobody reads anymore. */
  private async step<T>(kind: Kill['before'], action: () => Promise<T>, isAfter = false): Promise<T> {
    const count = (this.steps.get(kind) ?? 0) + 1;
    this.steps.set(kind, count);
    const isHere = this.kill?.before === kind && this.kill.count === count;
    if (isHere && isAfter) await action().catch(() => undefined);
    if (isHere) {
      this.isDead = true;
      this.die?.();
    }
    if (this.isDead) await forever();
    return action();
  }
}

async function forever(): Promise<never> {
  return new Promise<never>(() => undefined);
}
