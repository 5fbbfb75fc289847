import { createHash } from 'crypto';
import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { planChapters, redrive, scheduleChapter } from './chapter';
import type { Fault } from './faults';
import { judge, type Finding, type Verdicts } from './oracle';
import { Random } from './random';
import { createWorld, type World, type WorldOptions } from './world';
import { synthesize } from '../assembly/synthesize';
import { Processes } from '../processes/processes';

export interface ChaosOptions extends Pick<WorldOptions, 'forgetfulTable' | 'deliverCode'> {
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
  /** Identifies everything that PagerDuty has seen, and when. */
  readonly digest: string;
}

export interface Summary {
  readonly published: number;
  readonly requests: number;
  readonly accepted: number;
  readonly incidents: number;
  /** Triggers that the function itself reported as unpaged: they came after their resolve and after the retry window. */
  readonly reportedUnpaged: number;
  readonly coldStarts: { readonly receive: number; readonly deliver: number };
  readonly simulatedHours: number;
}

/** A run that has not ended after so many steps for each notification never will. */
const MAX_STEPS_PER_NOTIFICATION = 3000;
const MAX_REDRIVES = 20;

/** Plays a run to its end, and compares what PagerDuty shows with what Alertmanager said. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'chaos-'));
  const processes = new Processes(directory);
  try {
    const assembly = options.assembly ?? path.join(directory, 'cdk.out');
    if (options.assembly === undefined) {
      await synthesize('sandbox/chaos/app.ts', assembly);
    }
    const reports = new Reports();
    const world = await createWorld({
      ...options, assembly, processes, incidents: Math.max(6, Math.ceil(options.events / 25)), onLine: (line) => reports.read(line),
    });
    try {
      await play(world, options);
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
    scheduleChapter(chapter, world, random);
    await untilQuiet();
    for (let count = 0; count < MAX_REDRIVES && world.deadLetterQueue.size + world.notifications.pending > 0; count += 1) {
      redrive(world);
      world.notifications.redrive();
      await untilQuiet();
    }
    const kinds = chapter.phase === 'table' ? 'faults of the table' : 'everything but faults of the table';
    onProgress?.(`part ${index + 1} of ${chapters.length} (${kinds}): ${world.alertmanager.publications.length} of ${events} notifications, ${world.pagerDuty.requests} requests to PagerDuty`);
  }
  world.faults.phase = 'none';
  redrive(world);
  world.notifications.redrive();
  await untilQuiet();
}

/** What the deliver function said about notifications that it did not send. */
class Reports {
  public readonly skipped = new Set<number>();
  public readonly unpaged = new Set<number>();

  public read(line: string): void {
    const outcome = /"outcome":"(coalesced|outdated|unpaged)"/.exec(line)?.[1];
    const number = Number(/"notificationId":"notification-(\d+)"/.exec(line)?.[1] ?? NaN);
    if (outcome === 'unpaged') {
      this.unpaged.add(number);
    } else if (outcome !== undefined) {
      this.skipped.add(number);
    }
  }
}

function resultOf(world: World, { skipped, unpaged }: Reports): ChaosResult {
  const { simulation, faults, alertmanager, pagerDuty, queue, deadLetterQueue, notifications, receive, deliver } = world;
  const { verdicts, findings } = judge({
    publications: alertmanager.publications,
    acceptances: pagerDuty.acceptances,
    incidents: pagerDuty.incidents.all,
    left: queue.size + deadLetterQueue.size + notifications.pending,
    skipped,
    unpaged,
  });
  const summary: Summary = {
    published: alertmanager.publications.length,
    requests: pagerDuty.requests,
    accepted: pagerDuty.acceptances.length,
    incidents: pagerDuty.incidents.all.length,
    reportedUnpaged: unpaged.size,
    coldStarts: { receive: receive.coldStarts, deliver: deliver.coldStarts },
    simulatedHours: (simulation.now - (alertmanager.publications[0]?.at ?? simulation.now)) / 3_600_000,
  };
  const history = JSON.stringify([pagerDuty.acceptances, [...faults.counts].sort(), simulation.steps, simulation.now]);
  return { faults: faults.counts, verdicts, findings, summary, digest: createHash('sha256').update(history).digest('hex').slice(0, 16) };
}
