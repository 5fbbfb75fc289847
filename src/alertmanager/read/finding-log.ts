import type { LineCounter } from 'yaml';
import { formatPath } from './config-path';
import { Finding, FindingSeverity, Position } from '../../findings/finding';
import type { ConfigPath } from '../model';
import type { Problem } from './schema/schema';

/** Collects the findings about one file. */
export class FindingLog {
  public readonly findings: Finding[] = [];
  private errorCount = 0;

  constructor(private readonly file: string, private readonly lines: LineCounter) {}

  /** How many errors there are so far. */
  public get errors(): number {
    return this.errorCount;
  }

  public positionAt(offset: number): Position {
    const { line, col } = this.lines.linePos(offset);
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  public errorAt(offset: number, problem: Problem, path?: ConfigPath): void {
    this.errorCount++;
    this.add(offset, problem, FindingSeverity.ERROR, path);
  }

  public warningAt(offset: number, problem: Problem, path?: ConfigPath): void {
    this.add(offset, problem, FindingSeverity.WARNING, path);
  }

  private add(offset: number, problem: Problem, severity: FindingSeverity, path?: ConfigPath): void {
    this.findings.push({
      code: problem.code,
      severity,
      message: withoutKeys(problem.message),
      ...(problem.fix === undefined ? {} : { fix: withoutKeys(problem.fix) }),
      position: this.positionAt(offset),
      ...(path === undefined || path.length === 0 ? {} : { path: withoutKeys(formatPath(path)) }),
    });
  }
}

/**
 * A text without what may be a routing key, or most of one: `routing_key:0123…` is a field of this name. What belongs into a
 * key is not quoted anyway; but where a colon or a quote is missing, a key can be anywhere.
 */
function withoutKeys(text: string): string {
  return text.replace(/(?=[A-Za-z]*[0-9])[A-Za-z0-9]{24,}/g, '…');
}
