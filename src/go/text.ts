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
