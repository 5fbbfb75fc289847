import type { ParsedRuleGroups } from './parsed-rule-groups';
import { RuleGroups } from './rule-groups';
import type { Quotas } from '../amp/read-quotas';
import type { FindingReporter } from '../findings/reporter';

/** Reads the prop `rules`. JavaScript lets through what TypeScript refuses: one `RuleGroups` without a list, the path of a file. */
export function readRules(rules: unknown, quotas: Quotas, reporter: FindingReporter): readonly ParsedRuleGroups[] {
  if (!Array.isArray(rules)) {
    reportInvalid('rules', 'is not a list', reporter);
    return [];
  }
  return rules.flatMap((entry: unknown, index) => {
    if (entry instanceof RuleGroups) {
      return entry._read(quotas);
    }
    reportInvalid(`rules[${index}]`, 'is not a RuleGroups', reporter);
    return [];
  });
}

function reportInvalid(path: string, what: string, reporter: FindingReporter): void {
  reporter.error(path, { code: 'rules-invalid', message: `${path} ${what}`, fix: 'give a list, such as rules: [RuleGroups.fromFile(path)]' });
}
