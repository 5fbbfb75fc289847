import { AlertManagerConfig } from '../../src/alertmanager/alert-manager-config';
import { UnsupportedReceivers } from '../../src/alertmanager/options';
import type { Translation } from '../../src/alertmanager/translate/translation';
import { alertmanagerCases } from '../alertmanager/read/cases';
import { REQUEST } from '../alertmanager/translate/support';

/** A definition that synthesis would deploy without having reported anything. */
export interface DefinitionCase {
  readonly name: string;
  readonly text: string;
  readonly definition: string;
}

/** Findings that say nothing about what the engine accepts: the integration is not part of the definition. */
const WITHOUT_INFLUENCE: ReadonlySet<string> = new Set(['integration-dropped']);

/** The definitions of all configurations of the agreement tables that are accepted without a finding. */
export function definitionCases(): DefinitionCase[] {
  return alertmanagerCases().flatMap(({ cases }) => cases).flatMap(({ name, text }) => {
    const { definition, findings } = translateCase(text);
    return definition !== '' && findings.every(({ code }) => WITHOUT_INFLUENCE.has(code)) ? [{ name, text, definition }] : [];
  });
}

export function translateCase(text: string): Translation {
  return AlertManagerConfig.fromString(text, { unsupportedReceivers: UnsupportedReceivers.WARN })._translate(REQUEST);
}
