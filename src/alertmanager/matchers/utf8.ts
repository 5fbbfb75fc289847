import { textOf, unquote } from '../../go/strings';
import { GO_SPACES } from '../../go/text';
import type { MatcherConfig, MatchType } from '../model';
import type { MatchersResult } from './matchers-result';

/** A token of the syntax, or white space before it. */
const TOKEN = new RegExp(
  `[${GO_SPACES}]*(?:([{},])|(=~|!=|!~|=)|("(?:[^"\\\\]|\\\\[^])*")|([^${GO_SPACES}{}!=~,\\\\"'\`]+)|$)`, 'y');

type Token = { readonly kind: '{' | '}' | ',' | 'operator' | 'text' | 'end'; readonly text: string };

/** The syntax since 0.27: names and values can be any text in double quotes, with Go's escapes. */
export function readUtf8Matchers(entry: string): MatchersResult {
  const tokens = tokenize(entry);
  return typeof tokens === 'string' ? { error: tokens } : new TokenReader(tokens).read();
}

function tokenize(entry: string): Token[] | string {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (;;) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(entry);
    if (!match) {
      return `unexpected ${JSON.stringify(entry.slice(at, at + 20))}`;
    }
    const [, punctuation, operator, quoted, plain] = match;
    if (punctuation !== undefined) {
      tokens.push({ kind: punctuation as '{' | '}' | ',', text: punctuation });
    } else if (operator !== undefined) {
      tokens.push({ kind: 'operator', text: operator });
    } else if (quoted !== undefined) {
      const text = readQuoted(quoted);
      if (text === undefined) {
        return `${quoted.slice(0, 60)} has an escape that is not known`;
      }
      tokens.push({ kind: 'text', text });
    } else if (plain !== undefined) {
      tokens.push({ kind: 'text', text: plain });
    } else {
      tokens.push({ kind: 'end', text: '' });
      return tokens;
    }
  }
}

/** A text in one line of valid UTF-8, whose escapes Go knows. */
function readQuoted(literal: string): string | undefined {
  const reading = unquote(literal);
  return 'bytes' in reading && !literal.includes('\n') ? textOf(reading.bytes) : undefined;
}

class TokenReader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  public read(): MatchersResult {
    const matchers: MatcherConfig[] = [];
    const braces = this.take('{') !== undefined;
    while (this.peek() === 'text') {
      const [name, operator, value] = [this.take('text'), this.take('operator'), this.take('text')];
      if (name === undefined || operator === undefined || value === undefined) {
        return { error: 'a matcher is a name, one of =, !=, =~, !~, and a value' };
      }
      matchers.push({ name: name.text, type: operator.text as MatchType, value: value.text });
      if (this.take(',') === undefined) {
        break;
      }
    }
    if (braces && this.take('}') === undefined) {
      return { error: 'the closing brace is missing' };
    }
    return this.peek() === 'end' ? { matchers } : { error: `unexpected ${JSON.stringify(this.tokens[this.at].text)}` };
  }

  private peek(): Token['kind'] {
    return this.tokens[this.at].kind;
  }

  private take(kind: Token['kind']): Token | undefined {
    return this.peek() === kind ? this.tokens[this.at++] : undefined;
  }
}
