import { Duration } from 'aws-cdk-lib';

/**
 * Thresholds of the alarms. An alarm is in ALARM while its metric is above the threshold.
 *
 * Alarms on dead-letter queues and on lost notifications have none: a single message is a page that somebody missed.
 */
export interface AlarmThresholds {
  /**
   * Failed rule evaluations in 5 minutes.
   *
   * @default 0
   */
  readonly ruleEvaluationFailures?: number;

  /**
   * Skipped evaluations of rule groups in 5 minutes.
   *
   * @default 0
   */
  readonly ruleGroupIterationsMissed?: number;

  /**
   * Failed notifications of AMP in 5 minutes.
   *
   * @default 0
   */
  readonly alertManagerNotificationsFailed?: number;

  /**
   * Throttled notifications of AMP in 5 minutes.
   *
   * @default 0
   */
  readonly alertManagerNotificationsThrottled?: number;

  /**
   * Failed invocations of each function in 1 minute. Lambda and SQS repeat them.
   *
   * @default 0
   */
  readonly functionErrors?: number;

  /**
   * Throttled invocations of each function in 1 minute.
   *
   * @default 0
   */
  readonly functionThrottles?: number;

  /**
   * How long a notification can wait for the receive function. At least 1 second.
   *
   * @default Duration.minutes(1)
   */
  readonly receiveEventAge?: Duration;

  /**
   * Attempts in 5 minutes that fail because of a routing key.
   *
   * @default 0
   */
  readonly routingKeyFailures?: number;

  /**
   * How long an event can wait in the queue, and how long it can be retried. At least 1 minute.
   *
   * @default Duration.minutes(5)
   */
  readonly eventAge?: Duration;

  /**
   * In how many of 15 minutes events must be retried. 1 to 15.
   *
   * @default 10
   */
  readonly retriedMinutes?: number;

  /**
   * Outdated events in 5 minutes: notifications arrived out of order, twice, or from a dead-letter queue. Incidents are right in spite of
   * them, but pages can be late.
   *
   * @default 0
   */
  readonly eventsOutdated?: number;

  /**
   * Batches in 5 minutes that are delivered without the watermark table.
   *
   * @default 0
   */
  readonly watermarkUnavailable?: number;

  /**
   * How long a notification to a receiver other than PagerDuty's can wait. At least 1 minute.
   *
   * @default Duration.minutes(15)
   */
  readonly notificationAge?: Duration;

  /**
   * How long no heartbeat can arrive. A multiple of 5 minutes, from 10 minutes to 1 day.
   *
   * @default Duration.minutes(15)
   */
  readonly heartbeatAge?: Duration;
}
