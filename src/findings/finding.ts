import type { FindingCode } from './codes';

/** Where in the user's files a finding belongs. Lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export enum FindingSeverity {
  /** AMP would refuse it, or a page would be lost. Synthesis fails. */
  ERROR = 'error',
  /** It works, but not quite as it reads. Becomes an acknowledgeable warning of the app. */
  WARNING = 'warning',
}

/** One thing that is wrong with what the user gave us, told so that a person can act on it. */
export interface Finding {
  /** Stable; documented in docs/findings.md. */
  readonly code: FindingCode;
  readonly severity: FindingSeverity;
  /** What is wrong, with the offending value: lower case, no full stop. */
  readonly message: string;
  /** What is allowed and what to do about it: lower case, no full stop. */
  readonly fix?: string;
  /** Where; absent for what belongs to no file, such as a conflict between props. */
  readonly position?: Position;
  /** The place in words of the configuration, for example `receivers[2].pagerduty_configs[0].url`. */
  readonly path?: string;
}
