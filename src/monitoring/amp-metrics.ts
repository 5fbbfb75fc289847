import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { IAlertingWorkspace } from '../amp/workspace';

const NAMESPACE = 'AWS/Prometheus';

/** The period in which AMP publishes notification and rule metrics often enough to alarm on. */
const PERIOD = Duration.minutes(5);

/**
 * Metrics that AMP publishes about the alert manager of a workspace. A metric without data is zero.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-CW-usage-metrics.html
 */
export const AlertManagerMetric = {
  ALERTS_RECEIVED: 'AlertManagerAlertsReceived',
  NOTIFICATIONS_FAILED: 'AlertManagerNotificationsFailed',
  NOTIFICATIONS_THROTTLED: 'AlertManagerNotificationsThrottled',
} as const;

/** Metrics that AMP publishes per rule group: they have the dimension `RuleGroup`, of the form `<namespace>;<group>`. */
export const RuleMetric = {
  EVALUATION_FAILURES: 'RuleEvaluationFailures',
  ITERATIONS_MISSED: 'RuleGroupIterationsMissed',
} as const;

/** Sum over 5 minutes of a metric that AMP publishes about the alert manager of the workspace. */
export function alertManagerMetric(workspace: IAlertingWorkspace, metricName: string): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: NAMESPACE,
    metricName,
    dimensionsMap: { Workspace: workspace.workspaceId },
    statistic: cloudwatch.Stats.SUM,
    period: PERIOD,
  });
}

/**
 * Sum over 5 minutes and over all rule groups of the workspace, also those that the construct did not create.
 *
 * A metric that names the workspace alone would have no data, because CloudWatch does not add up the values of a dimension. The
 * query adds up whatever has the dimension `Workspace`, alone or beside others (docs/decisions/0040).
 */
export function ruleMetric(workspace: IAlertingWorkspace, metricName: string): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({
    expression: `SELECT SUM(${metricName}) FROM "${NAMESPACE}" WHERE Workspace = '${workspace.workspaceId}'`,
    label: metricName,
    period: PERIOD,
  });
}
