import { CONFIG_FINDINGS } from './codes/config';
import { EMAIL_FINDINGS } from './codes/email';
import { OUTPUT_FINDINGS } from './codes/output';
import { PROP_FINDINGS } from './codes/props';
import { RULE_FINDINGS } from './codes/rules';
import { TEMPLATE_FINDINGS } from './codes/templates';
import { TRANSLATION_FINDINGS } from './codes/translation';

/** What docs/findings.md says of a code. The page is generated from this table. */
export interface FindingDescription {
  /** What it means, in one sentence. */
  readonly meaning: string;
  /** Why it is refused or warned of: whose rule it is. */
  readonly reason: string;
  /** What to do, in one or two sentences. */
  readonly remedy: string;
}

/** Every code that a finding can have, by module. A code is a contract: it is never renamed, and never means something else. */
export const FINDING_CODES = {
  ...CONFIG_FINDINGS,
  ...TEMPLATE_FINDINGS,
  ...TRANSLATION_FINDINGS,
  ...EMAIL_FINDINGS,
  ...RULE_FINDINGS,
  ...PROP_FINDINGS,
  ...OUTPUT_FINDINGS,
} as const;

export type FindingCode = keyof typeof FINDING_CODES;
