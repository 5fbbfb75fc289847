import type { FindingCode } from '../../findings/codes';

/** Something wrong in a PromQL expression. Becomes a finding once the place of the expression in its file is known. */
export interface PromqlProblem {
  readonly code: FindingCode;
  /** From where in the expression, in UTF-16 code units. */
  readonly offset: number;
  /** It works in some versions of Prometheus: told, not refused. */
  readonly warning?: boolean;
  readonly message: string;
  readonly fix?: string;
}
