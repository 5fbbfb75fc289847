import type { FindingCode } from '../../findings/codes';

/** What to do about PromQL that no released Cortex runs: such a problem is a warning here, and the caller decides. */
export const TOO_NEW_FIX = 'AMP is built on Cortex, and no released Cortex runs it: write the rule without it; '
  + 'if AMP has accepted such a rule, allow it with the option promql: PromqlVersion.PROMETHEUS_3_16';

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
