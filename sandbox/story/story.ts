import { describeIncident } from './describe';
import type { Stage } from './stage';
import type { Timeline } from './timeline';
import { Heartbeat } from '../../src/contract/heartbeat';
import type { PublishedMessage } from '../amp/front';
import type { PrometheusAlert } from '../monitoring/prometheus';
import type { Incident } from '../pagerduty/incidents';
import { DeadlineError, waitFor } from '../processes/wait';

/** What the story came to. */
export interface StoryEnd {
  readonly incident: Incident;
  /** From the node exporter's end to the incident, in seconds. */
  readonly secondsToPage: number;
  /** From the node exporter's return to the end of the incident, in seconds. */
  readonly secondsToResolve: number;
}

/** The story did not happen. The message says where it stopped, and what the guilty process printed last. */
export class StoryError extends Error {
  public readonly name = 'StoryError';
}

/**
 * Stops the node exporter and waits for the incident; starts it again and waits for the resolution. `patience` is the maximum
 * duration of a step, in milliseconds.
 */
export async function tellStory(stage: Stage, timeline: Timeline, patience: number): Promise<StoryEnd> {
  const { exporter, prometheus, pipeline, job } = stage;
  const up = `up{job="${job}"}`;

  await step('Prometheus scrapes the node exporter', () => isValue(stage, up, 1), patience, stage, 'prometheus');
  timeline.say(`Prometheus scrapes the node exporter: ${up} is 1`);

  const incidentsBefore = pipeline.simulator.incidents.all.length;
  const messagesBefore = pipeline.published.length;
  await exporter.stop();
  const down = timeline.seconds;
  timeline.say('the node exporter is stopped');
  const alert = await step('a rule fires', async () => (await prometheus.alerts()).find(isFiring), patience, stage, 'prometheus');
  timeline.say(`${alert.labels.alertname ?? 'an alert'} fires in Prometheus`);
  const message = await step('Alertmanager publishes to SNS', () => pipeline.published.slice(messagesBefore).find(isNotification), patience, stage, 'alertmanager');
  timeline.say(`Alertmanager has published to SNS: ${message.subject ?? message.messageId}`);
  const opened = await step('an incident is triggered', () => incidentsSince(stage, incidentsBefore)[0], patience, stage, 'relay');
  const secondsToPage = timeline.seconds - down;
  timeline.say(describeIncident(opened));
  await hearWitness('firing', stage, timeline, patience);

  await exporter.start();
  const back = timeline.seconds;
  timeline.say('the node exporter is started again');
  const resolved = await step('the incident is resolved', () => resolvedSince(stage, incidentsBefore), patience, stage, 'relay');
  const secondsToResolve = timeline.seconds - back;
  timeline.say(`incident #${resolved.number} is resolved`);
  await hearWitness('resolved', stage, timeline, patience);
  return { incident: resolved, secondsToPage, secondsToResolve };
}

/** Waits until the receiver besides PagerDuty knows the same. */
async function hearWitness(status: 'firing' | 'resolved', stage: Stage, timeline: Timeline, patience: number): Promise<void> {
  const { witness } = stage;
  if (witness !== undefined) {
    timeline.say(`${witness.name} has ${await step(`${witness.name} is notified`, () => witness.describe(status), patience, stage, 'relay')}`);
  }
}

async function isValue({ prometheus }: Stage, expression: string, wanted: number): Promise<true | undefined> {
  return (await prometheus.query(expression)) === wanted || undefined;
}

/** The heartbeat of the construct fires always. */
function isFiring({ state, labels }: PrometheusAlert): boolean {
  return state === 'firing' && labels.alertname !== Heartbeat.ALERT;
}

function isNotification({ message }: PublishedMessage): boolean {
  return !message.startsWith(Heartbeat.MESSAGE);
}

/** Oldest first. */
function incidentsSince({ pipeline }: Stage, before: number): Incident[] {
  return [...pipeline.simulator.incidents.all].reverse().slice(before);
}

function resolvedSince(stage: Stage, before: number): Incident | undefined {
  return incidentsSince(stage, before).find(({ state }) => state === 'resolved');
}

type Suspect = 'prometheus' | 'alertmanager' | 'relay';

async function step<T>(
  what: string, probe: () => T | undefined | Promise<T | undefined>, deadline: number, stage: Stage, suspect: Suspect,
): Promise<T> {
  try {
    return await waitFor(what, probe, { deadline });
  } catch (error) {
    if (!(error instanceof DeadlineError)) {
      throw error;
    }
    throw new StoryError(`${error.message}\n\n${await evidence(stage, suspect)}`);
  }
}

/** What helps to find out why a step did not happen. */
async function evidence({ pipeline, prometheus }: Stage, suspect: Suspect): Promise<string> {
  switch (suspect) {
    case 'prometheus': {
      const alerts = (await prometheus.alerts()).map(({ state, labels }) => `  ${state}: ${JSON.stringify(labels)}`);
      return `alerts in Prometheus:\n${alerts.join('\n') || '  none'}\n${prometheus.process.describeTail()}`;
    }
    case 'alertmanager': return pipeline.alertmanager.process.describeTail();
    case 'relay': {
      const refused = pipeline.simulator.received
        .filter(({ effect }) => effect === undefined)
        .map(({ status, errors }) => `  ${status ?? 'no answer'} ${errors?.join('; ') ?? ''}`);
      const deadLetters = [...await pipeline.deadLetters()].map(([id, { waiting }]) => `  ${id}: ${waiting.length}`);
      return [
        `requests that PagerDuty did not accept:\n${refused.join('\n') || '  none'}`,
        `dead letters:\n${deadLetters.join('\n')}`,
        ...pipeline.functions.map((hosted) => hosted.describeTail()),
        pipeline.alertmanager.process.describeTail(),
      ].join('\n');
    }
  }
}
