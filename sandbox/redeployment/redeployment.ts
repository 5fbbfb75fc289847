import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { lastOfEachGroup, notificationsOf, stateOf, type FinalState } from './final-state';
import { synthesize } from '../assembly/synthesize';
import type { PostedAlert } from '../monitoring/alertmanager';
import { Flushes } from '../monitoring/flushes';
import type { Rhythm } from '../monitoring/timings';
import { Closers } from '../pipeline/closers';
import type { PipelineOptions } from '../pipeline/options';
import { Pipeline } from '../pipeline/pipeline';
import { sleep, waitFor } from '../processes/wait';

export interface RedeploymentOptions extends Pick<PipelineOptions, 'alertmanager' | 'port' | 'keepDirectory'> {
  /** The `alertmanager.yml` that is deployed when the alerts fire. */
  readonly before: string;
  /** The one that is deployed later; without it, nothing is deployed. */
  readonly after?: string;
  /** Whether the alerts have just ended when `after` is deployed, or keep firing. They have ended by default. */
  readonly alerts?: 'ended' | 'firing';
  /** Receives what happens, in words. */
  readonly onProgress?: (text: string) => void;
  /** Ends the run early by being rejected. */
  readonly stop?: Promise<never>;
}

/** A group ends well before its next flush: the deployment lies in between. Milliseconds. */
const RHYTHM: Rhythm = { groupWait: 1000, groupInterval: 4000 };

/** Groups that began together are flushed together, within this time. Milliseconds. */
const FLUSH_MS = 200;

/** Maximum duration until everything has arrived, in milliseconds. */
const MAX_WAIT_MS = 60_000;

/** When nothing has come for so long after the last flush, nothing more comes. Milliseconds. */
const QUIET_MS = 3 * RHYTHM.groupInterval;

/** One group for each route of `before.yml`. */
const GROUPS = [
  { alertname: 'GroupA', team: 'a' }, { alertname: 'GroupB', team: 'b' }, { alertname: 'GroupC', team: 'c' }, { alertname: 'GroupOfAll', team: 'none' },
];

/**
 * Deploys another `alertmanager.yml` while groups have just ended, before any receiver was notified. Alertmanager remembers by receiver and
 * index what it still needs to send; a name that changes would leave an incident open forever.
 */
export async function runRedeployment(options: RedeploymentOptions): Promise<FinalState> {
  const { before, after, stop = new Promise<never>(() => undefined) } = options;
  const closers = new Closers();
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'redeployment-'));
  closers.add(() => fs.rmSync(directory, { recursive: true, force: true }));
  try {
    const assemblies = await Promise.all([before, ...(after === undefined ? [] : [after])].map(async (config, index) => {
      const assembly = path.join(directory, `cdk.out.${index}`);
      await synthesize('sandbox/parity/app.ts', assembly, [JSON.stringify({ config: path.resolve(config) })]);
      return assembly;
    }));
    const { alertmanager, port, keepDirectory } = options;
    const flushes = new Flushes();
    const pipeline = await Pipeline.start({
      assembly: assemblies[0] ?? '',
      rhythm: RHYTHM,
      alertmanager,
      port,
      keepDirectory,
      alertmanagerLogLevel: 'debug',
      onAlertmanagerLine: (line) => flushes.read(line),
    });
    closers.add(() => pipeline.close());
    const broken = pipeline.processes.broken.then((error) => Promise.reject(error));
    return await Promise.race([play(pipeline, flushes, assemblies[1], options), stop, broken]);
  } finally {
    await closers.close();
  }
}

async function play(pipeline: Pipeline, flushes: Flushes, deployed: string | undefined, options: RedeploymentOptions): Promise<FinalState> {
  const { before, after, alerts = 'ended', keepDirectory, onProgress = () => undefined } = options;
  onProgress(`${path.basename(before)} runs on this machine; incidents: ${pipeline.simulator.url}`);
  await pipeline.postAlerts(GROUPS.map((labels) => ({ labels })));
  await quiet(pipeline, 0);
  const firing = notificationsOf(pipeline);
  onProgress(`${GROUPS.length} groups fire, and ${firing.length} notifications have arrived`);
  await flushed(flushes);
  if (alerts === 'ended') {
    await pipeline.postAlerts(endedAlerts());
    onProgress('all alerts have ended; nobody is notified of it yet');
  }
  if (deployed !== undefined) {
    await pipeline.redeploy(deployed);
    onProgress(`${path.basename(after ?? '')} is deployed; Alertmanager has loaded it, and remembers what it has notified`);
  }
  await quiet(pipeline, QUIET_MS);
  const sentLater = notificationsOf(pipeline).slice(firing.length);
  onProgress(`${sentLater.length} more notifications have arrived, and nothing more comes${keepDirectory ? `; logs: ${pipeline.directory}` : ''}`);
  // Calls of entries that were added are left out: the other run does not have them.
  const known = lastOfEachGroup(firing);
  return stateOf(pipeline, (name) => known.has(name), sentLater);
}

/** Until the groups have just been flushed: what happens now lies before the next flush, on a machine with much to do, too. */
async function flushed(flushes: Flushes): Promise<void> {
  const before = flushes.latestAt ?? 0;
  await waitFor('the groups are flushed', () => {
    const { latestAt = 0 } = flushes;
    return (latestAt > before && Date.now() - latestAt >= FLUSH_MS) || undefined;
  }, { deadline: MAX_WAIT_MS });
}

function endedAlerts(): PostedAlert[] {
  const endsAt = new Date().toISOString();
  return GROUPS.map((labels) => ({ labels, endsAt }));
}

/** Until something has come, and then nothing more for a while. */
async function quiet(pipeline: Pipeline, minimum: number): Promise<void> {
  let before = -1;
  let since = Date.now();
  await waitFor('the receivers are quiet', () => {
    const count = pipeline.simulator.received.length + pipeline.receivers.webhook.received.length;
    if (count !== before) {
      before = count;
      since = Date.now();
    }
    return (count > 0 && Date.now() - since >= Math.max(minimum, 2 * RHYTHM.groupWait)) || undefined;
  }, { deadline: MAX_WAIT_MS });
  await pipeline.settled(MAX_WAIT_MS);
  await sleep(RHYTHM.groupWait);
}
