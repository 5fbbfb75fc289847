import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AlarmName, AlarmThresholds, AlertManagerConfig, AmpPagerDutyAlerting, Delivery } from '../../src';
import { DeliverMetric, NotifyMetric, ReceiveMetric, WatermarkMetric } from '../../src/contract/metrics';
import { idOf, newStack, refusal, synthesize } from '../construct/synthesized';

const { alerting, stack, template, resources } = synthesize();

const WEBHOOKS = AlertManagerConfig.fromString(
  '{route: {receiver: a}, receivers: [{name: a, webhook_configs: [{url: "https://hooks.example.com/x"}]}]}');
const { alerting: withWebhooks } = synthesize({ alertManagerConfig: WEBHOOKS });
const RUNBOOK = readFileSync(join(__dirname, '..', '..', 'docs', 'runbook.md'), 'utf8');

/** Sections of the runbook that are about alarms, and the one about what follows from them. */
const SECTIONS = [...RUNBOOK.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
const OTHER_SECTIONS = ['After a redrive', 'Metrics without an alarm'];

const ids = withWebhooks.alarms.map((alarm) => alarm.node.id);

describe('the runbook', () => {
  test('has a section for each alarm, in the order of the alarms, and an alarm for each section', () => {
    expect(SECTIONS).toEqual([...Object.values(AlarmName), ...OTHER_SECTIONS]);
    expect(ids).toEqual(Object.values(AlarmName).filter((name) => ids.includes(name)));
  });

  test.each(Object.values(AlarmName))('has the meaning, the diagnosis, and the resolution of %s', (name) => {
    const section = RUNBOOK.split(/^## /m).find((text) => text.startsWith(`${name}\n`));
    expect([...(section ?? '').matchAll(/^\*\*(\w+)\.\*\*/gm)].map((match) => match[1])).toEqual(['Meaning', 'Diagnosis', 'Resolution']);
    expect(section).toMatch(/^\*\*Resolution\.\*\*\n\n1\. /m);
  });

  test.each(withWebhooks.alarms.map((alarm) => [alarm.node.id, alarm] as const))('is where the description of %s leads to', (id, alarm) => {
    const { alarmDescription } = alarm.node.defaultChild as cloudwatch.CfnAlarm;
    expect(alarmDescription).toMatch(new RegExp(`^[A-Z].*[a-z]\\. https://.*/docs/runbook\\.md#${id.toLowerCase()}$`));
    expect(alarmDescription?.length).toBeLessThanOrEqual(300);
  });
});

describe('each metric of the functions', () => {
  /** Names of the metrics of all alarms, also of those in expressions. */
  const watched = new Set([...JSON.stringify(Template.fromStack(Stack.of(withWebhooks)).findResources('AWS::CloudWatch::Alarm'))
    .matchAll(/"MetricName":"(\w+)"/g)].map((match) => match[1]));
  const section = RUNBOOK.split(/^## /m).find((text) => text.startsWith('Metrics without an alarm\n')) ?? '';
  const explained = new Set([...section.matchAll(/^\|([^|]+)\|/gm)].flatMap((row) => [...row[1].matchAll(/`(\w+)`/g)].map((match) => match[1])));

  test.each([ReceiveMetric, DeliverMetric, WatermarkMetric, NotifyMetric].flatMap((metrics) => Object.values(metrics)))(
    'has an alarm, or the runbook says why it has none: %s', (name) => {
      expect([watched.has(name), explained.has(name)].filter((has) => has)).toHaveLength(1);
    });
});

describe('alarms by default', () => {
  const properties = (name: AlarmName): Record<string, unknown> =>
    resources[idOf(stack, alerting.alarm(name).alarmArn)].Properties ?? {};

  test.each([
    [AlarmName.ALERT_MANAGER_NOTIFICATIONS_FAILED, 'AWS/Prometheus AlertManagerNotificationsFailed', 'Sum', 0],
    [AlarmName.ALERT_MANAGER_NOTIFICATIONS_THROTTLED, 'AWS/Prometheus AlertManagerNotificationsThrottled', 'Sum', 0],
    [AlarmName.NOTIFICATIONS_NOT_DELIVERED, 'AWS/SNS NumberOfNotificationsFailed', 'Sum', 0],
    [AlarmName.NOTIFICATIONS_LOST_BY_TOPIC, 'AWS/SNS NumberOfNotificationsFailedToRedriveToDlq', 'Sum', 0],
    [AlarmName.RECEIVE_ERRORS, 'AWS/Lambda Errors', 'Sum', 0],
    [AlarmName.RECEIVE_THROTTLES, 'AWS/Lambda Throttles', 'Sum', 0],
    [AlarmName.RECEIVE_EVENT_AGE, 'AWS/Lambda AsyncEventAge', 'Maximum', 60_000],
    [AlarmName.RECEIVE_EVENTS_DROPPED, 'AWS/Lambda AsyncEventsDropped', 'Sum', 0],
    [AlarmName.NOTIFICATIONS_LOST_BY_RECEIVE, 'AWS/Lambda DeadLetterErrors', 'Sum', 0],
    [AlarmName.NOTIFICATIONS_DEAD_LETTERED, 'AWS/SQS NumberOfMessagesSent', 'Sum', 0],
    [AlarmName.UNRECEIVED_NOTIFICATIONS, 'AWS/SQS ApproximateNumberOfMessagesVisible', 'Maximum', 0],
    [AlarmName.DELIVER_ERRORS, 'AWS/Lambda Errors', 'Sum', 0],
    [AlarmName.DELIVER_THROTTLES, 'AWS/Lambda Throttles', 'Sum', 0],
    [AlarmName.ROUTING_KEY_FAILURES, 'AmpPagerDuty RoutingKeyFailures', 'Sum', 0],
    [AlarmName.OLDEST_EVENT, 'AWS/SQS ApproximateAgeOfOldestMessage', 'Maximum', 300],
    [AlarmName.RETRIED_EVENT_AGE, 'AmpPagerDuty RetriedEventAge', 'Maximum', 300_000],
    [AlarmName.EVENTS_RETRIED, 'AmpPagerDuty EventsRetried', 'Sum', 0],
    [AlarmName.TRIGGERS_UNPAGED, 'AmpPagerDuty TriggersUnpaged', 'Sum', 0],
    [AlarmName.EVENTS_OUTDATED, 'AmpPagerDuty EventsOutdated', 'Sum', 0],
    [AlarmName.WATERMARK_UNAVAILABLE, 'AmpPagerDuty WatermarkUnavailable', 'Sum', 0],
    [AlarmName.EVENTS_DEAD_LETTERED, 'AmpPagerDuty EventsDeadLettered', 'Sum', 0],
    [AlarmName.UNDELIVERED_EVENTS, 'AWS/SQS ApproximateNumberOfMessagesVisible', 'Maximum', 0],
  ])('%s watches %s, %s above %d', (name, metric, statistic, threshold) => {
    expect(properties(name)).toMatchObject({
      Namespace: metric.split(' ')[0],
      MetricName: metric.split(' ')[1],
      Statistic: statistic,
      Threshold: threshold,
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: name === AlarmName.EVENTS_RETRIED ? 15 : 1,
      // SQS stops publishing metrics of a queue that nobody uses, full or not: these keep their state.
      TreatMissingData: metric.endsWith('MessagesVisible') ? 'ignore' : 'notBreaching',
    });
  });

  test.each([AlarmName.RULE_EVALUATION_FAILURES, AlarmName.RULE_GROUP_ITERATIONS_MISSED])('%s adds up all rule groups of the workspace', (name) => {
    expect(properties(name)).toMatchObject({
      Threshold: 0,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
      Metrics: [{
        Label: name,
        Period: 300,
        ReturnData: true,
        Expression: {
          'Fn::Join': ['', [`SELECT SUM(${name}) FROM "AWS/Prometheus" WHERE Workspace = '`, stack.resolve(alerting.workspace.workspaceId), "'"]],
        },
      }],
    });
  });

  test('events that are retried in 10 of 15 minutes are too many', () => {
    expect(properties(AlarmName.EVENTS_RETRIED)).toMatchObject({ Period: 60, EvaluationPeriods: 15, DatapointsToAlarm: 10 });
  });

  test('watch the queues, functions, and topic of this construct', () => {
    const { relay } = alerting;
    for (const [name, dimension, resource] of [
      [AlarmName.UNDELIVERED_EVENTS, 'QueueName', relay.deadLetterQueue.queueName],
      [AlarmName.UNRECEIVED_NOTIFICATIONS, 'QueueName', relay.receiveDeadLetterQueue.queueName],
      [AlarmName.NOTIFICATIONS_DEAD_LETTERED, 'QueueName', relay.receiveDeadLetterQueue.queueName],
      [AlarmName.OLDEST_EVENT, 'QueueName', relay.queue.queueName],
      [AlarmName.RECEIVE_ERRORS, 'FunctionName', relay.receiveFunction.functionName],
      [AlarmName.RECEIVE_THROTTLES, 'FunctionName', relay.receiveFunction.functionName],
      [AlarmName.RECEIVE_EVENT_AGE, 'FunctionName', relay.receiveFunction.functionName],
      [AlarmName.DELIVER_ERRORS, 'FunctionName', relay.deliverFunction.functionName],
      [AlarmName.DELIVER_THROTTLES, 'FunctionName', relay.deliverFunction.functionName],
      [AlarmName.NOTIFICATIONS_NOT_DELIVERED, 'TopicName', relay.topic.topicName],
      [AlarmName.ROUTING_KEY_FAILURES, 'WorkspaceId', alerting.workspace.workspaceId],
      [AlarmName.ALERT_MANAGER_NOTIFICATIONS_FAILED, 'Workspace', alerting.workspace.workspaceId],
    ]) {
      expect(properties(name as AlarmName)).toMatchObject({ Dimensions: [{ Name: dimension, Value: stack.resolve(resource) as unknown }] });
    }
  });

  test('have no actions, and the app has a warning that nobody learns of them', () => {
    for (const alarm of Object.values(template.findResources('AWS::CloudWatch::Alarm'))) {
      expect(alarm).not.toHaveProperty('Properties.AlarmActions');
      expect(alarm).not.toHaveProperty('Properties.OKActions');
    }
    Annotations.fromStack(stack).hasWarning('*', Match.stringLikeRegexp('alarms-without-actions'));
  });
});

describe('thresholds', () => {
  test('are those of the user, and the others keep their defaults', () => {
    const own = synthesize({
      alertManagerConfig: WEBHOOKS,
      alarmThresholds: {
        eventAge: Duration.minutes(20),
        eventsOutdated: 5,
        functionThrottles: 3,
        receiveEventAge: Duration.seconds(90),
        retriedMinutes: 15,
        ruleEvaluationFailures: 1,
      },
    });
    const thresholdOf = (name: AlarmName) => own.resources[idOf(own.stack, own.alerting.alarm(name).alarmArn)].Properties?.Threshold;
    expect(Object.fromEntries(Object.values(AlarmName).filter((name) => ids.includes(name)).map((name) => [name, thresholdOf(name)]))).toMatchObject({
      OldestEvent: 1200,
      RetriedEventAge: 1_200_000,
      EventsOutdated: 5,
      ReceiveThrottles: 3,
      DeliverThrottles: 3,
      ReceiveEventAge: 90_000,
      RuleEvaluationFailures: 1,
      RuleGroupIterationsMissed: 0,
      ReceiveErrors: 0,
    });
  });

  test.each<[string, AlarmThresholds]>([
    ['eventsOutdated', { eventsOutdated: -1 }],
    ['functionErrors', { functionErrors: 0.5 }],
    ['retriedMinutes', { retriedMinutes: 16 }],
    ['retriedMinutes', { retriedMinutes: 0 }],
    ['eventAge', { eventAge: Duration.seconds(59) }],
    ['heartbeatAge', { heartbeatAge: Duration.minutes(5) }],
    ['heartbeatAge', { heartbeatAge: Duration.minutes(12) }],
    ['heartbeatAge', { heartbeatAge: Duration.days(2) }],
  ])('that are out of range are refused: %s', (name, alarmThresholds) => {
    expect(refusal({ alarmThresholds }).findings).toMatchObject([{ code: 'alarm-threshold-invalid', path: `alarmThresholds.${name}` }]);
  });

  test('of alarms that are not wanted are refused', () => {
    expect(refusal({ alarms: false, alarmThresholds: {} }).findings).toMatchObject([{ code: 'alarm-actions-unused', path: 'alarmThresholds' }]);
  });
});

describe('addAlarmAction', () => {
  test('adds to what alarmActions has, for every alarm, and nobody is warned', () => {
    const own = newStack();
    const [first, second] = ['First', 'Second'].map((id) => new sns.Topic(own, id));
    const alarming = new AmpPagerDutyAlerting(own, 'Alerting', { alarmActions: [new SnsAction(first)] });
    alarming.addAlarmAction(new SnsAction(second));
    const actions = [own.resolve(first.topicArn), own.resolve(second.topicArn)] as unknown[];
    Template.fromStack(own).allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: actions, OKActions: actions });
    Annotations.fromStack(own).hasNoWarning('*', Match.stringLikeRegexp('alarms-without-actions'));
  });

  test('of a single alarm is enough for no warning', () => {
    const own = newStack();
    const alarming = new AmpPagerDutyAlerting(own, 'Alerting');
    alarming.alarm(AlarmName.UNDELIVERED_EVENTS).addAlarmAction(new SnsAction(new sns.Topic(own, 'Operators')));
    Annotations.fromStack(own).hasNoWarning('*', Match.stringLikeRegexp('alarms-without-actions'));
  });

  test('is refused without alarms', () => {
    const own = newStack();
    const alarming = new AmpPagerDutyAlerting(own, 'Alerting', { alarms: false });
    expect(() => alarming.addAlarmAction(new SnsAction(new sns.Topic(own, 'Operators')))).toThrow(/alarms is false/);
    expect(() => alarming.alarm(AlarmName.OLDEST_EVENT)).toThrow(/has no alarm OldestEvent: alarms is false/);
  });
});

test('alarmActions are told when an alarm goes on and when it goes off', () => {
  const own = newStack();
  const topic = new sns.Topic(own, 'Operators');
  const synthesized = synthesize({ alarmActions: [new SnsAction(topic)] }, own);
  synthesized.template.allResourcesProperties('AWS::CloudWatch::Alarm', {
    AlarmActions: [own.resolve(topic.topicArn)],
    OKActions: [own.resolve(topic.topicArn)],
  });
});

test('there are none if they are not wanted', () => {
  const synthesized = synthesize({ alarms: false });
  synthesized.template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
  expect(synthesized.alerting.alarms).toEqual([]);
});

test('actions of alarms that are not wanted are refused, as they would be ignored', () => {
  const own = newStack();
  const error = refusal({ alarms: false, alarmActions: [new SnsAction(new sns.Topic(own, 'Operators'))] }, own);
  expect(error.findings).toMatchObject([{ code: 'alarm-actions-unused', path: 'alarmActions' }]);
});

describe('an alarm that is told through the relay is refused', () => {
  test.each([
    ['alarm', (alarm: cloudwatch.Alarm, action: SnsAction) => alarm.addAlarmAction(action)],
    ['OK', (alarm: cloudwatch.Alarm, action: SnsAction) => alarm.addOkAction(action)],
    ['insufficient data', (alarm: cloudwatch.Alarm, action: SnsAction) => alarm.addInsufficientDataAction(action)],
  ])('by an action for %s that is added later', (_name, add) => {
    const app = new App();
    const alarming = new AmpPagerDutyAlerting(new Stack(app, 'Stack'), 'Alerting');
    add(alarming.alarms[0], new SnsAction(alarming.relay.topic));
    expect(() => app.synth()).toThrow(/alarm-through-relay/);
  });

  test('by the topic of the user that the relay listens to', () => {
    const app = new App();
    const own = new Stack(app, 'Stack');
    const topic = new sns.Topic(own, 'Mine');
    new AmpPagerDutyAlerting(own, 'Alerting', { delivery: Delivery.relay({ topic }), alarmActions: [new SnsAction(topic)] });
    expect(() => app.synth()).toThrow(/alarm-through-relay/);
  });

  test('but not by another topic', () => {
    const app = new App();
    const own = new Stack(app, 'Stack');
    const alarming = new AmpPagerDutyAlerting(own, 'Alerting', { alarmActions: [new SnsAction(new sns.Topic(own, 'Operators'))] });
    expect(() => app.synth()).not.toThrow();
    expect(Template.fromStack(own).findResources('AWS::CloudWatch::Alarm')).not.toEqual({});
    expect(alarming.alarms).toHaveLength(alerting.alarms.length);
  });
});
