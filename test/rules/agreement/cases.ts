import { EXPRESSIONS, mutateExpressions } from './expressions';
import { ruleFileOf } from './promtool';
import { mutateRuleFiles, RULE_FILES } from './rule-files';

export interface RuleFileTable {
  readonly name: string;
  readonly texts: readonly string[];
}

/** Every rule file of docs/agreement-rules.md. */
export function ruleFileCases(): RuleFileTable[] {
  return [
    { name: 'expressions', texts: [...EXPRESSIONS, ...mutateExpressions(3000, 1)].map(ruleFileOf) },
    { name: 'rule files', texts: [...RULE_FILES, ...mutateRuleFiles(1500, 1)] },
  ];
}
