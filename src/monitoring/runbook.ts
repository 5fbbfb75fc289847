/** Where the runbook is read. */
const RUNBOOK = 'https://github.com/cdk-amp-pagerduty/cdk-amp-pagerduty/blob/main/docs/runbook.md';

/** The section of the runbook about an alarm. Its heading is the alarm's id, whose anchor is the same in lower case. */
export function runbookUrl(alarmId: string): string {
  return `${RUNBOOK}#${alarmId.toLowerCase()}`;
}
