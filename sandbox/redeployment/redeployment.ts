import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { synthesize } from '../assembly/synthesize';
import type { PostedAlert } from '../monitoring/alertmanager';
import type { Rhythm } from '../monitoring/timings';
import { Closers } from '../pipeline/closers';
import { Pipeline } from '../pipeline/pipeline';
import { sleep, waitFor } from '../processes/wait';

export interface RedeploymentOptions {
  /** The `alertmanager.yml` that is deployed when the alerts fire. */
  readonly before: string;
  /** The one that is deployed when they have just ended; without it, nothing is deployed. */
  readonly after?: string;
  readonly alertmanager?: string;
}

/** What the receivers know in the end. */
export interface FinalState {
  /** Every incident with its state, such as `team GroupA: resolved`. */
  readonly incidents: readonly string[];
  /** The last status that each webhook received about each group, such as `hooks/webhook/0 GroupC: resolved`. */
  readonly webhooks: readonly string[];
}

/** A group ends well before its next flush: the deployment lies in between. Milliseconds. */
const RHYTHM: Rhythm = { groupWait: 1000, groupInterval: 4000 };

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
export async function runRedeployment({ before, after, alertmanager }: RedeploymentOptions): Promise<FinalState> {
  const closers = new Closers();
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'redeployment-'));
  closers.add(() => fs.rmSync(directory, { recursive: true, force: true }));
  try {
    const assemblies = await Promise.all([before, ...(after === undefined ? [] : [after])].map(async (config, index) => {
      const assembly = path.join(directory, `cdk.out.${index}`);
      await synthesize('sandbox/parity/app.ts', assembly, [JSON.stringify({ config: path.resolve(config) })]);
      return assembly;
    }));
    const pipeline = await Pipeline.start({ assembly: assemblies[0] ?? '', rhythm: RHYTHM, alertmanager });
    closers.add(() => pipeline.close());
    await pipeline.postAlerts(alerts());
    await quiet(pipeline, 0);
    const known = await stateOf(pipeline);
    await pipeline.postAlerts(alerts(new Date()));
    if (assemblies[1] !== undefined) {
      await pipeline.redeploy(assemblies[1]);
    }
    await quiet(pipeline, QUIET_MS);
    // Calls of entries that were added are left out: the other run does not have them.
    const { incidents, webhooks } = await stateOf(pipeline);
    const isKnown = (line: string): boolean => known.webhooks.some((other) => nameOf(other) === nameOf(line));
    return { incidents, webhooks: webhooks.filter(isKnown) };
  } finally {
    await closers.close();
  }
}

function alerts(endsAt?: Date): PostedAlert[] {
  return GROUPS.map((labels) => ({ labels, ...(endsAt && { endsAt: endsAt.toISOString() }) }));
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

async function stateOf(pipeline: Pipeline): Promise<FinalState> {
  const last = new Map<string, string>();
  for (const { target, body } of pipeline.receivers.webhook.received) {
    const { status, groupLabels } = JSON.parse(body) as { status: string; groupLabels: { alertname?: string } };
    last.set(`${target} ${groupLabels.alertname ?? ''}`, status);
  }
  return {
    incidents: pipeline.simulator.incidents.all
      .map(({ latest, routingKey, state }) => `${pipeline.simulator.keyName(routingKey)} ${latest.payload?.summary.replace(/^\[[^\]]*\] /, '') ?? ''}: ${state}`)
      .sort(),
    webhooks: [...last].map(([name, status]) => `${name}: ${status}`).sort(),
  };
}

function nameOf(line: string): string {
  return line.slice(0, line.lastIndexOf(':'));
}
