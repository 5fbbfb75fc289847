import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { AlertTimes, type Step } from './alerts-file';
import type { ParityAppOptions } from './app-options';
import type { RunningIntegration } from './integration';
import { INTEGRATIONS } from './integrations';
import { LoggedErrors } from './logged-errors';
import { nativeConfiguration } from './native-configuration';
import type { ComparedPair } from './pair';
import { readConfig } from '../../src/alertmanager/read/read-config';
import { synthesize } from '../assembly/synthesize';
import { Alertmanager } from '../monitoring/alertmanager';
import { Flushes } from '../monitoring/flushes';
import type { Rhythm } from '../monitoring/timings';
import { Closers } from '../pipeline/closers';
import { Pipeline } from '../pipeline/pipeline';
import { sleep, waitFor } from '../processes/wait';

export interface ParityOptions extends ParityAppOptions {
  readonly steps: readonly Step[];
  /** The Alertmanager program of both sides; the distribution's by default. */
  readonly alertmanager?: string;
  /** Called with every pair as soon as its step is over. */
  readonly onPair?: (pair: ComparedPair) => void;
}

export interface ParityResult {
  readonly pairs: readonly ComparedPair[];
  /** Errors that an Alertmanager has logged, each once: why a notification is missing on one side, or on both. */
  readonly errors: readonly string[];
}

/**
 * Alerts are posted half an interval after a flush, so that no group is ever flushed while its alerts are being posted, on neither side.
 * New groups wait for half an interval, too: all are flushed at about the same time.
 */
const RHYTHM: Rhythm = { groupWait: 1000, groupInterval: 2000 };

/** Both sides are quiet when nothing came for this long. Milliseconds. */
const QUIET = 800;

/** Maximum duration from the alerts to the flush of their groups on a machine with much to do, in milliseconds. */
const MAX_FLUSH_MS = 30_000;

/**
 * When nothing has come for this long and one side has more than the other, something is missing: two attempts of Alertmanager to publish,
 * of up to 10 seconds each, and the rest of the way. Milliseconds.
 */
const PATIENCE = 30_000;

/** Maximum duration of a step, in milliseconds. */
const MAX_STEP_MS = 300_000;

/** Links in notifications begin with this on both sides. */
const EXTERNAL_URL = 'http://alertmanager.example.com';

/** Runs Alertmanager twice on the same alerts, with its own notifiers and with the construct, and compares. */
export async function runParity(options: ParityOptions): Promise<ParityResult> {
  const closers = new Closers();
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'parity-'));
  closers.add(() => fs.rmSync(directory, { recursive: true, force: true }));
  try {
    const assembly = path.join(directory, 'cdk.out');
    const { config, templateDirectory, details, endpoint } = options;
    const app = { config: path.resolve(config), templateDirectory, details, endpoint };
    await synthesize('sandbox/parity/app.ts', assembly, [JSON.stringify(app)]);
    const errors = { native: new LoggedErrors('its own notifiers'), relayed: new LoggedErrors('the construct') };
    const flushes = { native: new Flushes(), relayed: new Flushes() };
    const pipeline = await Pipeline.start({
      assembly,
      alertmanager: options.alertmanager,
      rhythm: RHYTHM,
      externalUrl: EXTERNAL_URL,
      alertmanagerLogLevel: 'debug',
      onAlertmanagerLine: (line) => {
        errors.relayed.read(line);
        flushes.relayed.read(line);
      },
    });
    closers.add(() => pipeline.close());
    const integrations: RunningIntegration[] = [];
    for (const start of INTEGRATIONS) {
      const running = await start(pipeline);
      closers.add(() => running.close());
      integrations.push(running);
    }
    fillSecret(pipeline, integrations, config);
    const native = await startNative(pipeline, integrations, options, (line) => {
      errors.native.read(line);
      flushes.native.read(line);
    });
    const pairs = await new Comparison(pipeline, native, integrations, errors.native, Object.values(flushes)).run(options);
    return { pairs, errors: [...errors.native.all, ...errors.relayed.all] };
  } finally {
    await closers.close();
  }
}

/** Both sides use the same URLs and credentials, but for the address of the server. */
export function fillSecret(
  pipeline: Pipeline, integrations: readonly RunningIntegration[], file: string, more: Readonly<Record<string, string>> = {},
): void {
  const { config } = readConfig(fs.readFileSync(file, 'utf8'), file);
  const values = (config?.receivers ?? []).flatMap((receiver) => integrations.flatMap(({ entriesOf, secretValues }) => (
    entriesOf(receiver).map((_, index) => (config ? secretValues({ file: config, receiver, index }) : {})))));
  pipeline.putSecretValues(Object.assign({}, ...values, more) as Record<string, string>);
}

function startNative(
  pipeline: Pipeline, integrations: readonly RunningIntegration[], options: ParityOptions, onLine: (line: string) => void,
): Promise<Alertmanager> {
  return Alertmanager.start(pipeline.processes, {
    name: 'native-alertmanager',
    program: options.alertmanager,
    configuration: nativeConfiguration({ ...options, rhythm: RHYTHM, integrations }),
    directory: path.join(pipeline.directory, 'native-alertmanager'),
    externalUrl: EXTERNAL_URL,
    logLevel: 'debug',
    onLine,
  });
}

class Comparison {
  private readonly times = new AlertTimes();

  constructor(
    private readonly pipeline: Pipeline,
    private readonly native: Alertmanager,
    private readonly integrations: readonly RunningIntegration[],
    private readonly nativeErrors: LoggedErrors,
    private readonly flushes: readonly Flushes[],
  ) {}

  public async run({ steps, onPair }: ParityOptions): Promise<ComparedPair[]> {
    const pairs: ComparedPair[] = [];
    for (const [index, step] of steps.entries()) {
      await this.untilFarFromFlushes();
      this.flushes.forEach((side) => side.begin());
      const alerts = this.times.posted(step, new Date());
      await Promise.all([this.native.post(alerts), this.pipeline.postAlerts(alerts)]);
      await this.untilFlushed(alerts.length);
      await this.untilQuiet();
      const context = { step: index + 1, nativeErrors: this.nativeErrors.soFar() };
      const compared = this.integrations.flatMap((integration) => integration.compare(context));
      compared.forEach((pair) => onPair?.(pair));
      pairs.push(...compared);
    }
    return pairs;
  }

  private async untilFarFromFlushes(): Promise<void> {
    const { groupInterval, groupWait } = RHYTHM;
    const latest = Math.max(...this.flushes.map(({ latestAt = 0 }) => latestAt));
    if (latest > 0) {
      await sleep((groupWait - (Date.now() - latest) % groupInterval + groupInterval) % groupInterval);
    }
  }

  /** Until the groups of the alerts were flushed on both sides. One that is never flushed is left to the comparison. */
  private async untilFlushed(count: number): Promise<void> {
    const end = Date.now() + MAX_FLUSH_MS;
    while (!this.flushes.every((side) => side.isComplete(count)) && Date.now() < end) {
      await sleep(50);
    }
  }

  /** Until both sides have sent the same number of notifications and nothing more comes, or patience ends. */
  private async untilQuiet(): Promise<void> {
    let quietSince = Date.now();
    let before = '';
    const look = (): true | undefined => {
      const counts = this.integrations.map((integration) => integration.counts());
      const now = JSON.stringify([counts, this.pipeline.published.length]);
      if (now !== before) {
        before = now;
        quietSince = Date.now();
      }
      const isLevel = counts.every(([native, relayed]) => native === relayed);
      return Date.now() - quietSince >= (isLevel ? QUIET : PATIENCE) || undefined;
    };
    await waitFor('both sides are quiet', look, { deadline: MAX_STEP_MS });
    await this.pipeline.settled(MAX_STEP_MS);
  }
}
