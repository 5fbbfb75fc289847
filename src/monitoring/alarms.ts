import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { AlertManagerMetric, alertManagerMetric, RuleMetric, ruleMetric } from './amp-metrics';
import { refuseActionsThroughRelay } from './refuse-actions-through-relay';
import { runbookUrl } from './runbook';
import type { IAlertingWorkspace } from '../amp/workspace';
import { DeliverMetric } from '../contract/metrics';
import type { Relay } from '../relay/relay';

/** Events that are older are late pages. */
const OLDEST_EVENT_AGE = Duration.minutes(5);

export interface AlarmsProps {
  readonly workspace: IAlertingWorkspace;
  readonly relay: Relay;
  readonly actions: readonly cloudwatch.IAlarmAction[];
}

interface Watch {
  readonly metric: cloudwatch.IMetric;
  readonly description: string;
  /** The threshold: the alarm is in ALARM above it. */
  readonly above?: number;
  readonly missing?: cloudwatch.TreatMissingData;
}

/** One alarm for each failure that can prevent a page, from rule evaluation to PagerDuty. */
export class Alarms extends Construct {
  public readonly all: cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);

    const watches = { ...watchRules(props), ...watchReceiving(props.relay), ...watchDelivering(props) };
    this.all = Object.entries(watches).map(([name, watch]) => this.createAlarm(name, watch, props.actions));
    refuseActionsThroughRelay(this, this.all, props.relay.topic);
  }

  private createAlarm(id: string, watch: Watch, actions: readonly cloudwatch.IAlarmAction[]): cloudwatch.Alarm {
    const alarm = new cloudwatch.Alarm(this, id, {
      metric: watch.metric,
      alarmDescription: `${watch.description}: ${runbookUrl(id)}`,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: watch.above ?? 0,
      evaluationPeriods: 1,
      treatMissingData: watch.missing ?? cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    if (actions.length > 0) {
      alarm.addAlarmAction(...actions);
      alarm.addOkAction(...actions);
    }
    return alarm;
  }
}

function watchRules({ workspace }: AlarmsProps): Record<string, Watch> {
  return {
    [RuleMetric.EVALUATION_FAILURES]: {
      metric: ruleMetric(workspace, RuleMetric.EVALUATION_FAILURES),
      description: 'AMP cannot evaluate a rule, so its alerts cannot fire',
    },
    [RuleMetric.ITERATIONS_MISSED]: {
      metric: ruleMetric(workspace, RuleMetric.ITERATIONS_MISSED),
      description: 'AMP skips evaluations of a rule group that takes longer than its interval, so its alerts fire late',
    },
    [AlertManagerMetric.NOTIFICATIONS_FAILED]: {
      metric: alertManagerMetric(workspace, AlertManagerMetric.NOTIFICATIONS_FAILED),
      description: 'AMP could not publish a notification',
    },
    [AlertManagerMetric.NOTIFICATIONS_THROTTLED]: {
      metric: alertManagerMetric(workspace, AlertManagerMetric.NOTIFICATIONS_THROTTLED),
      description: 'AMP holds notifications back, because it may not publish as many',
    },
  };
}

function watchReceiving(relay: Relay): Record<string, Watch> {
  const everyMinute = { period: Duration.minutes(1), statistic: cloudwatch.Stats.SUM };
  return {
    ReceiveErrors: {
      metric: relay.receiveFunction.metricErrors(everyMinute),
      description: 'The receive function failed; its invocation is repeated twice',
    },
    UnreceivedNotifications: {
      ...watchDeadLetters(relay.receiveDeadLetterQueue),
      description: 'Notifications were not received, and wait in the dead-letter queue of the receive function',
    },
    NotificationsLostByTopic: {
      metric: relay.topic.metric('NumberOfNotificationsFailedToRedriveToDlq', everyMinute),
      description: 'SNS could neither invoke the receive function nor put the notification into the dead-letter queue',
    },
    NotificationsLostByReceive: {
      metric: relay.receiveFunction.metric('DeadLetterErrors', everyMinute),
      description: 'The receive function failed, and Lambda could not put the notification into the dead-letter queue',
    },
  };
}

function watchDelivering({ relay }: AlarmsProps): Record<string, Watch> {
  return {
    DeliverErrors: {
      metric: relay.deliverFunction.metricErrors({ period: Duration.minutes(1), statistic: cloudwatch.Stats.SUM }),
      description: 'The deliver function failed; its events are tried again',
    },
    [DeliverMetric.ROUTING_KEY_FAILURES]: {
      metric: relay.metricRoutingKeyFailures(),
      description: 'A routing key is missing from the secret or refused by PagerDuty; its events wait',
    },
    OldestEvent: {
      metric: relay.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: cloudwatch.Stats.MAXIMUM }),
      above: OLDEST_EVENT_AGE.toSeconds(),
      description: `An event has been waiting to be delivered for more than ${OLDEST_EVENT_AGE.toMinutes()} minutes`,
    },
    UndeliveredEvents: {
      ...watchDeadLetters(relay.deadLetterQueue),
      description: 'Events were not delivered, and wait in the dead-letter queue',
    },
  };
}

/**
 * The alarm keeps its state while data is missing: SQS stops publishing metrics for a queue that has been inactive for six hours,
 * even if it contains messages. The alarm must return to OK because the queue is empty, not because it is inactive.
 */
function watchDeadLetters(queue: Relay['queue']): Pick<Watch, 'metric' | 'missing'> {
  return {
    metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: cloudwatch.Stats.MAXIMUM }),
    missing: cloudwatch.TreatMissingData.IGNORE,
  };
}
