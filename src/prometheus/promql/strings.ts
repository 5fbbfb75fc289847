import * as strings from '../../go/strings';

/** A string literal of PromQL: the text between its quotes with the escapes of Go decoded. */
export type StringResult = { readonly value: string } | { readonly problem: string; readonly offset: number };

/** Where the literal that starts at `start` ends, just behind its closing quote; undefined if nothing closes it. */
export function endOfString(text: string, start: number): number | undefined {
  const quote = text[start];
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === quote) {
      return index + 1;
    }
    if (quote !== '`') {
      if (text[index] === '\n') {
        return undefined;
      }
      if (text[index] === '\\') {
        index++;
      }
    }
  }
  return undefined;
}

/** Decodes a literal with its quotes. `offset` of a problem counts from the opening quote. */
export function unquote(literal: string): StringResult {
  if (literal.startsWith('`') || !literal.includes('\\')) {
    return { value: literal.slice(1, -1) };
  }
  const reading = strings.unquote(literal);
  return 'bytes' in reading
    ? { value: reading.bytes.toString('utf8') }
    : { problem: `bad escape ${JSON.stringify(literal.slice(reading.badEscape, reading.badEscape + 2))} in a string`, offset: reading.badEscape };
}
