import { REDACTED, type NamedSecret } from './secret-names';
import { splitUrlTemplate } from './transports/url-template';

const IS_REDACTED = `is "${REDACTED}", which Alertmanager prints instead of a secret`;
const IS_TEMPLATE = 'is a template';
const IS_PLACEHOLDER = 'is a placeholder';

/** What people write where a value belongs, in words. */
const WORDS = /^(?:change[-_]?me|your[-_]|xxx+$|todo\b|insert[-_]|replace[-_])/i;

/**
 * Why a text cannot be a routing key, which is 32 letters and digits; undefined if it can be one. Only what is surely something else
 * counts: PagerDuty decides about the rest.
 */
export function problemOfKey(key: string): string | undefined {
  if (key === REDACTED) {
    return IS_REDACTED;
  }
  if (key.includes('{{')) {
    return IS_TEMPLATE;
  }
  if (/[${}<>%\s]/.test(key) || WORDS.test(key)) {
    return IS_PLACEHOLDER;
  }
  return /^[\w+-]{20}$/.test(key) ? 'has 20 characters, as keys of PagerDuty\'s REST API have' : undefined;
}

/**
 * Why the value of another secret cannot be the right one; undefined if it can be. Passwords can have any character, so that a placeholder
 * of theirs is a whole form such as `${NAME}`, and not the characters that it is made of.
 */
export function problemOfSecret({ field, value }: Pick<NamedSecret, 'field' | 'value'>): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (value === REDACTED) {
    return IS_REDACTED;
  }
  return /(?:^|_)url$/.test(field) ? problemOfUrl(value, field === 'url') : problemOfCredential(value);
}

function problemOfCredential(value: string): string | undefined {
  // Alertmanager renders no credential: what looks like a template is one of Helm, Ansible, or the like.
  if (/\{\{.*\}\}/s.test(value)) {
    return IS_TEMPLATE;
  }
  return /\$\{[A-Za-z_]\w*(?::?[-?+=][^{}]*)?\}/.test(value) || isWholePlaceholder(value) ? IS_PLACEHOLDER : undefined;
}

/** A text that is nothing but the name of a value. A passphrase has other characters than the names that stand for one. */
function isWholePlaceholder(text: string): boolean {
  return /^(?:\$[A-Z_][A-Z0-9_]+|\$\([A-Za-z_]\w*\)|\{[A-Za-z_]\w*\}|<[A-Za-z][\w .'/-]*>|%[A-Za-z_]\w+%)$/.test(text)
    || (/^[\w-]+$/.test(text) && WORDS.test(text));
}

/** No URL has a brace or an angle bracket that is not encoded. A dollar sign is valid in one. */
const PLACEHOLDER_IN_URL = /\$\{|\$\([A-Za-z_]\w*\)|\{[A-Za-z_]\w*\}|<[^<>]+>/;

/** Words that are the whole of a segment or of a parameter. Other words can be the name of a resource, such as `insert-event`. */
const WORDS_IN_URL = /^(?:change[-_]?me|xxx+|(?:your|insert|replace)[-_][\w-]*(?:token|key|secret|password|webhook|url|id)(?:[-_]here)?)$/i;

function problemOfUrl(url: string, isTemplated: boolean): string | undefined {
  if (!isTemplated && /\{\{.*\}\}/s.test(url)) {
    return IS_TEMPLATE;
  }
  const fixed = withoutActions(url);
  const isFixedPlaceholder = PLACEHOLDER_IN_URL.test(fixed)
    || pieces(fixed).some((piece) => /^(?:\$[A-Z_][A-Z0-9_]+|%[A-Za-z_]\w+%)$/.test(piece) || WORDS_IN_URL.test(piece));
  return isFixedPlaceholder ? 'has a placeholder' : undefined;
}

/** The fixed text of a URL, with a tilde for each action: text beside an action is not the whole of a segment. */
function withoutActions(url: string): string {
  const split = splitUrlTemplate(url);
  return 'problem' in split
    ? url.replace(/\{\{.*?\}\}/gs, '~')
    : split.actions.reduce((rest, action) => rest.replace(action, () => '~'), url);
}

/** The segments of the path, and the values of the query. The host has no placeholder in words: `your-domain.com` is a domain. */
function pieces(url: string): string[] {
  return url.replace(/^[^:/?#]*:\/\/[^/?#]*/, '').split(/[/?#&;]/).map((piece) => piece.slice(piece.indexOf('=') + 1));
}
