import type { FindingCode } from './codes';
import type { FindingSeverity } from './finding';

/** What a check reports about a value. The {@link FindingReporter} adds where the value is. */
export interface Diagnostic {
  readonly code: FindingCode;
  /** What is wrong, with the offending value: lower case, no full stop. */
  readonly message: string;
  /** What is allowed and what to do about it: lower case, no full stop. */
  readonly fix?: string;
  /** Error unless it says otherwise. */
  readonly severity?: FindingSeverity;
  /** What a warning is about, if the place does not say it: see `Finding.subject`. */
  readonly subject?: string;
}

/** A diagnostic about a text, with the offset of what is wrong in it, in UTF-16 code units. */
export interface TextDiagnostic extends Diagnostic {
  readonly offset: number;
}
