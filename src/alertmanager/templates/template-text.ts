import { tokenize } from '../../go/template/lexer';
import { parseTemplate } from '../../go/template/parse-template';
import type { Token } from '../../go/template/tokens';

/** Whether the text has no actions at all, not even a comment: Go prints it as it is. */
export function isStatic(text: string): boolean {
  return !text.includes('{{');
}

/**
 * The pipeline of a text that is exactly one output action, such as `.CommonLabels.severity | toLower` of
 * `{{ .CommonLabels.severity | toLower }}`; undefined for every other text. A pipeline that declares or assigns a variable
 * does not count: it prints nothing, and has no value as an argument of a function.
 */
export function singleAction(text: string): string | undefined {
  const tokens = tokenize(text);
  const [open] = tokens;
  const close = tokens[tokens.length - 2];
  if (tokens.length < 4 || open.kind !== 'open' || close.kind !== 'close') {
    return undefined;
  }
  const inside = tokens.slice(1, -2);
  if (inside.some((token) => NOT_IN_ONE_OUTPUT.has(token.kind)) || parseTemplate(text).error) {
    return undefined;
  }
  return text.slice(open.end, close.offset).trim();
}

const NOT_IN_ONE_OUTPUT: ReadonlySet<Token['kind']> = new Set(['open', 'close', 'text', 'comment', 'keyword', ':=', '=']);

/** Whether the text removes white space that stands before it: it begins with `{{- `, perhaps behind white space. */
export function startsWithTrim(text: string): boolean {
  return /^[ \t\r\n]*\{\{-[ \t\r\n]/.test(text);
}

/** Whether the text removes white space that stands behind it: it ends with ` -}}`, perhaps before white space. */
export function endsWithTrim(text: string): boolean {
  const tokens = tokenize(text);
  const last = tokens[tokens.length - 2];
  return last !== undefined && tokens[tokens.length - 1].kind === 'end' && last.trims === true && last.kind !== 'open';
}

/**
 * A template that prints exactly this text, wherever it is put together with other templates: two opening braces, and one at
 * the end that could become two with what follows, are printed by an action. (White space at the borders stays exposed to
 * a neighbor's trim marker.)
 */
export function escapeForTemplate(text: string): string {
  return text.replace(/\{\{|\{$/g, (braces) => `{{"${braces}"}}`);
}
