import type { ResolvedUrl } from '../http/send-request';

/** An action of a Go template: a comment, or anything up to its closing braces outside of string constants. */
const ACTION = /\{\{(?:-?\s*\/\*.*?\*\/\s*-?|(?:"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])*'|(?!\}\}).)*?)\}\}/gs;

/** Scheme and authority in front of the first action. */
const FIXED_HOST = /^https?:\/\/[^/?#{}\s]+(?=[/?#]|$)/;

/**
 * The URL of a webhook: what the secret says, with what AMP printed in the place of each action.
 *
 * @param template the entry of the secret.
 * @param parts what the actions printed; undefined for a URL that is no template in the configuration.
 */
export function resolveUrl(template: string, parts: readonly string[] | undefined): ResolvedUrl {
  const fixed = template.split(ACTION);
  const expected = parts?.length ?? 0;
  if (fixed.length - 1 !== expected) {
    return { problem: `the URL in the secret has ${fixed.length - 1} actions, the one in the configuration has ${expected}: they must be the same` };
  }
  const text = fixed.map((part, index) => part + (parts?.[index] ?? '')).join('').trim();
  if (!URL.canParse(text)) return { problem: 'the URL is not valid' };
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { problem: 'the URL does not begin with https:// or http://' };
  // What labels print comes behind the host, so the host is the one that the secret names.
  const host = FIXED_HOST.exec(fixed[0].trim())?.[0];
  if (host === undefined || new URL(host).host !== url.host) return { problem: 'an action of the URL stands in its host, or in front of it' };
  return { url };
}
