const START = '=?utf-8?q?';
const END = '?=';

/** RFC 2047 allows 75 characters for an encoded word, what surrounds its content included. */
const MAX_CONTENT_CHARACTERS = 75 - START.length - END.length;

/**
 * The value of a header as Go's `mime.QEncoding` writes it: as it is if it is printable ASCII, and otherwise as encoded words on one
 * line. A line feed in the value is encoded as well, so a label can add no header.
 */
export function encodeHeader(value: string): string {
  if (/^[\t\x20-\x7e]*$/.test(value)) return value;
  const words: string[] = [];
  let content = '';
  let length = 0;
  for (const character of value) {
    const encoded = encodeCharacter(character);
    // A character is never divided between words.
    if (length + encoded.length > MAX_CONTENT_CHARACTERS) {
      words.push(content);
      content = '';
      length = 0;
    }
    content += encoded;
    length += encoded.length;
  }
  return [...words, content].map((word) => `${START}${word}${END}`).join(' ');
}

function encodeCharacter(character: string): string {
  if (character === ' ') return '_';
  if (/^[!-~]$/.test(character) && !/[=?_]/.test(character)) return character;
  return Buffer.from(character).reduce((encoded, byte) => `${encoded}=${byte.toString(16).toUpperCase().padStart(2, '0')}`, '');
}
