import { tokenize } from './lexer';
import type { TemplateSyntaxError } from './tokens';

export interface ParsedTemplate {
  /** Why Go would refuse the text; absent if it would not. */
  readonly error?: TemplateSyntaxError;
}

/** Reads a template as Go's `text/template` does. Never throws. */
export function parseTemplate(text: string): ParsedTemplate {
  const last = tokenize(text).at(-1);
  return last?.kind === 'error' ? { error: { offset: last.offset, message: last.text } } : {};
}
