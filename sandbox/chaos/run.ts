import { createHash } from 'crypto';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { planChapters, redrive, resolveFormerIncidents, scheduleChapter, type Chapter } from './chapter';
import type { Fault } from './faults';
import { judge, type Finding, type Verdicts } from './oracle';
import { Random } from './random';
import { judgeCalls } from './webhooks/judge-calls';
import { createWorld, receiverOf, type World, type WorldOptions } from './world';
import { synthesize } from '../assembly/synthesize';
import { Processes } from '../processes/processes';

export interface ChaosOptions extends Pick<WorldOptions, 'forgetfulTable' | 'deliverCode' | 'notifyCode'> {
  /** The same seed and number of notifications make the same run. */
  readonly seed: number;
  /** How many notifications Alertmanager publishes. */
  readonly events: number;
  /** A cloud assembly of `sandbox/chaos/app.ts`; synthesized by default. */
  readonly assembly?: string;
  readonly onProgress?: (text: string) => void;
}

export interface ChaosResult {
  readonly faults: ReadonlyMap<Fault, number>;
  readonly verdicts: Verdicts;
  readonly findings: readonly Finding[];
  readonly summary: Summary;
  /** Identifies everything that PagerDuty and the webhook have seen, and when. */
  readonly digest: string;
}

export interface Summary {
  readonly published: number;
  readonly requests: number;
  readonly accepted: number;
  readonly incidents: number;
  /** Triggers that the function itself reported as unpaged: they came after their resolve and after the retry window. */
  readonly reportedUnpaged: number;
  /** Notifications that the webhook accepted. */
  readonly webhookCalls: number;
  readonly coldStarts: { readonly receive: number; readonly deliver: number; readonly notify: number };
  readonly simulatedHours: number;
}

/** A run that has not ended after so many steps for each notification never will. */
const MAX_STEPS_PER_NOTIFICATION = 3000;
const MAX_REDRIVES = 20;

/** Plays a run to its end, and compares what PagerDuty shows with what Alertmanager said. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  return playIn({ ...options, incidents: Math.max(6, Math.ceil(options.events / 25)) }, async (world) => play(world, options));
}

/** Plays something in a world of its own, to the end. */
export async function playIn(
  options: Omit<ChaosOptions, 'events' | 'onProgress'> & Pick<WorldOptions, 'incidents' | 'instances'>, playAll: (world: World) => Promise<void>,
): Promise<ChaosResult> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'chaos-'));
  const processes = new Processes(directory);
  try {
    const assembly = options.assembly ?? path.join(directory, 'cdk.out');
    if (options.assembly === undefined) {
      await synthesize('sandbox/chaos/app.ts', assembly);
    }
    const reports = new Reports();
    const world = await createWorld({ ...options, assembly, processes, onLine: (line) => reports.read(line) });
    try {
      await playAll(world);
      // What the functions printed is read to its end before it counts.
      await processes.close();
      return resultOf(world, reports);
    } finally {
      await world.close();
    }
  } finally {
    await processes.close();
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

const DESCRIPTIONS: Readonly<Record<Chapter['phase'], string>> = {
  'everything': 'everything but faults of the table', 'table': 'faults of the table', 'former key': 'rotation after faults of the table',
};

async function play(world: World, { seed, events, onProgress }: ChaosOptions): Promise<void> {
  const random = Random.derive(seed, 'chapters');
  const chapters = planChapters(events);
  const maxSteps = 50_000 + events * MAX_STEPS_PER_NOTIFICATION;
  const untilQuiet = async (): Promise<void> => world.simulation.run(() => {
    if (world.simulation.steps > maxSteps) {
      throw new Error(`the run did not end within ${maxSteps} steps: events go around in circles`);
    }
  });
  for (const [index, chapter] of chapters.entries()) {
    const resolved = resolveFormerIncidents(chapter, world);
    await untilQuiet();
    scheduleChapter({ ...chapter, notifications: chapter.notifications - resolved }, world, random);
    await untilQuiet();
    const failed = (): number => world.deadLetterQueue.size + world.webhooks.deadLetterQueue.size + world.notifications.pending;
    for (let count = 0; count < MAX_REDRIVES && failed() > 0; count += 1) {
      redrive(world);
      world.notifications.redrive();
      await untilQuiet();
    }
    const kinds = DESCRIPTIONS[chapter.phase];
    onProgress?.(`part ${index + 1} of ${chapters.length} (${kinds}): ${world.alertmanager.publications.length} of ${events} notifications, ${world.pagerDuty.requests} requests to PagerDuty`);
  }
  world.faults.phase = 'none';
  redrive(world);
  world.notifications.redrive();
  await untilQuiet();
}

/** What the functions said about notifications that they did not send. */
class Reports {
  public readonly skipped = new Set<number>();
  public readonly unpaged = new Set<number>();
  public readonly deadLettered = new Set<number>();
  public readonly skippedByWebhook = new Set<number>();

  public read(line: string): void {
    const outcome = /"outcome":"(coalesced|outdated|unpaged|dead-lettered)"/.exec(line)?.[1];
    const [, kind, digits] = /"notificationId":"(notification|webhook)-(\d+)"/.exec(line) ?? [];
    const number = Number(digits ?? NaN);
    if (kind === 'webhook') {
      if (outcome === 'outdated') {
        this.skippedByWebhook.add(number);
      }
    } else if (outcome === 'unpaged') {
      this.unpaged.add(number);
    } else if (outcome === 'dead-lettered') {
      this.deadLettered.add(number);
    } else if (outcome !== undefined) {
      this.skipped.add(number);
    }
  }
}

function resultOf(world: World, { skipped, unpaged, deadLettered, skippedByWebhook }: Reports): ChaosResult {
  const { simulation, faults, alertmanager, pagerDuty, queue, deadLetterQueue, notifications, receive, deliver, webhooks, receivers, secret } = world;
  const { verdicts, findings } = judge({
    publications: alertmanager.publications,
    acceptances: pagerDuty.acceptances,
    incidents: pagerDuty.incidents.all,
    receiverOf: (incident) => receiverOf(incident, receivers).receiver,
    keyOwners: secret.owners,
    left: queue.size + deadLetterQueue.size + webhooks.queue.size + webhooks.deadLetterQueue.size + notifications.pending,
    skipped,
    unpaged,
    deadLettered,
    more: judgeCalls({
      publications: alertmanager.publications.filter(({ incident }) => receiverOf(incident, receivers).hasWebhook),
      calls: webhooks.service.calls,
      skipped: skippedByWebhook,
    }),
  });
  const summary: Summary = {
    published: alertmanager.publications.length,
    requests: pagerDuty.requests,
    accepted: pagerDuty.acceptances.length,
    incidents: pagerDuty.incidents.all.length,
    reportedUnpaged: unpaged.size,
    webhookCalls: webhooks.service.calls.length,
    coldStarts: { receive: receive.coldStarts, deliver: deliver.coldStarts, notify: webhooks.notify.coldStarts },
    simulatedHours: (simulation.now - (alertmanager.publications[0]?.at ?? simulation.now)) / 3_600_000,
  };
  const history = JSON.stringify([pagerDuty.acceptances, webhooks.service.calls, [...faults.counts].sort(), simulation.steps, simulation.now]);
  return { faults: faults.counts, verdicts, findings, summary, digest: createHash('sha256').update(history).digest('hex').slice(0, 16) };
}
