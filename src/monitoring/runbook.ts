import { documentationUrl } from '../findings/documentation';

/** The URL of an alarm's section in this version's runbook. Its heading is the alarm's id, so its anchor is the id in lowercase. */
export function runbookUrl(alarmId: string): string {
  return documentationUrl('docs/runbook.md', alarmId.toLowerCase());
}
