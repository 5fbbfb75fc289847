import { isUtf8 } from 'node:buffer';

/** The bytes that a string literal stands for, or where the escape is that Go does not know. */
export type StringResult = { readonly bytes: Buffer } | { readonly badEscape: number };

/** Runs of plain text, and escapes with what follows the backslash in group 1. */
const PIECE = /\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}|.)|[^\\]{1,4096}/gsu;

/**
 * Decodes the escapes of a string literal. The quotes are left to whoever cut the literal out: that it ends with the one it
 * begins with, and has neither this nor a line feed inside.
 *
 * @param literal in double or in single quotes. Offsets count from the opening one.
 * @see https://go.dev/ref/spec#String_literals
 */
export function unquote(literal: string): StringResult {
  const [quote] = literal;
  const inside = literal.slice(1, -1);
  const bytes: Buffer[] = [];
  let end = 0;
  for (const piece of inside.matchAll(PIECE)) {
    const value = piece[1] === undefined ? Buffer.from(piece[0]) : unescape(piece[1], quote);
    if (piece.index !== end || value === undefined) {
      break;
    }
    bytes.push(value);
    end += piece[0].length;
  }
  return end === inside.length ? { bytes: Buffer.concat(bytes) } : { badEscape: end + 1 };
}

const LETTER_ESCAPES: ReadonlyMap<string, number> = new Map([
  ['a', 7], ['b', 8], ['f', 12], ['n', 10], ['r', 13], ['t', 9], ['v', 11], ['\\', 92],
]);

/**
 * What an escape stands for, in UTF-8; undefined if there is no such escape.
 *
 * @param escape what follows the backslash.
 * @param quote the one around the literal, which can be escaped; the other one might not.
 */
export function unescape(escape: string, quote: string): Buffer | undefined {
  const letter = escape === quote ? quote.charCodeAt(0) : LETTER_ESCAPES.get(escape);
  if (letter !== undefined) {
    return Buffer.of(letter);
  }
  if (escape.length === 1) {
    return undefined;
  }
  if (/^[xuU]/.test(escape)) {
    const code = parseInt(escape.slice(1), 16);
    return escape.startsWith('x') ? Buffer.of(code) : characterValue(code);
  }
  const code = parseInt(escape, 8);
  return code <= 0xff ? Buffer.of(code) : undefined;
}

function characterValue(code: number): Buffer | undefined {
  const exists = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return exists ? Buffer.from(String.fromCodePoint(code)) : undefined;
}

/** The text, if the bytes are one in UTF-8. */
export function textOf(bytes: Buffer): string | undefined {
  return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}
