import { incidentsOf } from './storm';
import { playIn, type ChaosOptions, type ChaosResult } from '../run';
import type { World } from '../world';

/**
 * Pages for a healthy endpoint, one after the other, while many incidents wait for an endpoint that hangs, and the webhook of the same
 * receiver hangs as well.
 */
export interface HangingOptions extends Pick<ChaosOptions, 'seed' | 'assembly' | 'onProgress'> {
  /** Incidents that wait for the endpoint that hangs. */
  readonly waiting: number;
  readonly isWebhookSilent: boolean;
}

export interface HangingResult {
  readonly chaos: ChaosResult;
  /** From the publication of each healthy page to its acceptance, in order. */
  readonly waitsMs: readonly number[];
}

/** The bar for a page of the healthy endpoint. */
export const MAX_WAIT_MS = 10_000;

const HEALTHY_PAGES = 60;
const PAUSE_MS = 3_700;
const SILENCE_MS = 10 * 60_000;

/** A line of progress comes every few seconds. */
const STEPS_PER_LINE = 20_000;
const INSTANCES = { receive: 10, deliver: 10 };

export async function playHanging({ seed, assembly, waiting, isWebhookSilent, onProgress }: HangingOptions): Promise<HangingResult> {
  let waitsMs: number[] = [];
  const chaos = await playIn({ seed, assembly, incidents: waiting, instances: INSTANCES }, async (world) => {
    const { simulation, pagerDuty, webhooks } = world;
    pagerDuty.trouble = { kind: 'silence', endpoint: hangingEndpoint(world) };
    webhooks.service.isSilent = isWebhookSilent;
    const publish = (incident: number): void => world.notifications.deliver(world.alertmanager.publishOf(incident, 'trigger', simulation.now));
    for (const [index, incident] of incidentsOf('europe', waiting, world).entries()) {
      simulation.after(index, () => publish(incident));
    }
    const healthy = incidentsOf('database', HEALTHY_PAGES, world);
    healthy.forEach((incident, index) => simulation.after(500 + index * PAUSE_MS, () => publish(incident)));
    simulation.after(SILENCE_MS, () => {
      pagerDuty.trouble = undefined;
      webhooks.service.isSilent = false;
    });
    const startedAt = simulation.now;
    await simulation.run(() => {
      if (simulation.steps % STEPS_PER_LINE === 0) {
        const minutesGone = ((simulation.now - startedAt) / 60_000).toFixed(1);
        onProgress?.(`after ${minutesGone} simulated minutes: ${world.queue.size} messages in the queue, ${pagerDuty.acceptances.length} events accepted`);
      }
    });
    const publications = world.alertmanager.publications.filter(({ incident }) => healthy.includes(incident));
    waitsMs = publications.map(({ number, at }) => (
      (pagerDuty.acceptances.find(({ summary }) => summary === `publication ${number}`)?.at ?? Infinity) - at));
  });
  return { chaos, waitsMs };
}

/** The endpoint of the receiver `europe`, by the name that the deliver function knows. */
function hangingEndpoint({ endpoints, defaultEndpoint }: World): string {
  const other = endpoints.find((name) => name !== defaultEndpoint);
  if (other === undefined) {
    throw new Error('the assembly has one endpoint only');
  }
  return other;
}
