import { parseMail, type ReadMail } from '../../../sandbox/receivers/parse-mail';

const CHANGING: { readonly [name: string]: RegExp } = {
  'Message-Id': /^<\d+\.\d+@[^>@\s]+>$/,
  'Date': /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}$/,
  'Content-Type': /^multipart\/alternative; {2}boundary=[\da-f]{60}$/,
};

/** A mail without what depends on chance or on the time of sending: headers by name, and of a value that differs each time only its form. */
export function comparableMail(data: Buffer): ReadMail {
  const { headers, parts } = parseMail(data);
  const comparable = headers.map(([name, value]): readonly [string, string] => [name, CHANGING[name]?.test(value) === true ? 'in its form' : value]);
  return { headers: comparable.sort(([a], [b]) => (a < b ? -1 : 1)), parts };
}
