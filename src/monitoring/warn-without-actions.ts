import { Aspects, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { warn } from '../findings/annotate';

/** Warns if no alarm notifies anybody. Actions can be added to an alarm at any time, so the check runs at synthesis. */
export function warnWithoutActions(scope: Construct, alarms: readonly cloudwatch.Alarm[]): void {
  Aspects.of(scope).add({
    visit: (node) => {
      if (node === scope && !notifySomebody(scope, alarms)) {
        warn(scope, {
          code: 'alarms-without-actions',
          message: `none of the ${alarms.length} alarms has an action, so nobody learns of them`,
          fix: 'set alarmActions, or call addAlarmAction(), with an action that reaches people without this construct; or acknowledge the warning, if you look at the alarms in another way',
        });
      }
    },
  });
}

/** Resolves the actions of all alarms at once, because each call takes a while. */
function notifySomebody(scope: Construct, alarms: readonly cloudwatch.Alarm[]): boolean {
  const actions = Stack.of(scope).resolve(alarms.map((alarm) => (alarm.node.defaultChild as cloudwatch.CfnAlarm).alarmActions)) as unknown[][];
  return actions.flat().length > 0;
}
