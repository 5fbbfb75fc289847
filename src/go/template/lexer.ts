import { excerpt } from './tokens';
import type { Token, TokenKind } from './tokens';

const OPEN = '{{';
const CLOSE = '}}';

/** What Go's templates call white space, in actions and beside trim markers; it is less than Unicode's. */
const LEADING_SPACE = /[ \t\r\n]*/y;
const SPACE_CHARACTERS = ' \t\r\n';

/**
 * Cuts a template into tokens, by the rules of Go's `text/template`. Linear in the length of the text, and never throws: a
 * text that cannot be read ends with an `error` token, every other with `end`.
 */
export function tokenize(text: string): Token[] {
  return new Lexer(text).run();
}

const WORD = /[_\p{L}\p{Nd}]+/uy;
const VARIABLE = /\$[_\p{L}\p{Nd}]*/uy;
const FIELD = /\.[_\p{L}\p{Nd}]+/uy;
const NUMBER_START = /[-+0-9]|\.[0-9]/y;
/** What can be the spelling of a number, as far as it reaches; whether it is one, `numbers.ts` knows. */
const NUMBER =
  /[-+]?(?:0[xX][\da-fA-F_]*(?:\.[\da-fA-F_]*)?(?:[pP][-+]?[\d_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?[\d_]*)?)i?/y;
const DOT = /\./y;
const WORD_CHARACTER = /[_\p{L}\p{Nd}]/uy;

const KEYWORDS = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template', 'with']);

class Lexer {
  private readonly tokens: Token[] = [];
  private position = 0;
  private openParentheses = 0;
  private failed = false;

  constructor(private readonly text: string) {}

  public run(): Token[] {
    while (!this.failed && this.position < this.text.length) {
      this.literalText();
    }
    if (!this.failed) {
      this.push('end', this.position, this.position);
    }
    return this.tokens;
  }

  /** Literal text up to the next action, and that action. */
  private literalText(): void {
    const start = this.position;
    const open = this.text.indexOf(OPEN, start);
    if (open < 0) {
      this.push('text', start, this.text.length);
      this.position = this.text.length;
      return;
    }
    const trims = this.text[open + 2] === '-' && this.isSpace(open + 3);
    let end = open;
    while (trims && end > start && this.isSpace(end - 1)) {
      end -= 1;
    }
    if (end > start) {
      this.push('text', start, end);
    }
    // The white space behind the dash belongs to the marker: `{{- -}}` is not an empty action.
    this.position = open + (trims ? 4 : 2);
    if (this.text.startsWith('/*', this.position)) {
      this.comment(open);
    } else {
      this.push('open', open, this.position, trims);
      this.openParentheses = 0;
      this.action(open);
    }
  }

  private comment(open: number): void {
    const end = this.text.indexOf('*/', this.position + 2);
    if (end < 0) {
      this.fail(open, 'unclosed comment');
      return;
    }
    this.position = end + 2;
    const close = this.closeAt(this.position);
    if (!close) {
      this.fail(this.position, 'a comment must be the whole action: "*/" must be followed by "}}" or " -}}"');
      return;
    }
    this.push('comment', open, close.end, close.trims);
    this.leaveAction(close);
  }

  /** The inside of an action, to and with its closing braces. */
  private action(open: number): void {
    while (!this.failed) {
      const close = this.closeAt(this.position);
      if (close) {
        if (this.openParentheses > 0) {
          this.fail(this.position, 'unclosed left parenthesis');
          return;
        }
        this.push('close', this.position, close.end, close.trims);
        this.leaveAction(close);
        return;
      }
      if (this.position >= this.text.length) {
        this.fail(open, 'unclosed action: "}}" is missing');
        return;
      }
      this.insideAction();
    }
  }

  private insideAction(): void {
    const start = this.position;
    const character = this.text[start];
    if (this.isSpace(start)) {
      this.space();
    } else if (character === '"') {
      this.quoted('string', 'unterminated quoted string');
    } else if (character === '`') {
      this.rawString();
    } else if (character === "'") {
      this.quoted('character', 'unterminated character constant');
    } else if (character === '$') {
      this.name('variable', VARIABLE);
    } else if (this.matches(NUMBER_START, start) !== undefined) {
      this.number();
    } else if (character === '.') {
      this.fieldOrDot();
    } else if (this.matches(WORD, start) !== undefined) {
      this.word();
    } else {
      this.sign();
    }
  }

  private space(): void {
    const start = this.position;
    while (this.isSpace(this.position) && !this.closeAt(this.position)) {
      this.position += 1;
    }
    this.push('space', start, this.position);
  }

  /** Text up to the same quote again, on one line. A backslash takes the next character with it. */
  private quoted(kind: TokenKind, unterminated: string): void {
    const quote = this.text[this.position];
    let end = this.position + 1;
    while (end < this.text.length && this.text[end] !== quote && this.text[end] !== '\n') {
      end += this.text[end] === '\\' && this.text[end + 1] !== '\n' ? 2 : 1;
    }
    if (this.text[end] === quote) {
      this.take(kind, end + 1);
    } else {
      this.fail(this.position, unterminated);
    }
  }

  private rawString(): void {
    const end = this.text.indexOf('`', this.position + 1);
    if (end < 0) {
      this.fail(this.position, 'unterminated raw quoted string');
    } else {
      this.take('raw string', end + 1);
    }
  }

  /** A word of the language or a name; must be followed by something that ends a name. */
  private name(kind: TokenKind, pattern: RegExp): void {
    const end = this.matches(pattern, this.position) ?? this.position + 1;
    if (!this.endsName(end)) {
      this.fail(end, `bad character ${this.quoteAt(end)} after ${excerpt(this.text.slice(this.position, end))}`);
      return;
    }
    this.take(kind, end);
  }

  private word(): void {
    const end = this.matches(WORD, this.position) ?? this.position;
    const word = this.text.slice(this.position, end);
    if (KEYWORDS.has(word)) {
      this.name('keyword', WORD);
    } else if (word === 'true' || word === 'false') {
      this.name('boolean', WORD);
    } else {
      this.name(word === 'nil' ? 'nil' : 'identifier', WORD);
    }
  }

  private fieldOrDot(): void {
    if (this.matches(FIELD, this.position) !== undefined) {
      this.name('field', FIELD);
    } else {
      this.name('dot', DOT);
    }
  }

  /** A number, or two of them with a sign between, which make a complex number. */
  private number(): void {
    const start = this.position;
    let end = this.matches(NUMBER, start) ?? start;
    const sign = this.text[end];
    const complex = !this.isNameCharacter(end) && (sign === '+' || sign === '-');
    if (complex) {
      end = this.matches(NUMBER, end) ?? end;
    }
    if (this.isNameCharacter(end) || (complex && this.text[end - 1] !== 'i')) {
      this.fail(start, `bad number syntax: ${excerpt(this.text.slice(start, end + 1))}`);
      return;
    }
    this.take('number', end);
  }

  private sign(): void {
    const start = this.position;
    const character = this.text[start];
    if (this.text.startsWith(':=', start)) {
      this.take(':=', start + 2);
    } else if (character === '=' || character === '|') {
      this.take(character, start + 1);
    } else if (character === '(') {
      this.openParentheses += 1;
      this.take('(', start + 1);
    } else if (character === ')') {
      this.openParentheses -= 1;
      if (this.openParentheses < 0) {
        this.fail(start, 'unexpected right parenthesis');
      } else {
        this.take(')', start + 1);
      }
    } else if (character === ':') {
      this.fail(start, 'expected ":="');
    } else if (character > ' ' && character <= '~') {
      this.take('punctuation', start + 1);
    } else {
      this.fail(start, `unrecognized character ${this.quoteAt(start)} in action`);
    }
  }

  /** The closing braces that begin here, with or without the trim marker. */
  private closeAt(position: number): { readonly end: number; readonly trims: boolean } | undefined {
    if (this.text.startsWith(CLOSE, position)) {
      return { end: position + 2, trims: false };
    }
    if (this.isSpace(position) && this.text.startsWith('-}}', position + 1)) {
      return { end: position + 4, trims: true };
    }
    return undefined;
  }

  private leaveAction(close: { readonly end: number; readonly trims: boolean }): void {
    this.position = close.trims ? this.matches(LEADING_SPACE, close.end) ?? close.end : close.end;
  }

  private endsName(position: number): boolean {
    return position >= this.text.length || this.isSpace(position) || '.,|:)('.includes(this.text[position])
      || this.text.startsWith(CLOSE, position);
  }

  private isNameCharacter(position: number): boolean {
    return position < this.text.length && this.matches(WORD_CHARACTER, position) !== undefined;
  }

  private isSpace(position: number): boolean {
    return position < this.text.length && SPACE_CHARACTERS.includes(this.text[position]);
  }

  private quoteAt(position: number): string {
    return JSON.stringify(String.fromCodePoint(this.text.codePointAt(position) ?? 0xfffd));
  }

  /** The end of what the (sticky) pattern matches at the position. */
  private matches(pattern: RegExp, position: number): number | undefined {
    pattern.lastIndex = position;
    return pattern.test(this.text) ? pattern.lastIndex : undefined;
  }

  private take(kind: TokenKind, end: number): void {
    this.push(kind, this.position, end);
    this.position = end;
  }

  private push(kind: TokenKind, offset: number, end: number, trims?: boolean): void {
    this.tokens.push({ kind, text: this.text.slice(offset, end), offset, end, ...(trims === undefined ? {} : { trims }) });
  }

  private fail(offset: number, message: string): void {
    this.tokens.push({ kind: 'error', text: message, offset, end: offset });
    this.failed = true;
  }
}
