import type { DetailsValue, PagerDutyConfig, TemplateFile } from '../model';
import { parseTemplate } from '../templates';

/**
 * The templates that one of an entry's texts defines although another text, a template file or Alertmanager itself defines
 * them as well. Alone, each field would see its own; in one message, the last definition would win for all.
 */
export function definedTwice(texts: readonly string[], templates: readonly TemplateFile[]): string[] {
  const perField = texts.map((text) => new Set(definitionsIn(text)));
  const own = new Set(perField.flatMap((names) => [...names]));
  if (own.size === 0) {
    return [];
  }
  const elsewhere = new Set(templates.flatMap((template) => definitionsIn(template.text)));
  return [...own].filter((name) =>
    isBuiltIn(name) || elsewhere.has(name) || perField.filter((names) => names.has(name)).length > 1);
}

/** Whether the text defines templates, so that it cannot stand inside of a definition itself. */
export function definesTemplates(text: string): boolean {
  return definitionsIn(text).length > 0;
}

/** Whether the text defines a template of this name. */
export function definesTemplate(text: string, name: string): boolean {
  return definitionsIn(text).includes(name);
}

function definitionsIn(text: string): string[] {
  // A look at the text saves most of them from being parsed.
  return /define|block/.test(text) ? parseTemplate(text).definitions.map((definition) => definition.name) : [];
}

/** Alertmanager's own templates are named `__subject` or `pagerduty.default.description`. */
function isBuiltIn(name: string): boolean {
  return name.startsWith('__') || name.includes('.default.');
}

/** The texts of the entry that have actions. */
export function templateFields(config: PagerDutyConfig): string[] {
  const { client, client_url: clientUrl, description, severity, source, group, component } = config;
  return [
    ...[client, clientUrl, description, severity, source, config.class, component, group],
    ...(config.links ?? []).flatMap((link) => [link.href, link.text]),
    ...(config.images ?? []).flatMap((image) => [image.src, image.alt, image.href]),
    ...textsIn(config.details ?? {}),
  ].filter((text): text is string => text !== undefined && text.includes('{{'));
}

function textsIn(value: DetailsValue): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
