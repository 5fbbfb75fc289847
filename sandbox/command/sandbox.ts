import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import type { SandboxArguments } from './arguments';
import type { Interruption } from './interruption';
import { KEYS, playWithKeys, stopKeys } from './keys';
import { synthesize } from '../assembly/synthesize';
import { Takeover } from '../existing-workspace/takeover';
import { SHORT_TIMINGS } from '../monitoring/timings';
import { describeRequest } from '../story/describe';
import { Stage } from '../story/stage';
import { tellStory, type StoryEnd } from '../story/story';
import type { Timeline } from '../story/timeline';

const EXAMPLE = 'examples/node-exporter/app.ts';
const EXISTING_WORKSPACE_EXAMPLE = 'examples/adopt-existing/app.ts';

/** Maximum duration of a step, in milliseconds. */
const PATIENCE = { short: 60_000, asDeployed: 15 * 60_000 };

/** Retries of invocations by SNS in seconds instead of minutes. */
const SHORT_RETRY_DELAYS = [1000, 2000];

/** Runs the sandbox to its end, and returns the exit code. */
export async function runSandbox(options: SandboxArguments, timeline: Timeline, interrupted: Promise<Interruption>): Promise<number> {
  const takeover = options.existingWorkspace ? new Takeover(timeline) : undefined;
  const assembly = options.app ?? fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-assembly-'));
  try {
    if (options.app === undefined) {
      const example = takeover ? EXISTING_WORKSPACE_EXAMPLE : options.story?.example ?? EXAMPLE;
      await synthesize(example, assembly);
      timeline.say(`${example} is synthesized`);
    }
    const stage = await setStage(assembly, options, timeline, takeover);
    try {
      return await play(stage, options, timeline, interrupted, takeover);
    } finally {
      stopKeys();
      await stage.close();
      timeline.note(options.keep ? `\nconfigurations and logs: ${stage.pipeline.directory}` : '');
    }
  } finally {
    await takeover?.close();
    if (options.app === undefined) {
      fs.rmSync(assembly, { recursive: true, force: true });
    }
  }
}

async function setStage(assembly: string, options: SandboxArguments, timeline: Timeline, takeover?: Takeover): Promise<Stage> {
  const stage = await Stage.set({
    assembly,
    workspace: options.workspace,
    job: options.job,
    port: options.port,
    alertmanager: options.alertmanager,
    keepDirectory: options.keep,
    story: options.story,
    ...(options.asDeployed ? {} : { timings: SHORT_TIMINGS, asyncRetryDelays: SHORT_RETRY_DELAYS }),
    deployDefinition: takeover && ((alerting, processes) => takeover.deploy(alerting, processes)),
    onTrouble: (text) => timeline.say(`trouble: ${text}`),
  });
  const { pipeline, prometheus, witness } = stage;
  timeline.say([
    `${pipeline.alerting.stackName} runs on this machine`,
    `  incidents     ${pipeline.simulator.url}`,
    `  Prometheus    ${prometheus.url}`,
    `  Alertmanager  ${pipeline.alertmanager.url}`,
    ...(witness === undefined ? [] : [`  ${witness.name}: ${witness.place}`]),
    'other than deployed:',
    ...pipeline.changes.map((change) => `  ${change}`),
  ].join('\n'));
  return stage;
}

async function play(
  stage: Stage, options: SandboxArguments, timeline: Timeline, interrupted: Promise<Interruption>, takeover?: Takeover,
): Promise<number> {
  const patience = options.asDeployed ? PATIENCE.asDeployed : PATIENCE.short;
  const broken = stage.pipeline.processes.broken.then((error) => Promise.reject(error));
  const told = await Promise.race([tellStory(stage, timeline, patience), interrupted, broken]);
  if ('exitCode' in told) {
    timeline.say(`interrupted: ${told.reason}`);
    return options.once ? told.exitCode : 0;
  }
  if (options.once) {
    const restored = await Promise.race([takeover?.remove(), broken]);
    summarize(told, stage, timeline, restored);
    return 0;
  }
  summarize(told, stage, timeline);
  timeline.note([
    `\nEverything stays up. Incidents: ${stage.pipeline.simulator.url}`,
    process.stdin.isTTY ? `Keys: ${KEYS}.` : 'Ctrl-C ends it.',
    `To send your own alert: amtool --alertmanager.url=${stage.pipeline.alertmanager.url} alert add alertname=Test severity=critical\n`,
  ].join('\n'));
  stage.pipeline.simulator.onReceived((received) => timeline.say(describeRequest(received)));
  await Promise.race([playWithKeys(stage, timeline), interrupted, broken]);
  await Promise.race([takeover?.remove(), broken]);
  return 0;
}

function summarize(
  { incident, secondsToPage, secondsToResolve }: StoryEnd, { pipeline }: Stage, timeline: Timeline, restored?: string,
): void {
  const counts = pipeline.functions.map(({ definition, counts: { invocations, coldStarts, errors } }) => (
    `  ${definition.logicalId}: ${invocations} invocations, ${coldStarts} cold, ${errors} failed`
  ));
  timeline.note([
    '\nThe story happened:',
    `  down to paged in ${secondsToPage.toFixed(1)} s, back to resolved in ${secondsToResolve.toFixed(1)} s (incident #${incident.number})`,
    `  ${pipeline.published.length} messages published to SNS, ${pipeline.simulator.accepted.length} events accepted by PagerDuty`,
    ...counts,
    ...(restored === undefined ? [] : [`  ${restored}`]),
  ].join('\n'));
}
