import type { ParsedTemplate } from './parsed-template';
import { TemplateParser } from './parser';

/** Bounds of the memory: the number of results, and the length of a text whose result is kept. */
const MAX_RESULTS = 500;
const MAX_TEXT_LENGTH = 2_000;

/**
 * Reads a template as Go's `text/template` (as of Go 1.23) does, functions aside. Never throws.
 *
 * @param name the name of the template that the text as a whole is: the base name of a template file; empty for a field.
 */
export function parseTemplate(text: string, name = ''): ParsedTemplate {
  return name === '' ? parseField(text) : new TemplateParser(text, name).parse();
}

const parseField = memoize((text): ParsedTemplate => new TemplateParser(text, '').parse());

/** Returns the function with its recent results kept, because large files repeat the same few templates. */
function memoize<Result>(compute: (text: string) => Result): (text: string) => Result {
  const results = new Map<string, Result>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined || text.length > MAX_TEXT_LENGTH) {
      return known ?? compute(text);
    }
    if (results.size >= MAX_RESULTS) {
      results.clear();
    }
    const result = compute(text);
    results.set(text, result);
    return result;
  };
}
