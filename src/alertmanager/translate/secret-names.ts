/** A value that belongs into the secret, under a name that the definition can mention. */
export interface NamedSecret {
  readonly name: string;
  /** The field that it stands in, relative to its entry, for findings. */
  readonly field: string;
  /** The value if the file spells it out. Only the command that fills the secret can look at it. */
  readonly value?: string;
  /** Why the value cannot be the right one. */
  readonly problem?: string;
  /** The file that has the value, where the configuration names one. */
  readonly file?: string;
}

/** What Alertmanager prints instead of a secret when it is asked for its configuration. */
export const REDACTED = '<secret>';
