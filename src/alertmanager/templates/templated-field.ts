import type { ConfigPath } from '../model';

/**
 * A text of an entry that Alertmanager executes as a template. Routing keys, which it executes too,
 * are not among them.
 */
export interface TemplatedField {
  readonly path: ConfigPath;
  readonly text: string;
}
