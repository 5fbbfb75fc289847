import { definitionCases } from './definitions';
import { generatedNotificationTemplates, generatedRuleTemplates } from './generated-templates';
import { namespaceCases } from './namespaces';
import type { Request } from './program';
import { VALID_TEMPLATES } from './valid-templates';
import { alertmanagerCases } from '../alertmanager/read/cases';
import { ruleFileCases } from '../rules/agreement/cases';

/** Everything that the committed tables have a verdict on. */
export function allRequests(): Request[] {
  return [
    ...alertmanagerCases().flatMap(({ cases }) => cases).map(({ text }): Request => ({ kind: 'config', text })),
    ...definitionCases().flatMap(({ definition: text }): Request[] => [{ kind: 'definition', text }, { kind: 'notify', text }]),
    ...ruleFileCases().flatMap(({ texts }) => texts).map((text): Request => ({ kind: 'rules', text })),
    ...namespaceCases().map(({ data: text }): Request => ({ kind: 'namespace', text })),
    ...[...generatedNotificationTemplates(), ...VALID_TEMPLATES].map((text): Request => ({ kind: 'template', text })),
    ...generatedRuleTemplates().map((text): Request => ({ kind: 'rule-template', text })),
  ];
}
