import type { Diagnostic } from '../../findings/diagnostic';
import { parseUrl } from '../../go/url';

/** What stands in the place of a secret in configurations that Alertmanager printed. */
const SECRET = '<secret>';

const FIX = 'write an absolute URL that begins with http:// or https://';

/** An absolute http or https URL. */
export function checkUrl(text: string): Diagnostic | undefined {
  const withoutPassword = text.replace(/[^/]*@/, '…@');
  return absolute(text, ` ${JSON.stringify(withoutPassword.slice(0, 100))}`);
}

/** The same for a URL that is a secret: it is not repeated in the message. */
export function checkSecretUrl(text: string): Diagnostic | undefined {
  return text === SECRET ? undefined : absolute(text, '');
}

/** A secret URL that can be a template, which nobody can check before it is rendered. */
export function checkSecretUrlTemplate(text: string): Diagnostic | undefined {
  return text === '' || text.includes('{{') ? undefined : checkSecretUrl(text);
}

/** Any URL that Go can parse, relative ones included, as proxies take them. Not repeated in the message: it can hold a password. */
export function checkUrlReference(text: string): Diagnostic | undefined {
  const parsed = parseUrl(text);
  return 'error' in parsed ? { code: 'config-invalid-url', message: `the URL is not valid: ${parsed.error}`, fix: 'correct the URL' } : undefined;
}

function absolute(text: string, shown: string): Diagnostic | undefined {
  const parsed = parseUrl(text);
  if ('error' in parsed) {
    return { code: 'config-invalid-url', message: `the URL${shown} is not valid: ${parsed.error}`, fix: FIX };
  }
  if (parsed.scheme !== 'http' && parsed.scheme !== 'https') {
    return { code: 'config-invalid-url', message: `the URL${shown} does not begin with http:// or https://`, fix: FIX };
  }
  return parsed.host === '' ? { code: 'config-invalid-url', message: `the URL${shown} has no host`, fix: FIX } : undefined;
}

/** `host:port`, with brackets around the host where it has colons itself. */
export function checkHostPort(text: string): Diagnostic | undefined {
  if (text === '' || /^(?:[^:[\]]*|\[[^[\]]*\]):[^:[\]]+$/.test(text)) {
    return undefined;
  }
  return { code: 'config-invalid-value', message: `${JSON.stringify(text.slice(0, 100))} is not a host and a port`, fix: 'write host:port, for example smtp.example.com:587' };
}
