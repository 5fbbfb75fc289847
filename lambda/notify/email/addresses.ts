import addressparser from 'nodemailer/lib/addressparser';

/** An address that can stand in a command of SMTP: no white space, angle bracket, or control character. */
const ADDRESS = /^[^\s<>@\p{Cc}]+@[^\s<>@\p{Cc}]+$/u;

/** The addresses of a list, without names and comments; undefined if one of them is none, or if there is none. */
export function parseAddresses(text: string): string[] | undefined {
  const addresses = addressparser(text, { flatten: true }).map(({ address }) => address);
  return addresses.length > 0 && addresses.every((address) => ADDRESS.test(address)) ? addresses : undefined;
}
