import { definitionProbes } from './definition-probes';
import { definitionCases } from './definitions';
import { generatedNotificationTemplates, generatedRuleTemplates } from './generated-templates';
import { namespaceProbes } from './namespace-probes';
import { namespaceCases } from './namespaces';
import type { Request } from './program';
import { RULE_TEMPLATES } from './rule-template-probes';
import { templateProbes } from './template-probes';
import { VALID_TEMPLATES } from './valid-templates';
import { alertmanagerCases } from '../alertmanager/read/cases';
import { ruleFileCases } from '../rules/agreement/cases';

/** Everything that the committed tables have a verdict on: the large tables, and the probes. */
export function allRequests(): Request[] {
  return [
    ...alertmanagerCases().flatMap(({ cases }) => cases).map(({ text }): Request => ({ kind: 'config', text })),
    ...definitionCases().flatMap(({ definition: text }): Request[] => [{ kind: 'definition', text }, { kind: 'notify', text }]),
    ...ruleFileCases().flatMap(({ texts }) => texts).map((text): Request => ({ kind: 'rules', text })),
    ...namespaceCases().map(({ data: text }): Request => ({ kind: 'namespace', text })),
    ...generatedNotificationTemplates().map((text): Request => ({ kind: 'template', text })),
    ...generatedRuleTemplates().map((text): Request => ({ kind: 'rule-template', text })),
    ...probes(),
  ];
}

/** What single tests ask about. A test whose text is not here fails, also where Go is installed. */
export function probes(): Request[] {
  return [
    ...definitionProbes(),
    ...namespaceProbes(),
    ...[...VALID_TEMPLATES, ...templateProbes()].map((text): Request => ({ kind: 'template', text })),
    ...RULE_TEMPLATES.map(([text]): Request => ({ kind: 'rule-template', text })),
  ];
}
