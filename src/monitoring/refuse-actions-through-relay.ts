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
    validate: () => alarmsWithAction(alarms, topic.topicArn).map((alarm) => formatFinding({
      code: 'alarm-through-relay',
      severity: FindingSeverity.ERROR,
      message: `the alarm ${alarm.node.id} has an action on the topic of the relay that it watches`,
      fix: 'use another topic, and a way to people that does not go through this construct',
      path: 'alarmActions',
    })),
  });
}

function alarmsWithAction(alarms: readonly cloudwatch.Alarm[], arn: string): cloudwatch.Alarm[] {
  return alarms.filter((alarm) => {
    const { alarmActions, okActions, insufficientDataActions } = alarm.node.defaultChild as cloudwatch.CfnAlarm;
    const stack = Stack.of(alarm);
    const actions = (stack.resolve([alarmActions, okActions, insufficientDataActions]) as unknown[][]).flat();
    // Most apps have no actions, and to resolve the ARN for each alarm takes a while.
    return actions.length > 0 && actions.map(identityOf).includes(identityOf(stack.resolve(arn)));
  });
}

/** The form that an ARN has in the template, so that a token equals itself. */
function identityOf(resolvedArn: unknown): string {
  return JSON.stringify(resolvedArn);
}
