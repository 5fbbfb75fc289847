import type { Scalar } from 'yaml';

/** An escape of a double-quoted scalar that stands for white space, and so for nothing that is counted. */
const BLANK_ESCAPE = /\\(?:[ntr \t]|x(?:09|0[aA]|0[dD]|20)|\n[ \t]*)/y;
const ESCAPE = /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^])/y;
const BLANK = /[ \t\r\n]/;

/**
 * The place in a file of a place in a scalar's value. YAML folds lines, removes indentation and decodes escapes, but it never
 * touches what is neither white space nor quoted: so the same number of other characters stands before both places.
 */
export function offsetInSource(source: string, scalar: Scalar, offset: number): number {
  const [start, end] = scalar.range ?? [0, 0];
  const value = String(scalar.value);
  const before = countInked(value, offset);
  const blank = offset >= value.length || BLANK.test(value[offset]);
  let index = contentStart(source, scalar, start);
  let last = index;
  for (let counted = 0; index < end; counted++) {
    index = skipBlanks(source, scalar, index, end);
    // A place in white space, or at the end, is moved directly behind the preceding text.
    if (counted === before) {
      return blank ? last : Math.min(index, end);
    }
    index += characterLength(source, scalar, index);
    last = index;
  }
  return Math.min(last, end);
}

function countInked(value: string, offset: number): number {
  let count = 0;
  for (let index = 0; index < offset && index < value.length; index += codePointLength(value, index)) {
    count += BLANK.test(value[index]) ? 0 : 1;
  }
  return count;
}

/** Behind the opening quote, or behind the line with the block scalar's indicator. */
function contentStart(source: string, scalar: Scalar, start: number): number {
  if (scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED') {
    const headerEnd = source.indexOf('\n', start);
    return headerEnd < 0 ? source.length : headerEnd + 1;
  }
  return scalar.type === 'PLAIN' ? start : start + 1;
}

function skipBlanks(source: string, scalar: Scalar, from: number, end: number): number {
  let index = from;
  while (index < end) {
    const escape = scalar.type === 'QUOTE_DOUBLE' ? match(BLANK_ESCAPE, source, index) : undefined;
    if (escape === undefined && !BLANK.test(source[index])) {
      break;
    }
    index += escape?.length ?? 1;
  }
  return index;
}

/** How long the text is that stands for one character of the value. */
function characterLength(source: string, scalar: Scalar, index: number): number {
  if (scalar.type === 'QUOTE_DOUBLE' && source[index] === '\\') {
    return match(ESCAPE, source, index)?.length ?? 1;
  }
  if (scalar.type === 'QUOTE_SINGLE' && source.startsWith("''", index)) {
    return 2;
  }
  return codePointLength(source, index);
}

function codePointLength(text: string, index: number): number {
  return (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
}

function match(pattern: RegExp, text: string, index: number): string | undefined {
  pattern.lastIndex = index;
  return pattern.exec(text)?.[0];
}
