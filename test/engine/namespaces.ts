import { RuleGroups } from '../../src/rules/rule-groups';
import { ruleFileCases } from '../rules/agreement/cases';

/** A rule groups namespace that synthesis would deploy without having reported anything. */
export interface NamespaceCase {
  /** The rule file. */
  readonly text: string;
  /** What AMP gets. */
  readonly data: string;
}

/** The namespaces of all rule files of the agreement tables that are accepted without a finding. */
export function namespaceCases(): NamespaceCase[] {
  return ruleFileCases().flatMap(({ texts }) => texts).flatMap((text) =>
    RuleGroups.fromString(text)._read().filter(({ findings }) => findings.length === 0).map(({ data }) => ({ text, data })));
}
