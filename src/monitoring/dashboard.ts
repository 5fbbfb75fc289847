import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { AlertManagerMetric, alertManagerMetric, RuleMetric, ruleMetric } from './amp-metrics';
import type { DashboardOptions } from './dashboard-options';
import type { IAlertingWorkspace } from '../amp/workspace';
import type { Relay } from '../relay/relay';

export interface AlertingDashboardProps {
  readonly workspace: IAlertingWorkspace;
  readonly relay: Relay;
  readonly alarms: readonly cloudwatch.Alarm[];
  /** Whether there is a heartbeat to show. */
  readonly heartbeat: boolean;
  readonly options: DashboardOptions;
}

/** One row for each step from an alert to the 202 of PagerDuty, below the states of the alarms. */
export function createDashboard(scope: Construct, id: string, props: AlertingDashboardProps): cloudwatch.Dashboard {
  const { relay, options } = props;
  return new cloudwatch.Dashboard(scope, id, {
    dashboardName: options.dashboardName,
    defaultInterval: options.defaultInterval ?? Duration.hours(3),
    widgets: [
      ...(props.alarms.length === 0 ? [] : [[new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms: [...props.alarms], width: WIDTH, height: 6 })]]),
      ...(props.heartbeat ? [row('Heartbeat, from the rule to the request to PagerDuty', [counts('Heartbeats that were sent', relay.metricHeartbeats())])] : []),
      ampRow(props.workspace),
      topicRow(relay),
      row('Receive function: from notifications to events', [
        ...functionGraphs(relay.receiveFunction, [relay.receiveFunction.metric('AsyncEventAge', MAXIMUM)]),
        counts('Notifications', relay.metricNotificationsReceived(), relay.metricNotificationsUndecodable(), relay.metricNotificationsTruncated(),
          relay.metricResolvesSkipped()),
      ]),
      row('Queue of events', [...queueGraphs(relay.queue), milliseconds('Age of retried events', relay.metricRetriedEventAge())]),
      ...deliverRows(relay),
      row('Dead-letter queues: each message is a page that somebody missed', [
        deadLetters('Notifications not received', relay.receiveDeadLetterQueue),
        deadLetters('Events not delivered', relay.deadLetterQueue),
      ]),
      ...notifyRows(relay),
    ],
  });
}

function ampRow(workspace: IAlertingWorkspace): cloudwatch.IWidget[] {
  return row('AMP: rules and notifications', [
    counts('Rule evaluation failures', ruleMetric(workspace, RuleMetric.EVALUATION_FAILURES), ruleMetric(workspace, RuleMetric.ITERATIONS_MISSED)),
    counts('Alerts received by the alert manager', alertManagerMetric(workspace, AlertManagerMetric.ALERTS_RECEIVED)),
    counts('Notifications not published', alertManagerMetric(workspace, AlertManagerMetric.NOTIFICATIONS_FAILED),
      alertManagerMetric(workspace, AlertManagerMetric.NOTIFICATIONS_THROTTLED)),
  ]);
}

function topicRow({ topic }: Relay): cloudwatch.IWidget[] {
  return row('Topic', [
    counts('Messages published', topic.metricNumberOfMessagesPublished(SUM)),
    counts('Deliveries to all subscribers', topic.metricNumberOfNotificationsDelivered(SUM)),
    counts('Failed deliveries', topic.metricNumberOfNotificationsFailed(SUM), topic.metric('NumberOfNotificationsFailedToRedriveToDlq', SUM)),
  ]);
}

function deliverRows(relay: Relay): cloudwatch.IWidget[][] {
  return [
    row('Deliver function: from events to PagerDuty', [
      ...functionGraphs(relay.deliverFunction),
      counts('Events', relay.metricEventsDelivered(), relay.metricEventsRetried(), relay.metricEventsDeadLettered()),
    ]),
    row('PagerDuty', [
      milliseconds('From publication to acceptance (p99)', relay.metricDeliveryLatency()),
      milliseconds('Response time of PagerDuty (p99)', relay.metricPagerDutyLatency()),
      counts('Routing key failures', relay.metricRoutingKeyFailures()),
      counts('Order of events', relay.metricEventsOutdated(), relay.metricEventsCoalesced(), relay.metricTriggersUnpaged(), relay.metricWatermarkUnavailable()),
    ]),
  ];
}

/** Receivers other than PagerDuty's, if the configuration has any. */
function notifyRows(relay: Relay): cloudwatch.IWidget[][] {
  const { notifyFunction, notifyQueue, notifyDeadLetterQueue } = relay;
  if (!notifyFunction || !notifyQueue || !notifyDeadLetterQueue) {
    return [];
  }
  return [
    row('Notify function: webhooks, Slack, Sysdig Monitor, and email', [
      ...functionGraphs(notifyFunction),
      counts('Notifications', relay.metricNotificationsDelivered(), relay.metricNotificationsRetried(), relay.metricNotificationsDeadLettered(),
        relay.metricNotificationsOutdated(), relay.metricCredentialFailures(), relay.metricAlertsLost()),
      milliseconds('From publication to acceptance (p99)', relay.metricNotificationLatency()),
    ]),
    row('Queue of notifications', [...queueGraphs(notifyQueue), deadLetters('Notifications not delivered', notifyDeadLetterQueue)]),
  ];
}

/** The width of a dashboard, in grid units. */
const WIDTH = 24;

const SUM: cloudwatch.MetricOptions = { statistic: cloudwatch.Stats.SUM };
const MAXIMUM: cloudwatch.MetricOptions = { statistic: cloudwatch.Stats.MAXIMUM };

/** A title above graphs that share the width. */
function row(title: string, graphs: readonly GraphOptions[]): cloudwatch.IWidget[] {
  const width = WIDTH / graphs.length;
  return [new cloudwatch.Column(
    new cloudwatch.TextWidget({ markdown: `## ${title}`, width: WIDTH, height: 1, background: cloudwatch.TextWidgetBackground.TRANSPARENT }),
    new cloudwatch.Row(...graphs.map((options) => new cloudwatch.GraphWidget({ ...options, width, height: 5 }))),
  )];
}

type GraphOptions = Pick<cloudwatch.GraphWidgetProps, 'title' | 'left' | 'leftYAxis'>;

function counts(title: string, ...left: cloudwatch.IMetric[]): GraphOptions {
  return graph(title, 'Count', left);
}

function milliseconds(title: string, ...left: cloudwatch.IMetric[]): GraphOptions {
  return graph(title, 'Milliseconds', left);
}

function graph(title: string, label: string, left: cloudwatch.IMetric[]): GraphOptions {
  return { title, left, leftYAxis: { label, min: 0, showUnits: false } };
}

/** What every function has. The age is that of asynchronous invocations, if the function has any. */
function functionGraphs(fn: lambda.IFunction, ages: readonly cloudwatch.IMetric[] = []): GraphOptions[] {
  return [
    counts('Invocations', fn.metricInvocations(SUM), fn.metricErrors(SUM), fn.metricThrottles(SUM)),
    milliseconds('Duration', fn.metricDuration(MAXIMUM), ...ages),
  ];
}

function queueGraphs(queue: sqs.IQueue): GraphOptions[] {
  return [
    counts('Messages', queue.metricApproximateNumberOfMessagesVisible(MAXIMUM), queue.metricApproximateNumberOfMessagesNotVisible(MAXIMUM)),
    graph('Age of the oldest message', 'Seconds', [queue.metricApproximateAgeOfOldestMessage(MAXIMUM)]),
  ];
}

function deadLetters(title: string, queue: sqs.IQueue): GraphOptions {
  return counts(title, queue.metricApproximateNumberOfMessagesVisible(MAXIMUM));
}
