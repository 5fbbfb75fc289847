import { playIn, type ChaosOptions, type ChaosResult } from '../run';
import { receiverOf, type World } from '../world';

/** A flood of notifications for one routing key, while PagerDuty limits the rate and counts refused requests, too. */
export interface StormOptions extends Pick<ChaosOptions, 'seed' | 'events' | 'assembly' | 'onProgress'> {
  readonly groups: number;
  readonly eventsPerMinute: number;
}

export interface StormResult {
  readonly chaos: ChaosResult;
  readonly requests: number;
  readonly accepted: number;
  /** Requests for each event that PagerDuty needed. */
  readonly ratio: number;
  /** Minutes until each group had its first page, and until nothing waited. */
  readonly firstPagesAfterMinutes: number;
  readonly doneAfterMinutes: number;
  /** SQS gives a message up after a thousand. */
  readonly maxReceives: number;
}

/** The bar: requests for each event needed. */
export const MAX_RATIO = 1.2;

/** As many as the construct allows by default. */
const INSTANCES = { receive: 10, deliver: 10 };

const MINUTE_MS = 60_000;
const MAX_STEPS_PER_EVENT = 1000;

/** A line of progress comes every few seconds. */
const STEPS_PER_LINE = 20_000;

export async function playStorm({ seed, events, groups, eventsPerMinute, assembly, onProgress }: StormOptions): Promise<StormResult> {
  let measured: Omit<StormResult, 'chaos'> | undefined;
  const chaos = await playIn({ seed, assembly, incidents: groups, instances: INSTANCES }, async (world) => {
    const { simulation, pagerDuty, alertmanager, notifications, queue } = world;
    pagerDuty.trouble = { kind: 'rate limit', eventsPerMinute, isRefusalCounted: true };
    const startedAt = simulation.now;
    const incidents = incidentsOf('primary', groups, world);
    for (let index = 0; index < events; index += 1) {
      const incident = incidents[index % groups] as number;
      const action = Math.floor(index / groups) % 2 === 0 ? 'trigger' : 'resolve';
      // All within a second, those of a group in order.
      simulation.after(Math.floor(index / events * 1000), () => notifications.deliver(alertmanager.publishOf(incident, action, simulation.now)));
    }
    await simulation.run(() => {
      if (simulation.steps % STEPS_PER_LINE === 0) {
        const minutesGone = ((simulation.now - startedAt) / MINUTE_MS).toFixed(1);
        onProgress?.(`after ${minutesGone} simulated minutes: ${queue.size} messages in the queue, ${pagerDuty.acceptances.length} events accepted`);
      }
      if (simulation.steps > events * MAX_STEPS_PER_EVENT) {
        throw new Error('the storm did not end');
      }
    });
    const minutes = (at: number): number => (at - startedAt) / MINUTE_MS;
    const firstPages = new Map<string, number>();
    for (const { dedupKey, at } of pagerDuty.acceptances.filter(({ action }) => action === 'trigger')) {
      firstPages.set(dedupKey, firstPages.get(dedupKey) ?? at);
    }
    const { requests, acceptances } = pagerDuty;
    measured = {
      requests,
      accepted: acceptances.length,
      ratio: requests / acceptances.length,
      firstPagesAfterMinutes: firstPages.size === groups ? minutes(Math.max(...firstPages.values())) : Infinity,
      doneAfterMinutes: minutes(Math.max(...acceptances.map(({ at }) => at))),
      maxReceives: queue.maxReceives,
    };
  });
  return { chaos, ...measured as Omit<StormResult, 'chaos'> };
}

/** So many incidents of one receiver. */
export function incidentsOf(receiver: string, count: number, { receivers }: Pick<World, 'receivers'>): number[] {
  const incidents: number[] = [];
  for (let incident = 1; incidents.length < count; incident += 1) {
    if (receiverOf(incident, receivers).receiver === receiver) {
      incidents.push(incident);
    }
  }
  return incidents;
}

export function describeStorm({ requests, accepted, ratio, firstPagesAfterMinutes, doneAfterMinutes, maxReceives }: StormResult): string {
  return [
    `${requests} requests to PagerDuty, ${accepted} accepted: ${ratio.toFixed(3)} requests for each event needed (at most ${MAX_RATIO})`,
    `first page of each group after ${firstPagesAfterMinutes.toFixed(1)} minutes, nothing left after ${doneAfterMinutes.toFixed(1)}`,
    `a message was received ${maxReceives} times at most`,
  ].join('\n');
}
