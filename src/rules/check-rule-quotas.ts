import type { RuleGroupsReading } from './rule-groups-reading';
import { DEFAULT_QUOTAS, Quotas } from '../amp/read-quotas';
import { Finding, FindingSeverity } from '../findings/finding';

/** What only all namespaces of a workspace together can tell. */
export function checkRuleQuotas(readings: readonly RuleGroupsReading[], quotas: Pick<Quotas, 'rules'> = DEFAULT_QUOTAS): Finding[] {
  const rules = readings.reduce((sum, reading) => sum + reading.rules, 0);
  return rules <= quotas.rules ? [] : [{
    code: 'rule-quota-exceeded',
    severity: FindingSeverity.WARNING,
    message: `${rules} rules, AMP accepts ${quotas.rules} in a workspace`,
    fix: 'have AWS raise the quota (Rules per workspace) and say so with the prop quotas: { rules: … }, or use a second workspace',
  }];
}
