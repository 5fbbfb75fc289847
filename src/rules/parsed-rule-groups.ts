import type { Finding } from '../findings/finding';

/** A rule groups namespace of AMP to be, and all that is wrong with its rules. */
export interface ParsedRuleGroups {
  readonly namespace: string;
  /** The rule file as AMP gets it. */
  readonly data: string;
  /** How many rules are in it: alerting and recording. */
  readonly rules: number;
  /** How many groups have these rules. */
  readonly groups: number;
  readonly findings: readonly Finding[];
}
