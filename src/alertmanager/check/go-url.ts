import type { Problem } from '../schema/schema';

interface ParsedUrl {
  readonly scheme: string;
  readonly host: string;
}

type UrlResult = ParsedUrl | { readonly error: string };

/** What stands in the place of a secret in configurations that Alertmanager printed. */
const SECRET = '<secret>';

const FIX = 'write an absolute URL that begins with http:// or https://';

/** An absolute http or https URL. */
export function checkUrl(text: string): Problem | undefined {
  const withoutPassword = text.replace(/[^/]*@/, '…@');
  return absolute(text, ` ${JSON.stringify(withoutPassword.slice(0, 100))}`);
}

/** The same for a URL that is a secret: it is not repeated in the message. */
export function checkSecretUrl(text: string): Problem | undefined {
  return text === SECRET ? undefined : absolute(text, '');
}

/** A secret URL that may be a template, which nobody can check before it is rendered. */
export function checkSecretUrlTemplate(text: string): Problem | undefined {
  return text === '' || text.includes('{{') ? undefined : checkSecretUrl(text);
}

/** Any URL that Go can parse, relative ones included, as proxies take them. Not repeated in the message: it may hold a password. */
export function checkAnyUrl(text: string): Problem | undefined {
  const parsed = parseGoUrl(text);
  return 'error' in parsed ? { code: 'config-invalid-url', message: `the URL is not valid: ${parsed.error}`, fix: 'correct the URL' } : undefined;
}

function absolute(text: string, shown: string): Problem | undefined {
  const parsed = parseGoUrl(text);
  if ('error' in parsed) {
    return { code: 'config-invalid-url', message: `the URL${shown} is not valid: ${parsed.error}`, fix: FIX };
  }
  if (parsed.scheme !== 'http' && parsed.scheme !== 'https') {
    return { code: 'config-invalid-url', message: `the URL${shown} does not begin with http:// or https://`, fix: FIX };
  }
  return parsed.host === '' ? { code: 'config-invalid-url', message: `the URL${shown} has no host`, fix: FIX } : undefined;
}

/** Scheme and host as Go's `net/url` finds them, and what it refuses. */
function parseGoUrl(url: string): UrlResult {
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
  const wrong = authorityError(authority);
  if (wrong !== undefined) {
    return { error: wrong };
  }
  return escapesAreValid(path) ? { scheme, host: authority.slice(authority.lastIndexOf('@') + 1) } : { error: 'it has a "%" without two hexadecimal digits' };
}

function splitAuthority(rest: string): [string, string] {
  const slash = rest.indexOf('/', 2);
  return slash === -1 ? [rest.slice(2), ''] : [rest.slice(2, slash), rest.slice(slash)];
}

function authorityError(authority: string): string | undefined {
  const at = authority.lastIndexOf('@');
  const user = at === -1 ? '' : authority.slice(0, at);
  const host = authority.slice(at + 1);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(user) || !escapesAreValid(user)) {
    return 'the user or password has a character that must be escaped';
  }
  if (host.startsWith('[')) {
    return bracketedHostError(host);
  }
  const colon = host.lastIndexOf(':');
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
  const zone = host.slice(0, end).indexOf('%25');
  return hostCharactersError(zone === -1 ? host : host.slice(0, zone) + host.slice(end));
}

/** Of escapes, a host may have those of characters beyond ASCII, and of the percent sign. */
function hostCharactersError(host: string): string | undefined {
  const wrong = /%(?!25|[89a-fA-F][0-9a-fA-F])|[^A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"%\u0080-\u{10FFFF}]/u.exec(host);
  return wrong ? `the host has the character ${JSON.stringify(wrong[0])}` : undefined;
}

function escapesAreValid(text: string): boolean {
  return !/%(?![0-9a-fA-F]{2})/.test(text);
}

function cut(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** `host:port`, with brackets around the host where it has colons itself. */
export function checkHostPort(text: string): Problem | undefined {
  if (text === '' || /^(?:[^:[\]]*|\[[^[\]]*\]):[^:[\]]+$/.test(text)) {
    return undefined;
  }
  return { code: 'config-invalid-value', message: `${JSON.stringify(text.slice(0, 100))} is not a host and a port`, fix: 'write host:port, for example smtp.example.com:587' };
}
