/**
 * The text as Go's `strconv.Quote` prints it, to the byte: what is printable stays, the rest is escaped. Unlike a string
 * constant for a template, this is what Alertmanager itself prints in keys.
 */
export function printQuoted(text: string): string {
  return `"${text.replace(/["\\]|[^ \p{L}\p{M}\p{N}\p{P}\p{S}]/gu, escape)}"`;
}

const SHORT_ESCAPES: { readonly [character: string]: string } = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

function escape(character: string): string {
  const short = SHORT_ESCAPES[character];
  if (short) {
    return short;
  }
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x20 || code === 0x7f) {
    return `\\x${hex.padStart(2, '0')}`;
  }
  return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}
