import { memoize } from './memoize';
import type { ParsedTemplate } from './parsed-template';
import { TemplateParser } from './parser';

/**
 * Reads a template as Go's `text/template` (as of Go 1.23) does, functions aside. Never throws.
 *
 * @param name the name of the template that the text as a whole is: the base name of a template file; empty for a field.
 */
export function parseTemplate(text: string, name = ''): ParsedTemplate {
  return name === '' ? parseField(text) : new TemplateParser(text, name).parse();
}

const parseField = memoize((text): ParsedTemplate => new TemplateParser(text, '').parse());
