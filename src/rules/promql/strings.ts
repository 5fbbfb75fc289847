/** A string literal of PromQL: the text between its quotes with the escapes of Go decoded. */
export type StringReading = { readonly value: string } | { readonly problem: string; readonly offset: number };

const SIMPLE_ESCAPES: { readonly [letter: string]: string } = {
  'a': '\x07', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '\\': '\\',
};

const CODE_ESCAPE = /[0-7]{3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}/y;

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
export function unquote(literal: string): StringReading {
  const quote = literal[0];
  if (quote === '`' || !literal.includes('\\')) {
    return { value: literal.slice(1, -1) };
  }
  const parts: string[] = [];
  for (let index = 1; index < literal.length - 1; index++) {
    if (literal[index] !== '\\') {
      parts.push(literal[index]);
      continue;
    }
    const escape = readEscape(literal, index + 1, quote);
    if (escape === undefined) {
      return { problem: `bad escape ${JSON.stringify(literal.slice(index, index + 2))} in a string`, offset: index };
    }
    parts.push(escape.value);
    index += escape.length;
  }
  return { value: parts.join('') };
}

function readEscape(literal: string, index: number, quote: string): { value: string; length: number } | undefined {
  const letter = literal[index];
  if (letter === quote) {
    return { value: quote, length: 1 };
  }
  if (Object.hasOwn(SIMPLE_ESCAPES, letter)) {
    return { value: SIMPLE_ESCAPES[letter], length: 1 };
  }
  CODE_ESCAPE.lastIndex = index;
  const digits = CODE_ESCAPE.exec(literal)?.[0];
  if (digits === undefined) {
    return undefined;
  }
  const octal = digits.length === 3 && letter !== 'x';
  const code = octal ? parseInt(digits, 8) : parseInt(digits.slice(1), 16);
  const allowed = octal || letter === 'x' ? code <= 0xff : code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return allowed ? { value: String.fromCodePoint(code), length: digits.length } : undefined;
}
