import { isIPv6 } from 'node:net';

/** What a URL names: its scheme in lower case, its host with the port. */
export interface ParsedUrl {
  readonly scheme: string;
  readonly host: string;
}

export type UrlResult = ParsedUrl | { readonly error: string };

/** Scheme and host as the `net/url` of Go 1.26 finds them, and what it refuses. Earlier versions accept more hosts. */
export function parseUrl(url: string): UrlResult {
  const [text, fragment] = cut(url, '#');
  if (/[\u0000-\u001f\u007f]/.test(text)) {
    return { error: 'it has a control character' };
  }
  if (!escapesAreValid(fragment)) {
    return { error: 'it has a "%" without two hexadecimal digits' };
  }
  if (text.startsWith(':')) {
    return { error: 'it begins with ":"' };
  }
  const schemeMatch = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text);
  const scheme = schemeMatch ? schemeMatch[1].toLowerCase() : '';
  const [rest] = cut(schemeMatch ? text.slice(schemeMatch[0].length) : text, '?');
  if (!rest.startsWith('/')) {
    if (scheme === '' && rest.split('/')[0].includes(':')) {
      return { error: 'its first part has a ":"' };
    }
    return scheme !== '' || escapesAreValid(rest) ? { scheme, host: '' } : { error: 'it has a "%" without two hexadecimal digits' };
  }
  const hasAuthority = rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///'));
  const [authority, path] = hasAuthority ? splitAuthority(rest) : ['', rest];
  const wrong = authorityError(authority, scheme);
  if (wrong !== undefined) {
    return { error: wrong };
  }
  return escapesAreValid(path) ? { scheme, host: authority.slice(authority.lastIndexOf('@') + 1) } : { error: 'it has a "%" without two hexadecimal digits' };
}

function splitAuthority(rest: string): [string, string] {
  const slash = rest.indexOf('/', 2);
  return slash === -1 ? [rest.slice(2), ''] : [rest.slice(2, slash), rest.slice(slash)];
}

function authorityError(authority: string, scheme: string): string | undefined {
  const at = authority.lastIndexOf('@');
  const user = at === -1 ? '' : authority.slice(0, at);
  const host = authority.slice(at + 1);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user) || !escapesAreValid(user)) {
    return 'the user or password has a character that must be escaped';
  }
  const bracket = host.lastIndexOf('[');
  if (bracket > 0) {
    return 'the host has a "[" after its beginning';
  }
  if (bracket === 0) {
    return bracketedHostError(host);
  }
  const colon = host.lastIndexOf(':');
  if (colon !== host.indexOf(':') && (scheme === 'http' || scheme === 'https')) {
    return 'the host has more than one ":"; an IPv6 address must be in brackets';
  }
  if (colon !== -1 && !/^:[0-9]*$/.test(host.slice(colon))) {
    return `the port ${JSON.stringify(host.slice(colon + 1))} is not a number`;
  }
  return hostCharactersError(host);
}

function bracketedHostError(host: string): string | undefined {
  const end = host.lastIndexOf(']');
  if (end === -1) {
    return 'the host has no closing "]"';
  }
  if (!/^(?::[0-9]*)?$/.test(host.slice(end + 1))) {
    return 'the port is not a number';
  }
  const [address, zone] = cut(host.slice(1, end), '%25');
  const isAddress = isIPv6(address) && !address.includes('%') && (zone !== '' || !host.includes('%25'));
  return isAddress ? undefined : 'the host in brackets is not an IPv6 address';
}

/** Of escapes, a host can have those of characters beyond ASCII, and of the percent sign. */
function hostCharactersError(host: string): string | undefined {
  const wrong = /%(?!25|[89a-fA-F][0-9a-fA-F])|[^A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"%\u0080-\u{10FFFF}]/u.exec(host);
  return wrong ? `the host has the character ${JSON.stringify(wrong[0])}` : undefined;
}

function escapesAreValid(text: string): boolean {
  return !/%(?![0-9a-fA-F]{2})/.test(text);
}

function cut(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
