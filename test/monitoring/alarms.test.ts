import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as sns from 'aws-cdk-lib/aws-sns';
import { AmpPagerDutyAlerting, Delivery } from '../../src';
import { newStack, refusal, synthesise } from '../construct/synthesised';

const { alerting, stack, template } = synthesise();
const RUNBOOK = readFileSync(join(__dirname, '..', '..', 'docs', 'runbook.md'), 'utf8');

/** Sections of the runbook that are about alarms, and the one about what follows from them. */
const SECTIONS = [...RUNBOOK.matchAll(/^## (.+)$/gm)].map((match) => match[1]);
const OTHER_SECTIONS = ['After a redrive'];

/** An alarm on a query of Metrics Insights. */
interface QueryAlarm {
  readonly Metrics: ReadonlyArray<{ readonly Label: string }>;
}

const ids = alerting.alarms.map((alarm) => alarm.node.id);

describe('the runbook', () => {
  test('has a section for each alarm, and an alarm for each section', () => {
    expect([...ids, ...OTHER_SECTIONS].sort()).toEqual([...SECTIONS].sort());
  });

  test.each(ids)('says of %s what it means, where to look, and how to mend it', (id) => {
    const section = RUNBOOK.split(/^## /m).find((text) => text.startsWith(`${id}\n`));
    expect([...(section ?? '').matchAll(/^\*\*(\w+)\.\*\*/gm)].map((match) => match[1])).toEqual(['Meaning', 'Look', 'Mend']);
  });

  test.each(alerting.alarms.map((alarm) => [alarm.node.id, alarm] as const))('is where the description of %s leads to', (id, alarm) => {
    const { alarmDescription } = alarm.node.defaultChild as cloudwatch.CfnAlarm;
    expect(alarmDescription).toMatch(new RegExp(`^[A-Z].*: https://.*/docs/runbook\\.md#${id.toLowerCase()}$`));
  });
});

describe('alarms by default', () => {
  const watched = Object.values(template.findResources('AWS::CloudWatch::Alarm'))
    .map((resource) => (resource as { Properties: Record<string, unknown> }).Properties)
    .filter((properties) => properties.Metrics === undefined)
    .map((properties) => [`${properties.Namespace as string} ${properties.MetricName as string}`, properties] as const);
  const queried = Object.values(template.findResources('AWS::CloudWatch::Alarm', { Properties: { Metrics: Match.anyValue() } }))
    .map((resource) => (resource as { Properties: QueryAlarm }).Properties);

  test('watch the whole way from the rule to PagerDuty', () => {
    expect(watched.map(([name]) => name).sort()).toEqual([
      'AWS/Lambda DeadLetterErrors',
      'AWS/Lambda Errors',
      'AWS/Lambda Errors',
      'AWS/Prometheus AlertManagerNotificationsFailed',
      'AWS/Prometheus AlertManagerNotificationsThrottled',
      'AWS/SNS NumberOfNotificationsFailedToRedriveToDlq',
      'AWS/SQS ApproximateAgeOfOldestMessage',
      'AWS/SQS ApproximateNumberOfMessagesVisible',
      'AWS/SQS ApproximateNumberOfMessagesVisible',
      'AmpPagerDuty RoutingKeyFailures',
    ]);
  });

  test.each(watched)('%s goes on at the first occurrence', (name, properties) => {
    expect(properties).toMatchObject({
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: name.includes('AgeOfOldest') ? 300 : 0,
      EvaluationPeriods: 1,
      Statistic: name.startsWith('AWS/SQS') ? 'Maximum' : 'Sum',
    });
  });

  test.each(['RuleEvaluationFailures', 'RuleGroupIterationsMissed'])('%s is added up over all rule groups of the workspace, which have a dimension each', (name) => {
    const query = queried.find(({ Metrics: [{ Label: label }] }) => label === name);
    expect(query).toMatchObject({ Threshold: 0, EvaluationPeriods: 1, TreatMissingData: 'notBreaching' });
    expect(query?.Metrics).toEqual([{
      Id: expect.stringMatching(/^[a-z]/) as unknown,
      Label: name,
      Period: 300,
      ReturnData: true,
      Expression: {
        'Fn::Join': ['', [`SELECT SUM(${name}) FROM "AWS/Prometheus" WHERE Workspace = '`, stack.resolve(alerting.workspace.workspaceId), "'"]],
      },
    }]);
  });

  test('of dead-letter queues stay on when SQS stops to publish metrics of a queue that nobody uses', () => {
    const missing = Object.fromEntries(watched.map(([name, properties]) => [name, properties.TreatMissingData]));
    const { 'AWS/SQS ApproximateNumberOfMessagesVisible': deadLetters, ...others } = missing;
    expect(deadLetters).toBe('ignore');
    expect([...new Set(Object.values(others))]).toEqual(['notBreaching']);
  });

  test('watch the queues and functions of this construct', () => {
    for (const [metricName, dimension, resource] of [
      ['ApproximateNumberOfMessagesVisible', 'QueueName', alerting.relay.deadLetterQueue.queueName],
      ['ApproximateNumberOfMessagesVisible', 'QueueName', alerting.relay.receiveDeadLetterQueue.queueName],
      ['ApproximateAgeOfOldestMessage', 'QueueName', alerting.relay.queue.queueName],
      ['Errors', 'FunctionName', alerting.relay.receiveFunction.functionName],
      ['Errors', 'FunctionName', alerting.relay.deliverFunction.functionName],
      ['DeadLetterErrors', 'FunctionName', alerting.relay.receiveFunction.functionName],
      ['RoutingKeyFailures', 'WorkspaceId', alerting.workspace.workspaceId],
      ['AlertManagerNotificationsFailed', 'Workspace', alerting.workspace.workspaceId],
    ]) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', {
        MetricName: metricName, Dimensions: [{ Name: dimension, Value: stack.resolve(resource) }],
      });
    }
  });

  test('tell nobody', () => {
    for (const [, properties] of watched) {
      expect(properties).not.toHaveProperty('AlarmActions');
      expect(properties).not.toHaveProperty('OKActions');
    }
  });
});

test('alarmActions are told when an alarm goes on and when it goes off', () => {
  const own = newStack();
  const topic = new sns.Topic(own, 'Operators');
  const synthesised = synthesise({ alarmActions: [new SnsAction(topic)] }, own);
  synthesised.template.allResourcesProperties('AWS::CloudWatch::Alarm', {
    AlarmActions: [own.resolve(topic.topicArn)],
    OKActions: [own.resolve(topic.topicArn)],
  });
});

test('there are none if they are not wanted', () => {
  const synthesised = synthesise({ alarms: false });
  synthesised.template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
  expect(synthesised.alerting.alarms).toEqual([]);
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
    expect(alarming.alarms).toHaveLength(ids.length);
  });
});
