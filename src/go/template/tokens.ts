/** What a Go template is made of, before grammar. */
export type TokenKind =
  /** Literal text between actions, after the trim markers beside it took their white space. Never empty. */
  | 'text'
  /** A whole action that is a comment. */
  | 'comment'
  | 'open'
  | 'close'
  | 'space'
  | 'string'
  | 'raw string'
  | 'character'
  | 'number'
  /** The name of a function. */
  | 'identifier'
  | 'keyword'
  | 'boolean'
  | 'nil'
  /** `.Name`, one step of a chain. */
  | 'field'
  /** `$` or `$name`. */
  | 'variable'
  | 'dot'
  | ':='
  | '='
  | '|'
  | '('
  | ')'
  /** Any other printable ASCII character. */
  | 'punctuation'
  /** The text cannot be read from here on; `text` says why. Always the last token. */
  | 'error'
  | 'end';

/** A piece of a template. Offsets count UTF-16 code units from 0; `end` is exclusive. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly offset: number;
  readonly end: number;
  /** Of `open`, `close` and `comment`: whether it is written `{{- ` or ends with ` -}}`. */
  readonly trims?: boolean;
}

/** A text that Go's `text/template` refuses to parse. */
export interface TemplateSyntaxError {
  /** Where, in UTF-16 code units from the beginning of the text. */
  readonly offset: number;
  /** What is wrong: lower case, no full stop. */
  readonly message: string;
}

/** As much of a piece of a template as a message needs, in quotes. */
export function excerpt(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
