import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { FindingSeverity } from '../findings/finding';
import { formatFinding } from '../findings/format';

/**
 * Refuses alarm actions on the relay's own topic: if the relay fails, they would notify nobody. Actions can be added to an alarm at
 * any time, so the check runs at synthesis.
 */
export function refuseActionsThroughRelay(scope: Construct, alarms: readonly cloudwatch.Alarm[], topic: sns.ITopic): void {
  scope.node.addValidation({
    validate: () => alarms.filter((alarm) => actionsOf(alarm).includes(identityOf(alarm, topic.topicArn))).map((alarm) => formatFinding({
      code: 'alarm-through-relay',
      severity: FindingSeverity.ERROR,
      message: `the alarm ${alarm.node.id} has an action on the topic of the relay that it watches`,
      fix: 'use another topic, and a way to people that does not go through this construct',
      path: 'alarmActions',
    })),
  });
}

function actionsOf(alarm: cloudwatch.Alarm): string[] {
  const { alarmActions = [], okActions = [], insufficientDataActions = [] } = alarm.node.defaultChild as cloudwatch.CfnAlarm;
  const resolved: unknown = [alarmActions, okActions, insufficientDataActions].flatMap((actions) => Stack.of(alarm).resolve(actions) ?? []);
  return Array.isArray(resolved) ? resolved.map((action) => JSON.stringify(action)) : [];
}

/** The form that an ARN has in the template, so that a token equals itself. */
function identityOf(scope: Construct, arn: string): string {
  return JSON.stringify(Stack.of(scope).resolve(arn));
}
