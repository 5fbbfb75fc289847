import { Duration } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/**
 * Metrics that AMP publishes about a workspace. A metric that has no data is zero.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-CW-usage-metrics.html
 */
export const AmpMetric = {
  NOTIFICATIONS_FAILED: 'AlertManagerNotificationsFailed',
  NOTIFICATIONS_THROTTLED: 'AlertManagerNotificationsThrottled',
  RULE_EVALUATION_FAILURES: 'RuleEvaluationFailures',
} as const;

/** Sum over 5 minutes of a metric that AMP publishes about the workspace. */
export function ampMetric(workspace: aps.CfnWorkspace, metricName: string): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/Prometheus',
    metricName,
    dimensionsMap: { Workspace: workspace.attrWorkspaceId },
    statistic: cloudwatch.Stats.SUM,
    period: Duration.minutes(5),
  });
}
