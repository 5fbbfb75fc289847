/** Of a line, the last character is that of a soft line break. */
const MAX_LINE_CHARACTERS = 76;

/**
 * Quoted-printable text as Go's `mime/quotedprintable` writes it, for byte equality with what Alertmanager sends: line breaks of any
 * kind become CRLF, and white space at the end of a line is encoded.
 */
export function encodeQuotedPrintable(text: string): string {
  return text.split(/\r\n|\r|\n/).map(encodeLine).join('\r\n');
}

function encodeLine(text: string): string {
  const lines: string[] = [];
  let line = '';
  const append = (piece: string): void => {
    if (line.length + piece.length > MAX_LINE_CHARACTERS - 1) {
      lines.push(`${line}=`);
      line = '';
    }
    line += piece;
  };
  for (const byte of Buffer.from(text)) append(isPlain(byte) ? String.fromCharCode(byte) : hex(byte));
  const last = line.slice(-1);
  if (last === ' ' || last === '\t') {
    line = line.slice(0, -1);
    append(hex(last.charCodeAt(0)));
  }
  return [...lines, line].join('\r\n');
}

/** White space is as it is, but for the end of a line. */
function isPlain(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || (byte > 0x20 && byte < 0x7f && byte !== 0x3d);
}

function hex(byte: number): string {
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
