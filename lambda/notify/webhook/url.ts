import { createRequestTarget } from './request-target';
import type { ResolvedUrl } from '../http/send-request';

/** An action of a Go template: a comment, or anything up to its closing braces outside of string constants. */
const ACTION = /\{\{(?:-?\s*\/\*.*?\*\/\s*-?|(?:"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])*'|(?!\}\}).)*?)\}\}/gs;

/** Scheme and authority in front of the first action. */
const FIXED_HOST = /^https?:\/\/[^/?#\\{}\s]+(?=[/?#]|$)/i;

/**
 * The URL of a webhook: what the secret says, with what AMP printed in the place of each action.
 *
 * Scheme, user, host, and port are made of the secret alone. What labels print becomes part of the path and the query, and cannot lead
 * out of the path that the secret has.
 *
 * @param template the entry of the secret.
 * @param parts what the actions printed; undefined for a URL that is no template in the configuration.
 */
export function resolveUrl(template: string, parts: readonly string[] | undefined): ResolvedUrl {
  const fixed = template.trim().split(ACTION);
  const actions = fixed.length - 1;
  const expected = parts?.length ?? 0;
  if (actions !== expected) {
    return { problem: `the URL in the secret has ${actions} actions, the one in the configuration has ${expected}: they must be the same` };
  }
  if (actions === 0 && !URL.canParse(fixed[0])) return { problem: 'the URL is not valid' };
  if (actions === 0 && !/^https?:/i.test(fixed[0])) return { problem: 'the URL does not begin with https:// or http://' };
  const authority = FIXED_HOST.exec(fixed[0])?.[0];
  if (authority === undefined && actions === 0) return { problem: 'the URL is not valid' };
  if (authority === undefined || (actions > 0 && authority === fixed[0])) return { problem: 'an action of the URL stands in its host, or in front of it' };
  if (!URL.canParse(authority)) return { problem: 'the URL is not valid' };
  const text = fixed.map((part, index) => part + (parts?.[index] ?? '')).join('');
  const target = createRequestTarget(text.slice(authority.length));
  if (actions > 0 && target.hasParentSegment) {
    return { problem: 'the path of the templated URL has a .. segment, which would lead out of the path in the secret', isFinal: true };
  }
  return { url: new URL(authority), target: target.text };
}
