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
  const insertions = tokens.flatMap((token, index) => {
    const start = isReceiver(tokens, index) ? startOf(tokens, index) : undefined;
    return start === undefined ? [] : [{ at: start, text: `(reReplaceAll "${SUFFIX_PATTERN}" "" ` }, { at: token.end, text: ')' }];
  });
  let written = '';
  let copied = 0;
  // The parentheses of one can contain another.
  for (const { at, text } of insertions.sort((a, b) => a.at - b.at)) {
    written += template.slice(copied, at) + text;
    copied = at;
  }
  return written + template.slice(copied);
}

/** `.Receiver`, and not a field of it, which does not exist. */
function isReceiver(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  const after = tokens[index + 1];
  return token.kind === 'field' && token.text === '.Receiver' && !(after?.kind === 'field' && after.offset === token.end);
}

/**
 * Where the value begins whose `.Receiver` is taken: the dot, a variable such as `$`, or an expression in parentheses such as `(.)`.
 * That can be a set of labels as well, and a label with this name then is the same without a suffix that only copies have. Undefined
 * for a field of a field: that is a label in any case.
 */
function startOf(tokens: readonly Token[], index: number): number | undefined {
  const before = tokens[index - 1];
  if (before === undefined || before.end !== tokens[index].offset) {
    return tokens[index].offset;
  }
  switch (before.kind) {
    case 'field': return undefined;
    case 'variable': return before.offset;
    case ')': return openingOf(tokens, index - 1);
    default: return tokens[index].offset;
  }
}

/** The place of the parenthesis that this one closes. */
function openingOf(tokens: readonly Token[], closing: number): number | undefined {
  let depth = 0;
  for (let index = closing; index >= 0; index -= 1) {
    const { kind, offset } = tokens[index];
    depth += kind === ')' ? 1 : kind === '(' ? -1 : 0;
    if (depth === 0) {
      return offset;
    }
  }
  return undefined;
}
