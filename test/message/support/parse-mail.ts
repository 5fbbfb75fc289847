/** A mail taken apart: what does not depend on chance or on the time of sending. */
export interface ParsedMail {
  /** Name and value, in the order of the names. */
  readonly headers: ReadonlyArray<readonly [string, string]>;
  readonly parts: readonly ParsedPart[];
}

export interface ParsedPart {
  readonly headers: readonly string[];
  readonly encoded: string;
  readonly decoded: string;
}

/** Reads a mail of Alertmanager: its headers stand in any order, and some of their values differ each time. */
export function parseMail(data: Buffer): ParsedMail {
  const text = data.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const boundary = /^Content-Type: multipart\/alternative; {2}boundary=(\S+)$/m.exec(text.slice(0, end).replace(/\r/g, ''))?.[1] ?? 'none';
  const body = text.slice(end + 4);
  const pieces = `\r\n${body}`.split(`\r\n--${boundary}`);
  return {
    headers: text.slice(0, end).split('\r\n').map((line) => splitHeader(line)).sort(([a], [b]) => (a < b ? -1 : 1)),
    parts: pieces.slice(1, -1).map((piece) => {
      const at = piece.indexOf('\r\n\r\n');
      const encoded = piece.slice(at + 4);
      return { headers: piece.slice(2, at).split('\r\n'), encoded, decoded: decodeQuotedPrintable(encoded) };
    }),
  };
}

const CHANGING: { readonly [name: string]: RegExp } = {
  'Message-Id': /^<\d+\.\d+@[^>@\s]+>$/,
  'Date': /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}$/,
  'Content-Type': /^multipart\/alternative; {2}boundary=[\da-f]{60}$/,
};

/** Of a value that differs each time, only its form counts. */
function splitHeader(line: string): readonly [string, string] {
  const colon = line.indexOf(': ');
  const [name, value] = [line.slice(0, colon), line.slice(colon + 2)];
  return [name, CHANGING[name]?.test(value) === true ? 'in its form' : value];
}

function decodeQuotedPrintable(text: string): string {
  const bytes = text.replace(/=\r\n/g, '').replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
