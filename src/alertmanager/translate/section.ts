import { withUserReceiverName } from './user-receiver-name';
import { SectionKind, SectionPath } from '../../contract/message';
import { endsWithTrim, startsWithTrim } from '../templates';

/** One section of a message, as it will be written into the template. */
export interface Section {
  readonly kind: SectionKind;
  readonly path: SectionPath;
  /** A Go template. */
  readonly content: string;
}

/** The line that starts a section, without the marker. */
export function sectionLine({ kind, path }: Section): string {
  return `${kind} ${jsonLiteral(path)}`;
}

/** A section that holds what the user's template prints. */
export function textSection(path: SectionPath, template: string): Section {
  return { kind: SectionKind.TEXT, path, content: guardTrim(withUserReceiverName(template)) };
}

/** A section whose template prints JSON, strings in `%q` form. */
export function jsonSection(path: SectionPath, template: string): Section {
  return { kind: SectionKind.JSON, path, content: template };
}

/** A text section of a list entry's field; nothing if the field is absent or empty. */
export function section(list: string, index: number, field: string, template: string | undefined): Section | undefined {
  return template ? textSection([list, index, field], template) : undefined;
}

/**
 * A value as JSON that is also its own template: two opening braces would start an action, JSON can write the second as an
 * escape.
 */
export function jsonLiteral(value: unknown): string {
  return JSON.stringify(value).replace(/\{\{/g, '{\\u007b');
}

/** Prints nothing, but stands between a trim marker and our line feed, which the marker would remove. */
const GUARD = '{{ "" }}';

/** A look at the text saves most templates from being read for it. */
function guardTrim(template: string): string {
  if (!template.includes('{{-') && !template.includes('-}}')) {
    return template;
  }
  return `${startsWithTrim(template) ? GUARD : ''}${template}${endsWithTrim(template) ? GUARD : ''}`;
}
