/** A mail as its reader sees it. */
export interface ReadMail {
  /** Name and value as they were sent, in the order of the mail. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly parts: readonly MailPart[];
}

export interface MailPart {
  readonly headers: readonly string[];
  /** As it was sent. */
  readonly encoded: string;
  readonly decoded: string;
}

/** Takes a mail of Alertmanager apart: headers on a line each, and a `multipart/alternative` body of quoted-printable parts. */
export function parseMail(data: Buffer): ReadMail {
  const text = data.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const headers = text.slice(0, end).split('\r\n').map((line): readonly [string, string] => {
    const colon = line.indexOf(': ');
    return [line.slice(0, colon), line.slice(colon + 2)];
  });
  const boundary = headers.map(([name, value]) => (name === 'Content-Type' ? /boundary=(\S+)$/.exec(value)?.[1] : undefined)).find((found) => found !== undefined);
  const pieces = `\r\n${text.slice(end + 4)}`.split(`\r\n--${boundary ?? ''}`);
  return {
    headers,
    parts: boundary === undefined ? [] : pieces.slice(1, -1).map((piece) => {
      const at = piece.indexOf('\r\n\r\n');
      const encoded = piece.slice(at + 4);
      return { headers: piece.slice(2, at).split('\r\n'), encoded, decoded: decodeQuotedPrintable(encoded) };
    }),
  };
}

/** The value of a header with its encoded words decoded. */
export function decodeHeader(value: string): string {
  const bytes = value.replace(/\?= =\?utf-8\?q\?/g, '').replace(/=\?utf-8\?q\?([^?]*)\?=/g, (_, word: string) => decodeHex(word.replace(/_/g, ' ')));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function decodeQuotedPrintable(text: string): string {
  return Buffer.from(decodeHex(text.replace(/=\r\n/g, '')), 'latin1').toString('utf8');
}

function decodeHex(text: string): string {
  return text.replace(/=([\dA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
