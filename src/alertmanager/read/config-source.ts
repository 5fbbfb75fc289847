import type { Diagnostic } from '../../findings/diagnostic';
import type { Finding } from '../../findings/finding';
import type { ParsedConfig, TemplateFile } from '../model';

/** Where the text comes from. Reading is deferred until the findings of all files can be reported together. */
export interface Source {
  /** What findings call the file. */
  readonly name: string;
  readonly baseDirectory: string;
  readonly read?: () => Buffer;
  /** Why there is nothing to read. */
  readonly problem?: Diagnostic;
}

/** What the text says, what its template files say, and what is wrong with them. */
export interface Loaded {
  readonly text: string;
  readonly reading: ParsedConfig;
  readonly templates: readonly TemplateFile[];
  readonly findings: readonly Finding[];
}
