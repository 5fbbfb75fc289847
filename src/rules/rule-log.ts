import type { FindingCode } from '../findings/codes';
import { Finding, FindingSeverity } from '../findings/finding';
import { TextPosition } from '../findings/text-position';

/** What a finding says; where it belongs is added by {@link RuleLog}. */
export interface Remark {
  readonly code: FindingCode;
  readonly message: string;
  readonly fix?: string;
}

/** More than anybody reads. The rest of a file that is not meant to be a rule file at all is counted only. */
const MOST_FINDINGS = 200;

/** Collects the findings of one file and knows its lines. */
export class RuleLog {
  public readonly findings: Finding[] = [];
  private readonly positions: TextPosition;
  private unlisted = 0;
  private unlistedError = false;
  private errorFound = false;

  public constructor(public readonly file: string, text: string) {
    this.positions = new TextPosition(text);
  }

  public error(offset: number | undefined, path: string | undefined, remark: Remark): void {
    this.add(FindingSeverity.ERROR, offset, path, remark);
  }

  public warning(offset: number | undefined, path: string | undefined, remark: Remark): void {
    this.add(FindingSeverity.WARNING, offset, path, remark);
  }

  /** Whether there is an error, listed or not. */
  public get hasErrors(): boolean {
    return this.errorFound;
  }

  /** All findings; of too many, how many more there were. */
  public finish(): Finding[] {
    const last = this.findings[this.findings.length - 1];
    return this.unlisted === 0 ? this.findings : [
      ...this.findings,
      { ...last, severity: this.unlistedError ? FindingSeverity.ERROR : last.severity, message: `${this.unlisted} more findings are not listed`, fix: 'correct those above first', path: undefined },
    ];
  }

  private add(severity: FindingSeverity, offset: number | undefined, path: string | undefined, remark: Remark): void {
    this.errorFound ||= severity === FindingSeverity.ERROR;
    if (this.findings.length >= MOST_FINDINGS) {
      this.unlisted++;
      this.unlistedError ||= severity === FindingSeverity.ERROR;
      return;
    }
    const position = { file: this.file, ...this.positions.of(offset ?? 0) };
    this.findings.push({ severity, position, path, ...remark });
  }
}
