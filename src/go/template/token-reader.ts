import { tokenize } from './lexer';
import { excerpt } from './tokens';
import type { Token, TokenKind } from './tokens';

/** Thrown inside the parser only: the first thing that Go would refuse. */
export class SyntaxProblem extends Error {
  constructor(public readonly offset: number, message: string) {
    super(message);
  }
}

/** The tokens of a template one after the other, without its comments. */
export class TokenReader {
  private readonly tokens: readonly Token[];
  private index = 0;

  constructor(text: string) {
    this.tokens = tokenize(text).filter((token) => token.kind !== 'comment');
  }

  /** The next token as it stands. At the end of the text, always its last one. */
  public next(): Token {
    const token = this.peek();
    if (this.index < this.tokens.length - 1) {
      this.index += 1;
    }
    return token;
  }

  /** The token that `next` gave last. */
  public last(): Token {
    return this.tokens[Math.max(0, this.index - 1)];
  }

  /** @throws SyntaxProblem where the lexer could not go on. */
  public peek(): Token {
    const token = this.tokens[this.index];
    if (token.kind === 'error') {
      throw new SyntaxProblem(token.offset, token.text);
    }
    return token;
  }

  public nextAfterSpace(): Token {
    this.skipSpace();
    return this.next();
  }

  public peekAfterSpace(): Token {
    this.skipSpace();
    return this.peek();
  }

  /** A place to return to with `reset`. */
  public mark(): number {
    return this.index;
  }

  public reset(mark: number): void {
    this.index = mark;
  }

  public expect(kind: TokenKind, context: string): Token {
    const token = this.nextAfterSpace();
    return token.kind === kind ? token : unexpected(token, context);
  }

  private skipSpace(): void {
    while (this.peek().kind === 'space') {
      this.next();
    }
  }
}

export function unexpected(token: Token, context: string): never {
  throw new SyntaxProblem(token.offset, `unexpected ${describeToken(token)} in ${context}`);
}

function describeToken(token: Token): string {
  switch (token.kind) {
    case 'end': return 'end of the text';
    case 'open':
    case 'close': return JSON.stringify(token.text.trim());
    case 'text': return 'text';
    case 'space': return 'space';
    case 'keyword': return `{{${token.text}}}`;
    default: return excerpt(token.text);
  }
}
