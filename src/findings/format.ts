import { documentationUrl } from './documentation';
import { Finding, isError, Position } from './finding';

/** More findings than anybody reads at once. The rest of a file is counted. */
export const MAX_FINDINGS_PER_FILE = 200;

/**
 * All findings for a person: sorted, with a limit for each file beyond which the rest is counted in one line. Errors come before
 * warnings when a file has more than the limit.
 */
export function formatFindings(findings: readonly Finding[]): string {
  const { listed, notes } = limitFindings(findings);
  return [...listed.map(formatFinding), ...notes].join('\n');
}

/** `alertmanager.yml:12:7 error: unknown field "x" (receivers[0].x) [config-unknown-field]`, what to do, and where to read more. */
export function formatFinding(finding: Finding): string {
  const place = finding.position ? `${formatPosition(finding.position)} ` : '';
  return `${place}${finding.severity}: ${withDetails(finding, ` [${finding.code}]`)}`;
}

/** The same without severity and code, for the annotations of the CDK, which print both themselves. */
export function formatWarning(finding: Omit<Finding, 'severity'>): string {
  const place = finding.position ? `${formatPosition(finding.position)} ` : '';
  return `${place}${withDetails(finding, '')}`;
}

function withDetails(finding: Omit<Finding, 'severity'>, code: string): string {
  const path = finding.path ? ` (${finding.path})` : '';
  const lines = [`${finding.message}${path}${code}`, ...(finding.fix ? [finding.fix] : []), findingUrl(finding.code)];
  return lines.join('\n    ');
}

/** The page that explains a code. */
export function findingUrl(code: string): string {
  return documentationUrl('docs/findings.md', code);
}

export function formatPosition(position: Position): string {
  return `${position.file}:${position.line}:${position.column}`;
}

/** By file, line and column; those without a position first. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => {
    const [fileA, fileB] = [fileOf(a), fileOf(b)];
    if (fileA !== fileB) {
      return fileA < fileB ? -1 : 1;
    }
    return (a.position?.line ?? 0) - (b.position?.line ?? 0) || (a.position?.column ?? 0) - (b.position?.column ?? 0);
  });
}

/** The findings to print, sorted, and a line for each file that has more. */
export function limitFindings(findings: readonly Finding[]): { listed: Finding[]; notes: string[] } {
  const byFile = new Map<string, Finding[]>();
  for (const finding of sortFindings(findings)) {
    const ofFile = byFile.get(fileOf(finding)) ?? [];
    ofFile.push(finding);
    byFile.set(fileOf(finding), ofFile);
  }
  const listed: Finding[] = [];
  const notes: string[] = [];
  for (const [file, ofFile] of byFile) {
    const [first, rest] = split(ofFile);
    listed.push(...first);
    if (rest.length > 0) {
      notes.push(`${file === '' ? '' : `${file}: `}${rest.length} more ${rest.length === 1 ? 'finding is' : 'findings are'} not listed; fix those listed first`);
    }
  }
  return { listed, notes };
}

function split(findings: readonly Finding[]): [Finding[], Finding[]] {
  if (findings.length <= MAX_FINDINGS_PER_FILE) {
    return [[...findings], []];
  }
  const byWeight = [...findings.filter(isError), ...findings.filter((finding) => !isError(finding))];
  return [sortFindings(byWeight.slice(0, MAX_FINDINGS_PER_FILE)), byWeight.slice(MAX_FINDINGS_PER_FILE)];
}

function fileOf(finding: Finding): string {
  return finding.position?.file ?? '';
}
