import { isObject } from '../assembly/template';
import type { PostedAlert } from '../monitoring/alertmanager';

/** An alert of a step: it fires, or it is resolved. */
export interface StepAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly generatorURL?: string;
  readonly resolved?: boolean;
}

export interface Step {
  readonly alerts: readonly StepAlert[];
}

/** The alerts file is not what it should be; the message names the place. */
export class AlertsFileError extends Error {
  public readonly name = 'AlertsFileError';
}

/** Reads `{"steps": [{"alerts": [{"labels": {…}, "annotations": {…}, "generatorURL": "…", "resolved": false}]}]}`. */
export function readSteps(text: string): Step[] {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (error) {
    throw new AlertsFileError(`the alerts file is not JSON: ${(error as Error).message}`);
  }
  const steps = isObject(file) ? file.steps : undefined;
  if (!Array.isArray(steps) || steps.length === 0) {
    throw new AlertsFileError('the alerts file needs a list "steps" with at least one step');
  }
  return steps.map((step: unknown, index) => {
    const alerts = isObject(step) ? step.alerts : undefined;
    if (!Array.isArray(alerts)) {
      throw new AlertsFileError(`steps[${index}] needs a list "alerts"`);
    }
    return { alerts: alerts.map((alert: unknown, position) => readAlert(alert, `steps[${index}].alerts[${position}]`)) };
  });
}

const FIELDS = ['labels', 'annotations', 'generatorURL', 'resolved'];

function readAlert(alert: unknown, where: string): StepAlert {
  if (!isObject(alert)) {
    throw new AlertsFileError(`${where} is no object`);
  }
  const unknown = Object.keys(alert).filter((name) => !FIELDS.includes(name));
  if (unknown.length > 0) {
    throw new AlertsFileError(`${where} has the unknown field ${unknown.join(', ')}; an alert has ${FIELDS.join(', ')}`);
  }
  const { generatorURL, resolved } = alert;
  if (generatorURL !== undefined && typeof generatorURL !== 'string') {
    throw new AlertsFileError(`${where}.generatorURL is not a string`);
  }
  if (resolved !== undefined && typeof resolved !== 'boolean') {
    throw new AlertsFileError(`${where}.resolved is neither true nor false`);
  }
  const labels = readTexts(alert.labels, `${where}.labels`);
  if (Object.keys(labels).length === 0) {
    throw new AlertsFileError(`${where} needs at least one label`);
  }
  return { labels, annotations: readTexts(alert.annotations, `${where}.annotations`), generatorURL, resolved };
}

function readTexts(value: unknown, where: string): Record<string, string> {
  if (value === undefined) {
    return {};
  }
  if (!isObject(value)) {
    throw new AlertsFileError(`${where} is no object`);
  }
  return Object.fromEntries(Object.entries(value).map(([name, text]) => {
    if (typeof text !== 'string') {
      throw new AlertsFileError(`${where}.${name} is not a string`);
    }
    return [name, text];
  }));
}

/** Sets the times of alerts, so that both Alertmanagers receive the same. An alert keeps its start time until it is resolved. */
export class AlertTimes {
  private readonly startedAt = new Map<string, string>();

  /** The alerts as they are to be posted now. */
  public posted(step: Step, now: Date): PostedAlert[] {
    return step.alerts.map(({ labels, annotations, generatorURL, resolved }) => {
      const key = JSON.stringify(Object.entries(labels).sort());
      const startsAt = this.startedAt.get(key) ?? now.toISOString();
      if (resolved) {
        this.startedAt.delete(key);
      } else {
        this.startedAt.set(key, startsAt);
      }
      return { labels, annotations, generatorURL, startsAt, ...(resolved ? { endsAt: now.toISOString() } : {}) };
    });
  }
}
