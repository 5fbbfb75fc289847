import type { PromqlVersion } from './promql-version';
import type { FieldReader } from '../yaml/field-reader';

/** What the checks of one file share. */
export interface RuleFileContext {
  readonly source: string;
  readonly values: FieldReader;
  readonly promql: PromqlVersion;
}
