import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmName } from './alarm-name';
import { documentationUrl } from '../findings/documentation';

/** What an alarm watches, and what a person reads about it. */
export interface AlarmSpec {
  readonly name: AlarmName;
  readonly metric: cloudwatch.IMetric;
  /** What is lost, why, and whether anything is lost yet. At most 160 characters, so that a link to the runbook fits in 300. */
  readonly description: string;
  /** @default 0 */
  readonly threshold?: number;
  /** @default - in ALARM while the metric is above the threshold */
  readonly comparison?: cloudwatch.ComparisonOperator;
  /** @default 1 */
  readonly periods?: number;
  /** @default - all periods */
  readonly datapointsToAlarm?: number;
  /** @default - not breaching */
  readonly missing?: cloudwatch.TreatMissingData;
}

export function createAlarm(scope: Construct, spec: AlarmSpec): cloudwatch.Alarm {
  return new cloudwatch.Alarm(scope, spec.name, {
    metric: spec.metric,
    alarmDescription: `${spec.description}. ${runbookUrl(spec.name)}`,
    comparisonOperator: spec.comparison ?? cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    threshold: spec.threshold ?? 0,
    evaluationPeriods: spec.periods ?? 1,
    datapointsToAlarm: spec.datapointsToAlarm,
    treatMissingData: spec.missing ?? cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}

/** The URL of an alarm's section in this version's runbook. Its heading is the alarm's id, so its anchor is the id in lowercase. */
function runbookUrl(alarmId: string): string {
  return documentationUrl('docs/runbook.md', alarmId.toLowerCase());
}
