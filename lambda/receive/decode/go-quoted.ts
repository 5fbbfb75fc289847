/**
 * Strings in the form that Go's `printf "%q"` prints, inside text that is otherwise JSON.
 *
 * Go's escapes are JSON's but for four: `\a`, `\v`, `\xNN` and `\UNNNNNNNN`. A backslash occurs only inside strings, so they
 * can be replaced without knowing where strings begin and end. Both functions look at each character once.
 */

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8})|[^])/g;

const REPLACEMENT_CHARACTER = '\\ufffd';
const HIGHEST_CODE_POINT = 0x10ffff;

/** Rewrites Go's escapes, so that `JSON.parse` understands the text. */
export function goQuotedToJson(text: string): string {
  return text.replace(ESCAPE, (escape: string, byte: string | undefined, rune: string | undefined) => {
    if (byte !== undefined) return byteToJson(byte);
    if (rune !== undefined) return runeToJson(rune);
    if (escape === '\\a') return '\\u0007';
    if (escape === '\\v') return '\\u000b';
    return escape;
  });
}

/**
 * The same text with every string replaced by a JSON string of how it was printed, quotes and escapes included. Parsed, it
 * has the structure of the original, with `"\"a\\n\""` where that has `"a\n"`.
 */
export function quoteAsPrinted(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  let opened = -1;
  for (const { 0: token, index } of text.matchAll(/"|\\[^]/g)) {
    if (token !== '"') continue;
    if (opened < 0) {
      opened = index;
      continue;
    }
    parts.push(text.slice(copied, opened), JSON.stringify(text.slice(opened, index + 1)));
    copied = index + 1;
    opened = -1;
  }
  parts.push(text.slice(copied));
  return parts.join('');
}

/** Go prints `\x80` to `\xff` only for bytes that are not UTF-8; what they were is unknown, as in Go's own `toJson`. */
function byteToJson(hex: string): string {
  return parseInt(hex, 16) < 0x80 ? `\\u00${hex}` : REPLACEMENT_CHARACTER;
}

function runeToJson(hex: string): string {
  const codePoint = parseInt(hex, 16);
  return codePoint <= HIGHEST_CODE_POINT ? JSON.stringify(String.fromCodePoint(codePoint)).slice(1, -1) : REPLACEMENT_CHARACTER;
}
