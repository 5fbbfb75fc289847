/** The runbook on the web. */
const RUNBOOK = 'https://github.com/cdk-amp-pagerduty/cdk-amp-pagerduty/blob/main/docs/runbook.md';

/** The URL of an alarm's section in the runbook. Its heading is the alarm's id, so its anchor is the id in lowercase. */
export function runbookUrl(alarmId: string): string {
  return `${RUNBOOK}#${alarmId.toLowerCase()}`;
}
