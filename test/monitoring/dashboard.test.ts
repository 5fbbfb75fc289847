import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlertManagerConfig, AmpPagerDutyAlerting, AmpPagerDutyAlertingProps, DashboardOptions } from '../../src';
import { DeliverMetric, METRICS_NAMESPACE, NotifyMetric, ReceiveMetric, WatermarkMetric } from '../../src/contract/metrics';
import { AlertManagerMetric, RuleMetric } from '../../src/monitoring/amp-metrics';
import { newStack } from '../construct/synthesized';

/** The metrics that each namespace has, as far as the dashboard can show them. */
const KNOWN: Record<string, readonly string[]> = {
  [METRICS_NAMESPACE]: [ReceiveMetric, DeliverMetric, WatermarkMetric, NotifyMetric].flatMap((metrics) => Object.values(metrics)),
  'AWS/Prometheus': Object.values(AlertManagerMetric),
  // https://docs.aws.amazon.com/sns/latest/dg/sns-monitoring-using-cloudwatch.html
  'AWS/SNS': ['NumberOfMessagesPublished', 'NumberOfNotificationsDelivered', 'NumberOfNotificationsFailed', 'NumberOfNotificationsFailedToRedriveToDlq'],
  // https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
  'AWS/Lambda': ['Invocations', 'Errors', 'Throttles', 'Duration', 'AsyncEventAge'],
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
  'AWS/SQS': ['ApproximateNumberOfMessagesVisible', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateAgeOfOldestMessage'],
};

const WEBHOOKS = AlertManagerConfig.fromString(
  '{route: {receiver: a}, receivers: [{name: a, webhook_configs: [{url: "https://hooks.example.com/x"}]}]}');

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly title?: string; readonly markdown?: string; readonly metrics?: unknown[][]; readonly alarms?: string[] };
}

/** The widgets of a dashboard, with each reference to a resource as text. */
function widgetsOf(dashboard: cloudwatch.Dashboard): Widget[] {
  const resource = dashboard.node.defaultChild as cloudwatch.CfnDashboard;
  const body = Stack.of(dashboard).resolve(resource.dashboardBody) as string | { 'Fn::Join': [string, unknown[]] };
  const text = typeof body === 'string' ? body : body['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : referenceOf(part))).join('');
  return (JSON.parse(text) as { widgets: Widget[] }).widgets;
}

function referenceOf(part: unknown): string {
  const { Ref, 'Fn::GetAtt': attribute } = part as { 'Ref'?: string; 'Fn::GetAtt'?: string[] };
  return Ref ?? attribute?.join('.') ?? JSON.stringify(part).replace(/"/g, '');
}

function metricsOf(dashboard: cloudwatch.Dashboard): Array<{ namespace: string; name: string; text: string }> {
  return widgetsOf(dashboard).flatMap(({ properties }) => properties.metrics ?? []).map((metric) => {
    const [first] = metric;
    const query = /SELECT SUM\((\w+)\) FROM ["\\]*(AWS\/Prometheus)/.exec(JSON.stringify(first));
    return { namespace: query?.[2] ?? String(first), name: query?.[1] ?? String(metric[1]), text: JSON.stringify(metric) };
  });
}

interface WithDashboard {
  readonly stack: Stack;
  readonly alerting: AmpPagerDutyAlerting;
  readonly dashboard: cloudwatch.Dashboard;
}

function dashboardOf(props: AmpPagerDutyAlertingProps = {}, options?: DashboardOptions): WithDashboard {
  const stack = newStack();
  const alerting = new AmpPagerDutyAlerting(stack, 'Alerting', props);
  return { stack, alerting, dashboard: alerting.addDashboard(options) };
}

const complete = dashboardOf({ alertManagerConfig: WEBHOOKS });
const titles = (dashboard: cloudwatch.Dashboard): string[] => widgetsOf(dashboard).map(({ properties: { title, markdown } }) => title ?? markdown ?? '');
const sections = (dashboard: cloudwatch.Dashboard): string[] => titles(dashboard).filter((title) => title.startsWith('## ')).map((title) => title.slice(3).split(/[,:]/)[0]);

test('there is no dashboard, which costs money, unless it is added', () => {
  const stack = newStack();
  new AmpPagerDutyAlerting(stack, 'Alerting');
  Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Dashboard', 0);
});

test('the sections follow the path from an alert to PagerDuty', () => {
  expect(titles(complete.dashboard)[0]).toBe('Alarms');
  expect(sections(complete.dashboard)).toEqual([
    'Heartbeat', 'AMP', 'Topic', 'Receive function', 'Queue of events', 'Deliver function', 'PagerDuty', 'Dead-letter queues', 'Notify function', 'Queue of notifications',
  ]);
});

test.each(metricsOf(complete.dashboard).map((metric) => [metric.namespace, metric.name]))('the metric %s %s exists', (namespace, name) => {
  const known = namespace === 'AWS/Prometheus' ? [...KNOWN[namespace], ...Object.values(RuleMetric)] : KNOWN[namespace];
  expect(known).toContain(name);
});

test('it shows every metric of this list, and each namespace', () => {
  const shown = metricsOf(complete.dashboard).map(({ namespace, name }) => `${namespace} ${name}`);
  expect(shown).toEqual(expect.arrayContaining([
    ...Object.entries(KNOWN).filter(([namespace]) => namespace !== METRICS_NAMESPACE).flatMap(([namespace, names]) => names.map((name) => `${namespace} ${name}`)),
    ...Object.values(RuleMetric).map((name) => `AWS/Prometheus ${name}`),
    ...[
      DeliverMetric.EVENTS_DELIVERED, DeliverMetric.EVENTS_RETRIED, DeliverMetric.RETRIED_EVENT_AGE, DeliverMetric.DELIVERY_LATENCY,
      DeliverMetric.ROUTING_KEY_FAILURES, DeliverMetric.EVENTS_OUTDATED, WatermarkMetric.WATERMARK_UNAVAILABLE, DeliverMetric.HEARTBEATS,
      NotifyMetric.NOTIFICATIONS_DELIVERED, NotifyMetric.CREDENTIAL_FAILURES,
    ].map((name) => `${METRICS_NAMESPACE} ${name}`),
  ]));
});

test('it shows the resources of the construct', () => {
  const { stack, alerting: { relay, workspace } } = complete;
  const text = JSON.stringify(metricsOf(complete.dashboard).map((metric) => metric.text));
  for (const name of [
    workspace.workspaceId, relay.topic.topicName,
    ...[relay.receiveFunction, relay.deliverFunction, relay.notifyFunction].map((fn) => fn?.functionName),
    ...[relay.queue, relay.deadLetterQueue, relay.receiveDeadLetterQueue].map((queue) => queue.queueName),
    ...[relay.notifyQueue, relay.notifyDeadLetterQueue].map((queue) => queue?.queueName),
  ]) {
    expect(text).toContain(referenceOf(stack.resolve(name)));
  }
});

test('the state of every alarm is shown', () => {
  const { stack, alerting, dashboard } = complete;
  expect(widgetsOf(dashboard)[0].properties.alarms).toEqual(alerting.alarms.map((alarm) => referenceOf(stack.resolve(alarm.alarmArn))));
});

test('widgets do not overlap, and fit the width', () => {
  const taken = new Set<string>();
  for (const { x, y, width, height } of widgetsOf(complete.dashboard)) {
    expect(x + width).toBeLessThanOrEqual(24);
    for (let column = x; column < x + width; column += 1) {
      for (let line = y; line < y + height; line += 1) {
        expect(taken).not.toContain(`${column} ${line}`);
        taken.add(`${column} ${line}`);
      }
    }
  }
});

test('without webhooks, alarms, and heartbeat, their sections are missing', () => {
  const { dashboard } = dashboardOf({ alarms: false });
  expect(titles(dashboard)).not.toContain('Alarms');
  expect(sections(dashboard)).toEqual(['AMP', 'Topic', 'Receive function', 'Queue of events', 'Deliver function', 'PagerDuty', 'Dead-letter queues']);
});

test('name and time range can be set', () => {
  const { stack } = dashboardOf({}, { dashboardName: 'on-call', defaultInterval: Duration.hours(12) });
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
  expect(resource.Properties).toMatchObject({ DashboardName: 'on-call' });
  expect(JSON.stringify(resource.Properties)).toContain('-PT12H');
});

test('two constructs in one stack have a dashboard each', () => {
  const stack = new Stack(new App(), 'Stack');
  const dashboards = ['One', 'Two'].map((id) => new AmpPagerDutyAlerting(stack, id).addDashboard());
  Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Dashboard', 2);
  const [one, two] = dashboards.map((dashboard) => metricsOf(dashboard).filter(({ namespace }) => namespace === 'AWS/SQS').map(({ text }) => text));
  expect(one.length).toBeGreaterThan(0);
  expect(one.filter((text) => two.includes(text))).toEqual([]);
});

test('a second dashboard of one construct is refused', () => {
  const { alerting } = dashboardOf();
  expect(() => alerting.addDashboard()).toThrow('Stack/Alerting already has a dashboard: call addDashboard() once, and add widgets to its result');
});
