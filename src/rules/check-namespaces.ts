import type { ParsedRuleGroups } from './parsed-rule-groups';
import { DEFAULT_QUOTAS, Quotas } from '../amp/read-quotas';
import type { Finding } from '../findings/finding';
import { FindingReporter } from '../findings/reporter';

// Checks that need all namespaces of a workspace.

/** A namespace that is there twice: the second would replace the rules of the first. */
export function checkNamespaces(namespaces: ReadonlyArray<Pick<ParsedRuleGroups, 'namespace'>>): readonly Finding[] {
  const reporter = FindingReporter.forProps();
  const names = namespaces.map(({ namespace }) => namespace);
  const duplicates = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  for (const name of duplicates) {
    reporter.error('rules', {
      code: 'namespace-duplicate',
      message: `${names.filter((other) => other === name).length} rule groups have the namespace "${name}"`,
      fix: 'give each RuleGroups a namespace of its own',
      subject: name,
    });
  }
  return reporter.findings;
}

/** More rules in all namespaces together than AMP accepts in a workspace. */
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
