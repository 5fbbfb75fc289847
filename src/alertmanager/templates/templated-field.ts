import type { ConfigPath } from '../model';

/**
 * A text of an entry that Alertmanager executes as a template. Routing keys, which it executes too,
 * are not among them.
 */
export interface TemplatedField {
  readonly path: ConfigPath;
  readonly text: string;
  /** Whether it is only executed while an alert fires, because the entry does not send resolved alerts. */
  readonly firingOnly?: boolean;
}
