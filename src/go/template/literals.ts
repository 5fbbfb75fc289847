import * as strings from '../strings';

/**
 * The value of a string of Go, quoted with `"` or with back quotes, as the lexer cut it out; undefined where Go refuses
 * it for a bad escape. Bytes that make no UTF-8 become U+FFFD.
 */
export function unquote(literal: string): string | undefined {
  if (literal.startsWith('`')) {
    return literal.slice(1, -1).replace(/\r/g, '');
  }
  const reading = strings.unquote(literal);
  return 'bytes' in reading ? reading.bytes.toString('utf8') : undefined;
}

/** Whether Go takes this as a character constant: one character or one escape between single quotes. */
export function isCharacter(literal: string): boolean {
  const match = /^'(?:\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}|.)|[^\\])'$/su.exec(literal);
  return match !== null && (match[1] === undefined || strings.unescape(match[1], "'") !== undefined);
}
