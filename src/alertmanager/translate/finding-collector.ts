import type { FindingCode } from '../../findings/codes';
import { Finding, FindingSeverity } from '../../findings/finding';
import type { ConfigPath, ConfigReading } from '../model';
import { formatPath } from '../read/config-path';

/** Collects what the translation has to say of the user's file, each with its position. */
export class FindingCollector {
  public readonly findings: Finding[] = [];

  constructor(private readonly reading: ConfigReading) {}

  /** Something that cannot be translated. */
  public error(code: FindingCode, path: ConfigPath, message: string, fix: string): void {
    this.add(FindingSeverity.ERROR, code, path, message, fix);
  }

  /** Something that works differently from how it reads. */
  public warning(code: FindingCode, path: ConfigPath, message: string, fix: string): void {
    this.add(FindingSeverity.WARNING, code, path, message, fix);
  }

  private add(severity: FindingSeverity, code: FindingCode, path: ConfigPath, message: string, fix: string): void {
    const position = this.reading.positionOf(path);
    const place = formatPath(path);
    this.findings.push({ code, severity, message, fix, ...(position && { position }), ...(place && { path: place }) });
  }
}
