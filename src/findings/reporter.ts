import { basename } from 'node:path';
import type { Diagnostic } from './diagnostic';
import { Finding, FindingSeverity, Position } from './finding';
import { FindingPath, formatPath } from './path';
import { TextPosition } from './text-position';

/** Where a diagnostic belongs: an offset into the text, the path of a value or of a prop, or both. */
export interface Place {
  readonly offset?: number;
  readonly path?: FindingPath | string;
}

/** What a reporter adds to a diagnostic. */
export interface ResolvedPlace {
  readonly position?: Position;
  readonly path?: FindingPath | string;
  /** The subject of diagnostics that have none of their own. */
  readonly subject?: string;
  /** Appended to the message, for a place that neither position nor path can express. */
  readonly detail?: string;
}

/**
 * Collects findings: the only way in which this library reports that something is wrong.
 *
 * A check says what is wrong (`Diagnostic`) and about which value (an offset, a path, or both); the reporter knows the file and its
 * lines.
 */
export class FindingReporter {
  /** For the text of a file: places are offsets into it. */
  public static forText(file: string, text: string | TextPosition, redact?: (text: string) => string): FindingReporter {
    let lines = typeof text === 'string' ? undefined : text;
    return new FindingReporter(({ offset = 0, path }) => {
      lines ??= new TextPosition(String(text));
      return { position: { file, ...lines.of(offset) }, path, subject: basename(file) };
    }, redact);
  }

  /** For the props of a construct: places are their names, such as `delivery.topic`. */
  public static forProps(): FindingReporter {
    return new FindingReporter(({ path }) => ({ path, subject: path === undefined ? undefined : textOf(path) }));
  }

  public readonly findings: Finding[] = [];
  private readonly reported = new Set<string>();
  private errors = 0;

  /** @param redact is applied to every text that is printed. */
  constructor(private readonly resolve: (place: Place) => ResolvedPlace, private readonly redact = (text: string): string => text) {}

  /** How many errors were reported so far, repeated ones included: a check that repeats an error has failed, too. */
  public get errorCount(): number {
    return this.errors;
  }

  public error(place: Place | FindingPath | string | number, diagnostic: Diagnostic): void {
    this.report(place, { ...diagnostic, severity: FindingSeverity.ERROR });
  }

  public warning(place: Place | FindingPath | string | number, diagnostic: Diagnostic): void {
    this.report(place, { ...diagnostic, severity: FindingSeverity.WARNING });
  }

  /**
   * Reports a diagnostic with the severity that it has. What several values inherit is checked for each of them: a finding that says
   * nothing new is listed once.
   */
  public report(place: Place | FindingPath | string | number, diagnostic: Diagnostic): void {
    const { code, message, fix, severity = FindingSeverity.ERROR } = diagnostic;
    const { position, path, detail = '', ...resolved } = this.resolve(placeOf(place));
    const subject = diagnostic.subject ?? resolved.subject;
    const shownPath = path === undefined ? '' : this.redact(textOf(path));
    this.errors += severity === FindingSeverity.ERROR ? 1 : 0;
    const finding: Finding = {
      code,
      severity,
      message: this.redact(message) + detail,
      ...(fix !== undefined && { fix: this.redact(fix) }),
      ...(position && { position }),
      ...(shownPath !== '' && { path: shownPath }),
      ...(subject !== undefined && subject !== '' && { subject }),
    };
    const key = JSON.stringify(finding);
    if (!this.reported.has(key)) {
      this.reported.add(key);
      this.findings.push(finding);
    }
  }
}

function placeOf(place: Place | FindingPath | string | number): Place {
  if (typeof place === 'number') {
    return { offset: place };
  }
  return typeof place === 'string' || isPath(place) ? { path: place } : place;
}

/** `Array.isArray` does not see through `readonly`. */
function isPath(place: Place | FindingPath): place is FindingPath {
  return Array.isArray(place);
}

function textOf(path: FindingPath | string): string {
  return typeof path === 'string' ? path : formatPath(path);
}
