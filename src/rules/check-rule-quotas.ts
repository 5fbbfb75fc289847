import type { ParsedRuleGroups } from './parsed-rule-groups';
import { DEFAULT_QUOTAS, Quotas } from '../amp/read-quotas';
import type { Finding } from '../findings/finding';
import { FindingReporter } from '../findings/reporter';

/** Checks that need all namespaces of a workspace. */
export function checkRuleQuotas(readings: readonly ParsedRuleGroups[], quotas: Pick<Quotas, 'rules'> = DEFAULT_QUOTAS): readonly Finding[] {
  const rules = readings.reduce((sum, reading) => sum + reading.rules, 0);
  const reporter = FindingReporter.forProps();
  if (rules > quotas.rules) {
    reporter.warning('rules', {
      code: 'rule-quota-exceeded',
      message: `${rules} rules, AMP accepts ${quotas.rules} in a workspace`,
      fix: 'have AWS raise the quota (Rules per workspace) and set the prop quotas: { rules: … }, or use a second workspace',
    });
  }
  return reporter.findings;
}
