import { endOf, endOfCharacterEscape, endOfUnicodeClass, PERL_CLASS, RegexpError } from './escape';

const POSIX_CLASS = /\[:\^?([^]*?):\]/y;
const POSIX_NAMES = new Set(['alnum', 'alpha', 'ascii', 'blank', 'cntrl', 'digit', 'graph', 'lower', 'print', 'punct', 'space', 'upper', 'word', 'xdigit']);

/** @returns where the character class that begins with the `[` at `start` ends. */
export function endOfClass(text: string, start: number): number {
  let at = start + (text[start + 1] === '^' ? 2 : 1);
  const first = at;
  // A bracket at the first place is one of the characters.
  while (at === first || text[at] !== ']') {
    if (at >= text.length) {
      throw new RegexpError('a closing ] is missing', start);
    }
    at = endOfNamedClass(text, at) ?? endOfRange(text, at);
  }
  return at + 1;
}

function endOfNamedClass(text: string, at: number): number | undefined {
  if (text[at] === '[') {
    POSIX_CLASS.lastIndex = at;
    const posix = POSIX_CLASS.exec(text);
    if (posix && !POSIX_NAMES.has(posix[1])) {
      throw new RegexpError(`the class ${posix[0].slice(0, 30)} is not known`, at);
    }
    return posix ? POSIX_CLASS.lastIndex : undefined;
  }
  return text[at] === '\\' ? endOf(PERL_CLASS, text, at) ?? endOfUnicodeClass(text, at) : undefined;
}

/** One character, or a range of two. */
function endOfRange(text: string, start: number): number {
  const low = endOfOne(text, start);
  if (text[low] !== '-' || low + 1 >= text.length || text[low + 1] === ']') {
    return low;
  }
  const high = endOfOne(text, low + 1);
  if (codeOf(text.slice(low + 1, high)) < codeOf(text.slice(start, low))) {
    throw new RegexpError(`the range ${text.slice(start, high)} is backwards`, start);
  }
  return high;
}

function endOfOne(text: string, at: number): number {
  if (text[at] === '\\') {
    return endOfCharacterEscape(text, at);
  }
  return at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
}

const CONTROLS: { readonly [escape: string]: number } = { '\\a': 7, '\\f': 12, '\\n': 10, '\\r': 13, '\\t': 9, '\\v': 11 };

function codeOf(one: string): number {
  if (!one.startsWith('\\')) {
    return one.codePointAt(0) ?? 0;
  }
  if (one[1] === 'x') {
    return parseInt(one.slice(2).replace(/[{}]/g, ''), 16);
  }
  return /^\\[0-7]/.test(one) ? parseInt(one.slice(1), 8) : CONTROLS[one] ?? one.codePointAt(1) ?? 0;
}
