import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmName } from './alarm-name';
import type { AlarmSpec } from './alarm-spec';
import { AlarmThresholds } from './alarm-thresholds';
import { asyncAlarms, deadLetterAlarms, functionAlarms, MAX_PER_MINUTE, SUM_PER_MINUTE } from './function-alarms';
import { HEARTBEAT_PERIOD, RETRIED_WINDOW_MINUTES } from './read-thresholds';
import type { Relay } from '../relay/relay';

/** What can go wrong between the topic and the FIFO queue. */
export function receiveAlarms(relay: Relay, thresholds: Required<AlarmThresholds>): AlarmSpec[] {
  return [
    {
      name: AlarmName.NOTIFICATIONS_NOT_DELIVERED,
      metric: relay.topic.metricNumberOfNotificationsFailed(SUM_PER_MINUTE),
      description: 'SNS gave up on a notification for a subscriber of the topic. If it was for the relay, it is in the dead-letter queue',
    },
    {
      name: AlarmName.NOTIFICATIONS_LOST_BY_TOPIC,
      metric: relay.topic.metric('NumberOfNotificationsFailedToRedriveToDlq', SUM_PER_MINUTE),
      description: 'A notification is lost: SNS could neither invoke the receive function nor use its dead-letter queue',
    },
    ...functionAlarms(relay.receiveFunction, thresholds, {
      errors: { name: AlarmName.RECEIVE_ERRORS, description: 'Pages are late, because the receive function fails. Lambda repeats each invocation twice; nothing is lost yet' },
      throttles: { name: AlarmName.RECEIVE_THROTTLES, description: 'Pages are up to six hours late and out of order, because Lambda throttles the receive function' },
    }),
    ...asyncAlarms(relay.receiveFunction, thresholds, {
      age: { name: AlarmName.RECEIVE_EVENT_AGE, description: 'Pages are late, because notifications wait for the receive function. Nothing is lost yet' },
      dropped: { name: AlarmName.RECEIVE_EVENTS_DROPPED, description: 'Lambda dropped a notification before the receive function could handle it' },
      lost: { name: AlarmName.NOTIFICATIONS_LOST_BY_RECEIVE, description: 'A notification is lost: the receive function failed, and Lambda could not dead-letter it' },
    }),
    ...deadLetterAlarms(relay.receiveDeadLetterQueue, relay.receiveDeadLetterQueue.metricNumberOfMessagesSent(SUM_PER_MINUTE), {
      arrived: { name: AlarmName.NOTIFICATIONS_DEAD_LETTERED, description: 'Somebody was not paged: a notification just moved to the dead-letter queue of the receive function' },
      waiting: { name: AlarmName.UNRECEIVED_NOTIFICATIONS, description: 'Somebody was not paged: notifications are in the dead-letter queue of the receive function, for 14 days' },
    }),
  ];
}

/** What can go wrong between the FIFO queue and PagerDuty. */
export function deliverAlarms(relay: Relay, thresholds: Required<AlarmThresholds>): AlarmSpec[] {
  const { eventAge } = thresholds;
  return [
    ...functionAlarms(relay.deliverFunction, thresholds, {
      errors: { name: AlarmName.DELIVER_ERRORS, description: 'Pages are late, because the deliver function fails. Its events are retried; nothing is lost yet' },
      throttles: { name: AlarmName.DELIVER_THROTTLES, description: 'Pages are late, because Lambda throttles the deliver function. Its events wait in the queue' },
    }),
    {
      name: AlarmName.ROUTING_KEY_FAILURES,
      metric: relay.metricRoutingKeyFailures(),
      threshold: thresholds.routingKeyFailures,
      description: 'Pages wait, because a routing key is missing from the secret, cannot be read, or is refused by PagerDuty',
    },
    {
      name: AlarmName.OLDEST_EVENT,
      metric: relay.queue.metricApproximateAgeOfOldestMessage(MAX_PER_MINUTE),
      threshold: eventAge.toSeconds(),
      description: `A page has waited in the queue for more than ${eventAge.toHumanString()}. Nothing is lost yet`,
    },
    {
      name: AlarmName.RETRIED_EVENT_AGE,
      metric: relay.metricRetriedEventAge(MAX_PER_MINUTE),
      threshold: eventAge.toMilliseconds(),
      description: `A page has been retried for more than ${eventAge.toHumanString()}, because PagerDuty does not accept it. Nothing is lost yet`,
    },
    {
      name: AlarmName.EVENTS_RETRIED,
      metric: relay.metricEventsRetried(SUM_PER_MINUTE),
      periods: RETRIED_WINDOW_MINUTES,
      datapointsToAlarm: thresholds.retriedMinutes,
      description: `Pages are late: events were retried in ${thresholds.retriedMinutes} of ${RETRIED_WINDOW_MINUTES} minutes. Nothing is lost yet`,
    },
    {
      name: AlarmName.TRIGGERS_UNPAGED,
      metric: relay.metricTriggersUnpaged(),
      description: 'Somebody was not paged: a trigger arrived after its resolve and after the retry window, and was skipped',
    },
    {
      name: AlarmName.EVENTS_OUTDATED,
      metric: relay.metricEventsOutdated(),
      threshold: thresholds.eventsOutdated,
      description: 'Pages can be late, because notifications arrive out of order or twice: an event came after a later one of its incident. The incident is right',
    },
    {
      name: AlarmName.WATERMARK_UNAVAILABLE,
      metric: relay.metricWatermarkUnavailable(),
      threshold: thresholds.watermarkUnavailable,
      description: 'Pages and other notifications are sent, but a duplicate or reordered event can open or resolve an incident wrongly: the watermark table fails',
    },
    ...deadLetterAlarms(relay.deadLetterQueue, relay.metricEventsDeadLettered(SUM_PER_MINUTE), {
      arrived: { name: AlarmName.EVENTS_DEAD_LETTERED, description: 'Somebody was not paged, or an incident was not resolved: an event just moved to the dead-letter queue' },
      waiting: { name: AlarmName.UNDELIVERED_EVENTS, description: 'Somebody was not paged, or an incident was not resolved: events are in the dead-letter queue, for 14 days' },
    }),
  ];
}

/** The absence of what always arrives: the only sign of a failure that stops everything, and that nothing else measures. */
export function heartbeatAlarm(relay: Relay, { heartbeatAge }: Required<AlarmThresholds>): AlarmSpec {
  return {
    name: AlarmName.HEARTBEAT_MISSING,
    metric: relay.metricHeartbeats({ period: HEARTBEAT_PERIOD }),
    comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    periods: heartbeatAge.toSeconds() / HEARTBEAT_PERIOD.toSeconds(),
    missing: cloudwatch.TreatMissingData.BREACHING,
    description: `Probably nobody is paged for anything: no heartbeat has passed from AMP through the relay for ${heartbeatAge.toHumanString()}`,
  };
}
