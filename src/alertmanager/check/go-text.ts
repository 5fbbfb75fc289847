/** What Go calls white space (`unicode.IsSpace`), which is not quite what JavaScript's `\s` is. */
export const GO_SPACES = '\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** The text without Go's white space at its ends. */
export function trimGoSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && IS_SPACE.test(text[start])) {
    start++;
  }
  while (end > start && IS_SPACE.test(text[end - 1])) {
    end--;
  }
  return text.slice(start, end);
}

const IS_SPACE = new RegExp(`[${GO_SPACES}]`);

/** Order by code points, which is the order of the UTF-8 bytes that Go sorts by. */
export function compareGoStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    if (a[at] !== b[at]) {
      return rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
    }
  }
  return a.length - b.length;
}

/** Surrogates stand for the code points above all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

/** The text of a Go string literal in double quotes, as `strconv.Unquote` gives it; `undefined` if it is none. */
export function unquoteGo(literal: string): string | undefined {
  const body = literal.slice(1, -1);
  if (literal.length < 2 || !literal.startsWith('"') || !literal.endsWith('"') || /\n/.test(body)) {
    return undefined;
  }
  const bytes: Buffer[] = [];
  let at = 0;
  const pattern = /\\(?:([abfnrtv\\"])|x([0-9a-fA-F]{2})|([0-3][0-7]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))|[^\\"]+/gy;
  for (let match = pattern.exec(body); match; match = pattern.exec(body)) {
    const decoded = decodePart(match);
    if (decoded === undefined) {
      return undefined;
    }
    bytes.push(decoded);
    at = pattern.lastIndex;
  }
  const joined = Buffer.concat(bytes);
  const text = joined.toString('utf8');
  // Bytes given as \x80 must make up whole characters.
  return at === body.length && Buffer.from(text, 'utf8').equals(joined) ? text : undefined;
}

const CONTROL: { readonly [letter: string]: string } = {
  'a': '\u0007', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '\\': '\\', '"': '"',
};

function decodePart([part, letter, hex, octal, short, long]: RegExpExecArray): Buffer | undefined {
  if (letter !== undefined) {
    return Buffer.from(CONTROL[letter]);
  }
  if (hex !== undefined || octal !== undefined) {
    return Buffer.from([hex !== undefined ? parseInt(hex, 16) : parseInt(octal, 8)]);
  }
  const code = parseInt(short ?? long ?? '', 16);
  if (Number.isNaN(code)) {
    return Buffer.from(part, 'utf8');
  }
  return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? undefined : Buffer.from(String.fromCodePoint(code), 'utf8');
}
