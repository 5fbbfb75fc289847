import type { ParsedRuleGroups } from './parsed-rule-groups';
import type { Finding } from '../findings/finding';
import { FindingReporter } from '../findings/reporter';

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
