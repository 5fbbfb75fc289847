import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { createAlarm } from './alarm-spec';
import { AlarmThresholds } from './alarm-thresholds';
import { ampAlarms } from './amp-alarms';
import { notifyAlarms } from './notify-alarms';
import { withDefaults } from './read-thresholds';
import { refuseActionsThroughRelay } from './refuse-actions-through-relay';
import { deliverAlarms, heartbeatAlarm, receiveAlarms } from './relay-alarms';
import { warnWithoutActions } from './warn-without-actions';
import type { IAlertingWorkspace } from '../amp/workspace';
import type { Relay } from '../relay/relay';

export interface AlarmsProps {
  readonly workspace: IAlertingWorkspace;
  readonly relay: Relay;
  readonly actions: readonly cloudwatch.IAlarmAction[];
  readonly thresholds?: AlarmThresholds;
  /** Whether there is a heartbeat to watch. */
  readonly heartbeat: boolean;
}

/** One alarm for each failure that can prevent a page, from rule evaluation to PagerDuty. */
export class Alarms extends Construct {
  public readonly alarms: cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);

    const thresholds = withDefaults(props.thresholds);
    this.alarms = [
      ...(props.heartbeat ? [heartbeatAlarm(props.relay, thresholds)] : []),
      ...ampAlarms(props.workspace, thresholds),
      ...receiveAlarms(props.relay, thresholds),
      ...deliverAlarms(props.relay, thresholds),
      ...notifyAlarms(props.relay, thresholds),
    ].map((spec) => createAlarm(this, spec));
    this.addAction(...props.actions);
    refuseActionsThroughRelay(this, this.alarms, props.relay.topic);
    warnWithoutActions(this, this.alarms);
  }

  /** Adds actions for the ALARM and OK transitions of every alarm. */
  public addAction(...actions: cloudwatch.IAlarmAction[]): void {
    if (actions.length > 0) {
      this.alarms.forEach((alarm) => {
        alarm.addAlarmAction(...actions);
        alarm.addOkAction(...actions);
      });
    }
  }
}
