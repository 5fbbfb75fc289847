import type { RuleGroupsReading } from './rule-groups-reading';
import { Finding, FindingSeverity } from '../findings/finding';

/** AMP's default quota of rules in a workspace; AWS raises it on request. */
export const MOST_RULES = 2000;

/** What only all namespaces of a workspace together can tell. */
export function checkRuleQuotas(readings: readonly RuleGroupsReading[]): Finding[] {
  const rules = readings.reduce((sum, reading) => sum + reading.rules, 0);
  return rules <= MOST_RULES ? [] : [{
    code: 'rule-quota-exceeded',
    severity: FindingSeverity.WARNING,
    message: `${rules} rules, AMP accepts ${MOST_RULES} in a workspace by default`,
    fix: 'have AWS raise the quota (Rules per workspace) and acknowledge the warning, or use a second workspace',
  }];
}
