import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { AlarmSpec } from './alarm-spec';
import type { AlarmThresholds } from './alarm-thresholds';

/** The sum of each minute. */
export const SUM_PER_MINUTE: cloudwatch.MetricOptions = { period: Duration.minutes(1), statistic: cloudwatch.Stats.SUM };

/** The maximum of each minute. */
export const MAX_PER_MINUTE: cloudwatch.MetricOptions = { period: Duration.minutes(1), statistic: cloudwatch.Stats.MAXIMUM };

/** The name and the description of an alarm. */
export type AlarmText = Pick<AlarmSpec, 'name' | 'description'>;

export interface FunctionAlarmTexts {
  readonly errors: AlarmText;
  readonly throttles: AlarmText;
}

/** What can go wrong with any function: it fails, or Lambda does not run it. */
export function functionAlarms(fn: lambda.IFunction, thresholds: Required<AlarmThresholds>, texts: FunctionAlarmTexts): AlarmSpec[] {
  return [
    { ...texts.errors, metric: fn.metricErrors(SUM_PER_MINUTE), threshold: thresholds.functionErrors },
    { ...texts.throttles, metric: fn.metricThrottles(SUM_PER_MINUTE), threshold: thresholds.functionThrottles },
  ];
}

export interface AsyncAlarmTexts {
  readonly age: AlarmText;
  readonly dropped: AlarmText;
  readonly lost: AlarmText;
}

/**
 * What can go wrong with a function that SNS invokes: notifications wait in Lambda's own queue, for up to six hours while the function
 * is throttled, and that queue can drop them.
 */
export function asyncAlarms(fn: lambda.IFunction, thresholds: Required<AlarmThresholds>, texts: AsyncAlarmTexts): AlarmSpec[] {
  return [
    { ...texts.age, metric: fn.metric('AsyncEventAge', MAX_PER_MINUTE), threshold: thresholds.receiveEventAge.toMilliseconds() },
    { ...texts.dropped, metric: fn.metric('AsyncEventsDropped', SUM_PER_MINUTE) },
    { ...texts.lost, metric: fn.metric('DeadLetterErrors', SUM_PER_MINUTE) },
  ];
}

export interface DeadLetterAlarmTexts {
  readonly arrived: AlarmText;
  readonly waiting: AlarmText;
}

/**
 * A dead-letter queue has two alarms. One is on while the queue has messages; as long as it is, further messages change nothing about
 * it, so the other one is on in each minute in which messages arrive.
 *
 * SQS stops publishing metrics of a queue that has been inactive for six hours, even if it contains messages. The first alarm then
 * keeps its state: it must return to OK because the queue is empty, not because it is inactive.
 */
export function deadLetterAlarms(queue: sqs.IQueue, arrivals: cloudwatch.IMetric, texts: DeadLetterAlarmTexts): AlarmSpec[] {
  return [
    { ...texts.arrived, metric: arrivals },
    {
      ...texts.waiting,
      metric: queue.metricApproximateNumberOfMessagesVisible(MAX_PER_MINUTE),
      missing: cloudwatch.TreatMissingData.IGNORE,
    },
  ];
}
