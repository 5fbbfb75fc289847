import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { AlertTimes, type Step } from './alerts-file';
import type { ParityAppOptions } from './app-options';
import { nativeConfiguration } from './native-configuration';
import { endpointOf, pairUp, type ComparedPair } from './pairs';
import { synthesize } from '../assembly/synthesize';
import { Alertmanager } from '../monitoring/alertmanager';
import type { Rhythm } from '../monitoring/timings';
import { PagerDutySimulator } from '../pagerduty/simulator';
import type { ReceivedEvent } from '../pagerduty/received-event';
import { Pipeline } from '../pipeline/pipeline';
import { DeadlineError, sleep, waitFor } from '../processes/wait';

export interface ParityOptions extends ParityAppOptions {
  readonly steps: readonly Step[];
  /** The Alertmanager program of both sides; the distribution's by default. */
  readonly alertmanager?: string;
  /** Called with every pair as soon as its step is over. */
  readonly onPair?: (pair: ComparedPair) => void;
}

/**
 * Alerts are posted on the beat, and all groups are flushed off the beat: half an interval lies between them, so that no
 * group is ever flushed while its alerts are being posted, on neither side.
 */
const RHYTHM: Rhythm = { groupWait: 1000, groupInterval: 2000 };

/** Both sides are quiet when nothing came for this long. Milliseconds. */
const QUIET = 400;

/** Maximum delay of one side compared with the other, in milliseconds. */
const PATIENCE = 15_000;

/** Links in notifications begin with this on both sides. */
const EXTERNAL_URL = 'http://alertmanager.example.com';

/** Runs Alertmanager twice on the same alerts, with its own PagerDuty notifier and with the construct, and compares. */
export async function runParity(options: ParityOptions): Promise<ComparedPair[]> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'parity-'));
  try {
    const assembly = path.join(directory, 'cdk.out');
    const { config, templateDirectory, details, endpoint } = options;
    await synthesize('sandbox/parity/app.ts', assembly, [JSON.stringify({ config: path.resolve(config), templateDirectory, details, endpoint })]);
    const pipeline = await Pipeline.start({ assembly, alertmanager: options.alertmanager, rhythm: RHYTHM, externalUrl: EXTERNAL_URL });
    try {
      return await compareBeside(pipeline, options);
    } finally {
      await pipeline.close();
    }
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

async function compareBeside(pipeline: Pipeline, options: ParityOptions): Promise<ComparedPair[]> {
  const simulator = await PagerDutySimulator.start();
  // What PagerDuty would refuse is recorded all the same: Alertmanager must not try it again with every flush.
  simulator.faults = () => ({ status: 202, body: '{"status":"success"}' });
  try {
    const native = await Alertmanager.start(pipeline.processes, {
      name: 'native-alertmanager',
      program: options.alertmanager,
      configuration: nativeConfiguration({
        ...options, rhythm: RHYTHM, endpoint: (receiver, index) => simulator.endpoint(endpointOf(receiver, index)),
      }),
      directory: path.join(pipeline.directory, 'native-alertmanager'),
      externalUrl: EXTERNAL_URL,
    });
    return await new Comparison(pipeline, native, simulator).run(options);
  } finally {
    await simulator.close();
  }
}

class Comparison {
  private readonly times = new AlertTimes();
  private readonly firstBeat = Date.now();
  private nativeSeen = 0;
  private relayedSeen = 0;

  constructor(private readonly pipeline: Pipeline, private readonly native: Alertmanager, private readonly simulator: PagerDutySimulator) {}

  public async run({ steps, onPair }: ParityOptions): Promise<ComparedPair[]> {
    const pairs: ComparedPair[] = [];
    for (const [index, step] of steps.entries()) {
      await this.untilBeat();
      const alerts = this.times.posted(step, new Date());
      await Promise.all([this.native.post(alerts), this.pipeline.postAlerts(alerts)]);
      await sleep(RHYTHM.groupWait);
      await this.untilQuiet();
      const compared = pairUp(index + 1, this.newNative(), this.newRelayed());
      compared.forEach((pair) => onPair?.(pair));
      pairs.push(...compared);
    }
    return pairs;
  }

  private async untilBeat(): Promise<void> {
    const { groupInterval } = RHYTHM;
    await sleep(groupInterval - ((Date.now() - this.firstBeat) % groupInterval));
  }

  /** Until both sides have sent the same number of events and nothing more comes, or patience ends: then something is missing. */
  private async untilQuiet(): Promise<void> {
    let quietSince = Date.now();
    let before = '';
    const look = async (): Promise<true | undefined> => {
      const counts = JSON.stringify([this.simulator.received.length, this.pipeline.published.length, this.pipeline.simulator.received.length]);
      if (counts !== before) {
        before = counts;
        quietSince = Date.now();
      }
      const isLevel = this.simulator.received.length - this.nativeSeen === this.pipeline.simulator.received.length - this.relayedSeen;
      return isLevel && Date.now() - quietSince >= QUIET ? true : undefined;
    };
    try {
      await waitFor('both sides are quiet', look, { deadline: PATIENCE });
    } catch (error) {
      if (!(error instanceof DeadlineError)) {
        throw error;
      }
    }
    await this.pipeline.settled(PATIENCE);
  }

  private newNative(): ReceivedEvent[] {
    const events = this.simulator.received.slice(this.nativeSeen);
    this.nativeSeen += events.length;
    return events;
  }

  private newRelayed(): ReceivedEvent[] {
    const events = this.pipeline.simulator.received.slice(this.relayedSeen);
    this.relayedSeen += events.length;
    return events;
  }
}
