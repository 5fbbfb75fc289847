import { Duration, Token } from 'aws-cdk-lib';
import { AlarmThresholds } from './alarm-thresholds';
import { FindingReporter } from '../findings/reporter';

/** The thresholds with their defaults. */
export function withDefaults(thresholds: AlarmThresholds = {}): Required<AlarmThresholds> {
  return {
    ruleEvaluationFailures: 0,
    ruleGroupIterationsMissed: 0,
    alertManagerNotificationsFailed: 0,
    alertManagerNotificationsThrottled: 0,
    functionErrors: 0,
    functionThrottles: 0,
    receiveEventAge: Duration.minutes(1),
    routingKeyFailures: 0,
    eventAge: Duration.minutes(5),
    retriedMinutes: 10,
    eventsOutdated: 0,
    watermarkUnavailable: 0,
    notificationAge: Duration.minutes(15),
    heartbeatAge: Duration.minutes(15),
    ...Object.fromEntries(Object.entries(thresholds).filter(([, value]) => value !== undefined)),
  };
}

/** The sustained retries are counted in a window of this many minutes. */
export const RETRIED_WINDOW_MINUTES = 15;

/** The heartbeat is looked for in periods of this length. */
export const HEARTBEAT_PERIOD = Duration.minutes(5);

/** The limits that the docstrings of {@link AlarmThresholds} state, in seconds for durations. */
const DURATION_LIMITS: Record<string, { readonly min: number; readonly max: number; readonly step: number }> = {
  receiveEventAge: { min: 1, max: 6 * 3600, step: 1 },
  eventAge: { min: 60, max: 7 * 86_400, step: 1 },
  notificationAge: { min: 60, max: 7 * 86_400, step: 1 },
  heartbeatAge: { min: 600, max: 86_400, step: HEARTBEAT_PERIOD.toSeconds() },
};

/** Reports thresholds that no alarm can have. */
export function checkThresholds(thresholds: AlarmThresholds, reporter: FindingReporter): void {
  for (const [name, value] of Object.entries(thresholds) as Array<[string, number | Duration | null | undefined]>) {
    if (value === undefined || value === null) {
      continue;
    }
    const problem = value instanceof Duration ? durationProblem(name, value) : countProblem(name, value);
    if (problem !== undefined) {
      reporter.error(`alarmThresholds.${name}`, { code: 'alarm-threshold-invalid', ...problem });
    }
  }
}

interface ThresholdProblem {
  readonly message: string;
  readonly fix: string;
}

function durationProblem(name: string, value: Duration): ThresholdProblem | undefined {
  const limits = DURATION_LIMITS[name];
  if (limits === undefined) {
    return undefined;
  }
  if (value.isUnresolved()) {
    return { message: `${name} is a token, so its value is unknown at synthesis`, fix: 'write the duration as a number' };
  }
  const seconds = value.toSeconds({ integral: false });
  const { min, max, step } = limits;
  const isValid = Number.isInteger(seconds) && seconds >= min && seconds <= max && seconds % step === 0;
  return isValid ? undefined : {
    message: `${name} is ${seconds} seconds`,
    fix: `use at least ${min} and at most ${max} seconds${step === 1 ? '' : `, in steps of ${step}`}`,
  };
}

function countProblem(name: string, value: number): ThresholdProblem | undefined {
  const [min, max] = name === 'retriedMinutes' ? [1, RETRIED_WINDOW_MINUTES] : [0, Number.MAX_SAFE_INTEGER];
  return Token.isUnresolved(value) && name !== 'retriedMinutes' || (Number.isInteger(value) && value >= min && value <= max) ? undefined : {
    message: `${name} is ${value}`,
    fix: max === Number.MAX_SAFE_INTEGER ? `use an integer of at least ${min}` : `use an integer from ${min} to ${max}`,
  };
}
