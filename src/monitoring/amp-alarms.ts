import { AlarmName } from './alarm-name';
import type { AlarmSpec } from './alarm-spec';
import type { AlarmThresholds } from './alarm-thresholds';
import { AlertManagerMetric, alertManagerMetric, RuleMetric, ruleMetric } from './amp-metrics';
import type { IAlertingWorkspace } from '../amp/workspace';

/** What can go wrong inside AMP: rules that are not evaluated, notifications that are not published. */
export function ampAlarms(workspace: IAlertingWorkspace, thresholds: Required<AlarmThresholds>): AlarmSpec[] {
  return [
    {
      name: AlarmName.RULE_EVALUATION_FAILURES,
      metric: ruleMetric(workspace, RuleMetric.EVALUATION_FAILURES),
      threshold: thresholds.ruleEvaluationFailures,
      description: 'Alerts of a rule neither fire nor resolve, because AMP cannot evaluate the rule',
    },
    {
      name: AlarmName.RULE_GROUP_ITERATIONS_MISSED,
      metric: ruleMetric(workspace, RuleMetric.ITERATIONS_MISSED),
      threshold: thresholds.ruleGroupIterationsMissed,
      description: 'Alerts fire late, because AMP skips evaluations of a rule group that takes longer than its interval',
    },
    {
      name: AlarmName.ALERT_MANAGER_NOTIFICATIONS_FAILED,
      metric: alertManagerMetric(workspace, AlertManagerMetric.NOTIFICATIONS_FAILED),
      threshold: thresholds.alertManagerNotificationsFailed,
      description: 'Pages are late or lost, because AMP cannot publish notifications',
    },
    {
      name: AlarmName.ALERT_MANAGER_NOTIFICATIONS_THROTTLED,
      metric: alertManagerMetric(workspace, AlertManagerMetric.NOTIFICATIONS_THROTTLED),
      threshold: thresholds.alertManagerNotificationsThrottled,
      description: 'Pages are late, because AMP publishes more notifications than its quota allows',
    },
  ];
}
