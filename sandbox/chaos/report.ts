import type { Verdicts } from './oracle';
import type { ChaosResult } from './run';

const MAX_FINDINGS = 20;

/** What a run prints in the end. Its last line has the verdicts. */
export function describeResult({ faults, findings, summary, verdicts, digest }: ChaosResult): string {
  const counts = [...faults].sort(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(...counts.map(([fault]) => fault.length), 0);
  const { published, requests, accepted, incidents, reportedUnpaged, webhookCalls, coldStarts, simulatedHours } = summary;
  return [
    `injected faults: ${counts.reduce((sum, [, count]) => sum + count, 0)} of ${counts.length} kinds`,
    ...counts.map(([fault, count]) => `  ${fault.padEnd(width)}  ${String(count).padStart(5)}`),
    '',
    `${published} notifications in ${simulatedHours.toFixed(1)} simulated hours, ${requests} requests to PagerDuty, ${accepted} accepted, ${incidents} incidents`,
    `${webhookCalls} notifications accepted by the webhook`,
    `instances started: ${coldStarts.receive} of receive, ${coldStarts.deliver} of deliver, ${coldStarts.notify} of notify`,
    `triggers reported as unpaged, because they came after their resolve and after the retry window: ${reportedUnpaged}`,
    ...describeFindings(findings),
    `digest=${digest}`,
    describeVerdicts(verdicts),
  ].join('\n');
}

export function describeVerdicts({ lost, misordered, zombies, closedWhileFiring, finalStateMismatches }: Verdicts): string {
  return `lost=${lost} misordered=${misordered} zombies=${zombies} closed-while-firing=${closedWhileFiring} final-state-mismatches=${finalStateMismatches}`;
}

/** True when nothing went wrong for anybody. */
export function isClean(verdicts: Verdicts): boolean {
  return Object.values(verdicts).every((count) => count === 0);
}

function describeFindings(findings: ChaosResult['findings']): string[] {
  const lines = findings.slice(0, MAX_FINDINGS).map(({ verdict, incident, text }) => `  ${verdict}, incident ${incident}: ${text}`);
  const more = findings.length - lines.length;
  return [...lines, ...(more > 0 ? [`  and ${more} more`] : [])];
}
