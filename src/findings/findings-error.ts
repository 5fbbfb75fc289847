import { Finding, FindingSeverity, Position } from './finding';

/**
 * The error of this library: everything that is wrong with the input, at once.
 *
 * `findings` has them one by one, `code` is the code of the first, for programs that look at one only.
 */
export class FindingsError extends Error {
  public readonly name = 'AmpPagerDutyError';
  public readonly findings: readonly Finding[];
  public readonly code: string;

  /**
   * @param findings at least one finding with severity ERROR; warnings are told along.
   * @param constructPath the path of the construct that the findings belong to, if there is one yet.
   */
  constructor(findings: readonly Finding[], constructPath?: string) {
    const errors = findings.filter((finding) => finding.severity === FindingSeverity.ERROR);
    const where = constructPath ? `${constructPath}: ` : '';
    const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
    super(`${where}${count} in the alerting configuration\n${sortFindings(findings).map(formatFinding).join('\n')}`);
    this.findings = sortFindings(findings);
    this.code = errors[0]?.code ?? findings[0].code;
  }
}

/** Throws if any of the findings is an error. */
export function throwOnErrors(findings: readonly Finding[], constructPath?: string): void {
  if (findings.some((finding) => finding.severity === FindingSeverity.ERROR)) {
    throw new FindingsError(findings, constructPath);
  }
}

/** `alertmanager.yml:12:7 error: unknown field "dedup_key" (unknown-field)`, and what to do, indented, on the next line. */
export function formatFinding(finding: Finding): string {
  const place = finding.position ? `${formatPosition(finding.position)} ` : '';
  const path = finding.path ? ` at ${finding.path}` : '';
  const fix = finding.fix ? `\n    ${finding.fix}` : '';
  return `${place}${finding.severity}: ${finding.message}${path} (${finding.code})${fix}`;
}

export function formatPosition(position: Position): string {
  return `${position.file}:${position.line}:${position.column}`;
}

/** By file, line and column; those without a position first. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const key = (finding: Finding): [string, number, number] =>
    [finding.position?.file ?? '', finding.position?.line ?? 0, finding.position?.column ?? 0];
  return [...findings].sort((a, b) => {
    const [fileA, lineA, columnA] = key(a);
    const [fileB, lineB, columnB] = key(b);
    if (fileA !== fileB) {
      return fileA < fileB ? -1 : 1;
    }
    return lineA - lineB || columnA - columnB;
  });
}
