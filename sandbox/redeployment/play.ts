import * as path from 'path';
import type { FinalState } from './final-state';
import { runRedeployment, type RedeploymentOptions } from './redeployment';
import type { Interruption } from '../command/interruption';
import type { Timeline } from '../story/timeline';

const BEFORE = path.join(__dirname, 'before.yml');
const AFTER = path.join(__dirname, 'after.yml');

/** What `after.yml` changes, in words. */
const CHANGES = ['routes are inserted and reordered', 'receivers are added and reordered', 'webhooks are added to receivers with pages and with webhooks'];

class Interrupted extends Error {
  constructor(public readonly interruption: Interruption) {
    super(interruption.reason);
  }
}

/**
 * The story of a deployment while groups end, for a person to follow: one run without it, one run with it, and whether both come to the
 * same. Returns the exit code.
 */
export async function playRedeployment(
  options: Pick<RedeploymentOptions, 'alertmanager' | 'port' | 'keepDirectory'>, timeline: Timeline, interrupted: Promise<Interruption>,
): Promise<number> {
  const stop = interrupted.then((interruption) => Promise.reject(new Interrupted(interruption)));
  // When nothing is racing any more, nobody is interested.
  stop.catch(() => undefined);
  const run = (name: string, after?: string): Promise<FinalState> => (
    runRedeployment({ ...options, before: BEFORE, after, stop, onProgress: (text) => timeline.say(`${name}: ${text}`) })
  );
  try {
    timeline.say(['the deployment:', ...CHANGES.map((change) => `  ${change}`), `  see ${path.relative(process.cwd(), __dirname)}/before.yml and after.yml`].join('\n'));
    const without = await run('without the deployment');
    const withIt = await run('with the deployment', AFTER);
    return summarize(without, withIt, timeline);
  } catch (error) {
    if (error instanceof Interrupted) {
      timeline.say(`interrupted: ${error.message}`);
      return error.interruption.exitCode;
    }
    throw error;
  }
}

function summarize(without: FinalState, withIt: FinalState, timeline: Timeline): number {
  const differences = [
    ...differencesOf('incident', without.incidents, withIt.incidents),
    ...differencesOf('webhook', without.webhooks, withIt.webhooks),
  ];
  const isSame = differences.length === 0;
  timeline.note([
    isSame ? '\nThe final state is the same with and without the deployment:' : '\nThe deployment has changed the final state:',
    ...(isSame ? [...withIt.incidents.map((line) => `  incident  ${line}`), ...withIt.webhooks.map((line) => `  webhook   ${line}`)] : differences),
  ].join('\n'));
  return isSame ? 0 : 1;
}

function differencesOf(kind: string, without: readonly string[], withIt: readonly string[]): string[] {
  return [
    ...without.filter((line) => !withIt.includes(line)).map((line) => `  ${kind}  ${line}, without the deployment only`),
    ...withIt.filter((line) => !without.includes(line)).map((line) => `  ${kind}  ${line}, with the deployment only`),
  ];
}
