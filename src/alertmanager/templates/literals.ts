/**
 * The value of a string of Go, quoted with `"` or with back quotes, as the lexer cut it out; undefined where Go refuses
 * it for a bad escape. Bytes that make no UTF-8 become U+FFFD.
 */
export function unquote(literal: string): string | undefined {
  const inside = literal.slice(1, -1);
  if (literal.startsWith('`')) {
    return inside.replace(/\r/g, '');
  }
  const bytes: Buffer[] = [];
  let end = 0;
  for (const piece of inside.matchAll(stringPieces())) {
    const value = piece[1] === undefined ? Buffer.from(piece[0]) : escapeValue(piece[1], '"');
    if (piece.index !== end || value === undefined) {
      return undefined;
    }
    bytes.push(value);
    end += piece[0].length;
  }
  return end === inside.length ? Buffer.concat(bytes).toString('utf8') : undefined;
}

/** Whether Go takes this as a character constant: one character or one escape between single quotes. */
export function isCharacter(literal: string): boolean {
  const match = /^'(?:\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}|.)|[^\\])'$/su.exec(literal);
  return match !== null && (match[1] === undefined || escapeValue(match[1], "'") !== undefined);
}

/** Runs of plain text, and escapes with what follows the backslash in group 1. */
function stringPieces(): RegExp {
  return /\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}|.)|[^\\]{1,4096}/gsu;
}

const LETTER_ESCAPES: ReadonlyMap<string, number> = new Map([
  ['a', 7], ['b', 8], ['f', 12], ['n', 10], ['r', 13], ['t', 9], ['v', 11], ['\\', 92],
]);

/** What an escape stands for, in UTF-8. The quote that surrounds it may be escaped, the other one may not. */
function escapeValue(escape: string, quote: string): Buffer | undefined {
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
