import type { FindingCode } from './codes';

/** A position in one of the user's files. Lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export enum FindingSeverity {
  /** AMP would refuse it, or a page would be lost. Synthesis fails. */
  ERROR = 'error',
  /** It works, but not quite as it reads. Becomes a warning of the app that can be acknowledged. */
  WARNING = 'warning',
}

/** Whether a finding or a diagnostic is an error, which is what they are unless they say otherwise. */
export function isError({ severity }: { readonly severity?: FindingSeverity }): boolean {
  return severity !== FindingSeverity.WARNING;
}

/** One thing that is wrong with the input, reported so that a person can act on it. */
export interface Finding {
  /** Stable; documented in docs/findings.md. */
  readonly code: FindingCode;
  readonly severity: FindingSeverity;
  /** What is wrong, with the offending value: lower case, no full stop. */
  readonly message: string;
  /** What is allowed and what to do about it: lower case, no full stop. */
  readonly fix?: string;
  /** Absent for what belongs to no file, such as a conflict between props. */
  readonly position?: Position;
  /** The place in words of the configuration, for example `receivers[2].pagerduty_configs[0].url`. */
  readonly path?: string;
  /**
   * What the finding is about: the name of a receiver, a rule, or a prop, never a position. Together with the code it is the id
   * by which a warning is acknowledged, so that acknowledging it silences neither the next receiver nor breaks when lines move.
   */
  readonly subject?: string;
}
