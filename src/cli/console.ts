/** Where a command writes. The standard output is for what is piped on, the error output for what a person should know. */
export interface Console {
  /** Whether colors are wanted on the standard output. */
  readonly colors?: boolean;
  out(text: string): void;
  err(text: string): void;
}

/** What the command ends with. */
export const ExitCode = {
  OK: 0,
  /** There are errors in what was checked, or the command could not do what it was asked for. */
  FAILED: 1,
  /** The command was called wrongly. */
  USAGE: 2,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** The command was called wrongly; the message says how. */
export class UsageError extends Error {}
