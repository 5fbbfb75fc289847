import type { CallGraph, ParsedFile } from './call-graph';
import type { ParsedTemplate } from '../../go/template/parsed-template';
import type { TemplateFile } from '../model';

/** A piece of a text: offsets in UTF-16 code units, `end` exclusive. */
interface Range {
  readonly offset: number;
  readonly end: number;
}

/**
 * The definitions of a file that no page leads to, such as those for Slack. They are not part of the alert manager definition: AMP
 * would count them toward its quotas, and refuse the file because of a function that only they call.
 *
 * A file that cannot be parsed, or that is executed as a whole, keeps all of its definitions.
 */
export function unusedDefinitions(file: ParsedFile, graph: CallGraph): Range[] {
  const { parsed, name } = file;
  if (parsed.error || graph.isReached(name, {})) {
    return [];
  }
  const used = parsed.definitions.filter((definition) => graph.isReached(name, { within: definition.name }));
  // A block inside of a definition defines a template of its own.
  return parsed.definitions
    .filter((definition) => definition.keyword === 'define' && !used.some(({ offset }) => isWithin(definition, offset)))
    .map(({ offset, end }) => ({ offset, end }));
}

/** The file without the ranges; undefined if nothing but white space is left. */
export function withoutRanges(file: TemplateFile, ranges: readonly Range[]): TemplateFile | undefined {
  if (ranges.length === 0) {
    return file;
  }
  let position = 0;
  const kept = ranges.map(({ offset, end }) => {
    const piece = file.text.slice(position, offset);
    position = end;
    return piece;
  });
  const text = [...kept, file.text.slice(position)].join('');
  return text.trim() === '' ? undefined : { ...file, text };
}

/** What is parsed of the file outside of the ranges. */
export function parsedOutside(parsed: ParsedTemplate, ranges: readonly Range[]): ParsedTemplate {
  const outside = <T extends { readonly offset: number }>(places: readonly T[]): T[] =>
    places.filter(({ offset }) => !ranges.some((range) => isWithin(range, offset)));
  return ranges.length === 0 ? parsed : {
    ...parsed,
    calls: outside(parsed.calls),
    definitions: outside(parsed.definitions),
    functions: outside(parsed.functions),
    fields: outside(parsed.fields),
    unboundVariables: outside(parsed.unboundVariables),
    recentSyntax: outside(parsed.recentSyntax),
  };
}

function isWithin(range: Range, offset: number): boolean {
  return offset >= range.offset && offset < range.end;
}
