import { tokenize } from '../../../go/template/lexer';
import { parseTemplate } from '../../../go/template/parse-template';
import type { Token } from '../../../go/template/tokens';

/** What a templated URL is made of. Its fixed text stays in the secret; a message carries what the actions print. */
export type UrlTemplate =
  /** The actions, in their order, each with its braces. */
  | { readonly actions: readonly string[] }
  /** Why it cannot be split. */
  | { readonly problem: 'control-flow' | 'host' | 'syntax' };

/** The scheme and the whole authority, so that no action can change where a request goes. */
const FIXED_HOST = /^https?:\/\/[^/?#\\{}\s]+[/?#]/i;

/** Takes a URL apart into fixed text and actions. A URL without actions has none. */
export function splitUrlTemplate(url: string): UrlTemplate {
  const tokens = tokenize(url);
  if (tokens.some(({ kind }) => kind === 'error')) {
    return { problem: 'syntax' };
  }
  if (tokens.some(isControlFlow)) {
    return { problem: 'control-flow' };
  }
  if (url.includes('{{') && parseTemplate(url).error) {
    return { problem: 'syntax' };
  }
  const actions = actionsIn(url, tokens);
  return actions.length > 0 && !FIXED_HOST.test(url) ? { problem: 'host' } : { actions };
}

/** Keywords, but for `template`, which prints like any other action. */
function isControlFlow({ kind, text }: Token): boolean {
  return kind === 'keyword' && text !== 'template';
}

function actionsIn(url: string, tokens: readonly Token[]): string[] {
  let openedAt = 0;
  return tokens.flatMap((token) => {
    if (token.kind === 'open') {
      openedAt = token.offset;
    }
    return token.kind === 'close' ? [url.slice(openedAt, token.end)] : token.kind === 'comment' ? [url.slice(token.offset, token.end)] : [];
  });
}
