import { SUFFIX_PATTERN } from './receiver-copies';
import { tokenize } from '../../go/template/lexer';
import type { Token } from '../../go/template/tokens';

/**
 * Replaces `.Receiver` in a template by the name in the user's file: the name of a copy without its suffix. A condition such as
 * `eq .Receiver "pager"` then sees on every route what open-source Alertmanager shows it. `reReplaceAll` exists in every
 * version of Alertmanager.
 *
 * Alertmanager's own templates print the name of the copy; the relay removes the suffix from what they printed.
 */
export function withUserReceiverName(template: string): string {
  // A look at the text saves most templates from being read.
  if (!template.includes('Receiver')) {
    return template;
  }
  const tokens = tokenize(template);
  const parts: string[] = [];
  let copied = 0;
  for (const [index, token] of tokens.entries()) {
    if (isReceiver(tokens, index)) {
      const start = ownerOf(tokens, index)?.offset ?? token.offset;
      parts.push(template.slice(copied, start), `(reReplaceAll "${SUFFIX_PATTERN}" "" ${template.slice(start, token.end)})`);
      copied = token.end;
    }
  }
  return parts.join('') + template.slice(copied);
}

/** `.Receiver` of the dot or of a variable, and not of another field or of a value in parentheses. */
function isReceiver(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (token.kind !== 'field' || token.text !== '.Receiver') {
    return false;
  }
  const before = tokens[index - 1];
  const isChained = before !== undefined && before.end === token.offset && (before.kind === 'field' || before.kind === ')');
  const after = tokens[index + 1];
  return !isChained && !(after?.kind === 'field' && after.offset === token.end);
}

/** The variable that the field is taken of, such as `$`. */
function ownerOf(tokens: readonly Token[], index: number): Token | undefined {
  const before = tokens[index - 1];
  return before?.kind === 'variable' && before.end === tokens[index].offset ? before : undefined;
}
