import { PROMQL_FUNCTIONS } from './functions';
import { endOfString } from './strings';
import { TOO_NEW_FIX } from './too-new';
import type { TextDiagnostic } from '../../findings/diagnostic';
import { FindingSeverity } from '../../findings/finding';
import { didYouMean } from '../../findings/near-miss';
import { DURATION_SYNTAX, parseDuration } from '../duration';

/** What the lexer hands on: the tokens' own problems, and a text of the same length that the grammar can take. */
export interface Lexed {
  readonly diagnostics: readonly TextDiagnostic[];
  readonly normalized: string;
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const WORD_IN_BRACKETS = /[a-zA-Z_][a-zA-Z0-9_]*/y;
/** As far as Prometheus' lexer reads on once it has seen a digit. */
const NUMBER = /0[xX][0-9a-fA-F_]*\.?[0-9a-fA-F_]*|(?:[0-9_]+\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9_]*)?/y;
const DURATION = /(?:[0-9]+(?:ms|[smhdwy]))+(?![a-zA-Z0-9_])/y;
const WORD_REST = /[a-zA-Z0-9_]+/y;
const VALID_NUMBER = /^(?:0[xX](?:_?[0-9a-fA-F])+|(?:[0-9](?:_?[0-9])*\.?(?:[0-9](?:_?[0-9])*)?|\.[0-9](?:_?[0-9])*)(?:[eE][+-]?[0-9](?:_?[0-9])*)?)$/;
const SPACE = /[ \t\r\n]+/y;
const COMMENT = /#[^\r\n]*/y;
const CALL = /(?:[ \t\r\n]|#[^\r\n]*[\r\n])*\(/y;
const OPERATOR = /==|!=|<=|>=|=~|!~|<\/|>\/|[-+*/%^=<>,@]/y;

/** Words before a `(` that are no function's name. */
const WORDS_BEFORE_PARENTHESIS = new Set([
  'and', 'or', 'unless', 'atan2', 'by', 'without', 'on', 'ignoring', 'group_left', 'group_right', 'bool', 'offset',
  'fill', 'fill_left', 'fill_right', 'sum', 'avg', 'count', 'min', 'max', 'group', 'stddev', 'stdvar', 'topk', 'bottomk',
  'count_values', 'quantile', 'limitk', 'limit_ratio',
]);
/** Keywords that are not operands: what follows one of them begins an operand. */
const KEYWORDS_BEFORE_OPERAND = new Set(['and', 'or', 'unless', 'atan2', 'bool']);

/** How deep parentheses can nest; Prometheus has no such limit, nobody's rule comes near it. */
const MAX_BRACKET_DEPTH = 500;

/**
 * Splits an expression as Prometheus' own lexer does, which looks at characters only, where that of the editor's grammar
 * (`@prometheus-io/lezer-promql`) also looks at what would fit. So bad strings, numbers, characters and function names are
 * found here. What the grammar could stumble over without need is replaced by something of the same length: the contents of
 * strings, comments, and words that only Prometheus takes.
 */
export function lex(text: string): Lexed {
  return new Lexer(text).run();
}

class Lexer {
  private readonly diagnostics: TextDiagnostic[] = [];
  private readonly parts: string[] = [];
  private readonly open: Array<{ bracket: string; offset: number }> = [];
  private index = 0;
  /** Whether the last token can be the end of an operand. */
  private afterOperand = false;
  /** Whether the last word or operator is the modifier `@`. */
  private afterAt = false;
  /** Whether the last token is the opening bracket of a range. */
  private rangeOpened = false;
  private failed = false;

  public constructor(private readonly text: string) {}

  public run(): Lexed {
    while (this.index < this.text.length && !this.failed) {
      this.step();
    }
    const unclosed = this.open[this.open.length - 1];
    if (!this.failed && unclosed) {
      this.report(unclosed.offset, `"${unclosed.bracket}" is never closed`);
    }
    return { diagnostics: this.diagnostics, normalized: this.parts.join('') };
  }

  private step(): void {
    const character = this.text[this.index];
    const blank = this.match(SPACE) ?? this.match(COMMENT);
    if (character === '#' && this.rangeOpened) {
      this.report(this.index, 'unexpected comment before a duration');
    } else if (blank !== undefined) {
      this.take(blank.length, ' '.repeat(blank.length));
      return;
    } else if (character === '"' || character === "'" || character === '`') {
      this.string(character);
    } else if (/[0-9]/.test(character) || (character === '.' && /[0-9]/.test(this.text[this.index + 1] ?? ''))) {
      this.number();
    } else if (this.match(this.inside('[') ? WORD_IN_BRACKETS : NAME) !== undefined) {
      this.word(this.match(this.inside('[') ? WORD_IN_BRACKETS : NAME) as string);
    } else if ('()[]{}'.includes(character)) {
      this.bracket(character);
    } else if (character === ':' && this.inside('[')) {
      this.take(1);
    } else {
      this.operator();
    }
    this.rangeOpened = character === '[';
  }

  private string(quote: string): void {
    const end = endOfString(this.text, this.index);
    if (end === undefined) {
      this.report(this.index, 'a string is never closed');
      return;
    }
    const length = end - this.index;
    this.take(length, `${quote}${'x'.repeat(length - 2)}${quote}`);
    this.afterOperand = true;
  }

  private number(): void {
    if (this.afterOperand && /[a-zA-Z0-9_.]/.test(this.text[this.index - 1])) {
      this.report(this.index, 'unexpected number');
      return;
    }
    const duration = this.match(DURATION);
    const token = duration ?? this.match(NUMBER) ?? '';
    WORD_REST.lastIndex = this.index + token.length;
    const rest = WORD_REST.exec(this.text)?.[0] ?? '';
    if (duration === undefined && (rest !== '' || !isNumber(token))) {
      this.report(this.index, `bad number or duration ${JSON.stringify(token + rest)}`, `durations are ${DURATION_SYNTAX}`);
      return;
    }
    if (duration !== undefined && parseDuration(duration) === undefined) {
      this.report(this.index, `bad duration ${JSON.stringify(duration)}`, `durations are ${DURATION_SYNTAX}`);
      return;
    }
    if (duration === undefined && token.includes('_')) {
      this.report(this.index, `number ${token} has underscores`, 'write it without: only prometheus 3 reads them', true, 'promql-version');
    }
    // The grammar knows fewer forms of numbers, and it does not matter to it which one it is.
    // A point in front would no longer keep it apart from a word before.
    this.take(token.length, duration ?? token.replace(/^\./, ' ').replace(/[^ ]/g, '1'));
    this.afterOperand = true;
  }

  private word(word: string): void {
    const lower = word.toLowerCase();
    if (this.inside('{')) {
      this.take(word.length);
      return;
    }
    CALL.lastIndex = this.index + word.length;
    if (CALL.test(this.text) && !WORDS_BEFORE_PARENTHESIS.has(lower) && !(this.afterAt && (lower === 'start' || lower === 'end'))) {
      this.functionName(word);
    } else if (lower === 'offset' && !this.afterOperand) {
      // A metric of this name is fine with Prometheus; the grammar takes the word for the modifier everywhere.
      this.take(word.length, 'metric');
    } else if (this.inside('[') && (lower === 'inf' || lower === 'nan')) {
      this.report(this.index, `unexpected ${JSON.stringify(word)}`, `durations are ${DURATION_SYNTAX}`);
    } else if (lower === 'inf' || lower === 'nan') {
      this.take(word.length, '111');
    } else {
      this.take(word.length);
    }
    this.afterOperand = !KEYWORDS_BEFORE_OPERAND.has(lower);
    this.afterAt = false;
  }

  private functionName(word: string): void {
    const known = PROMQL_FUNCTIONS.get(word);
    if (known === undefined && !this.inside('[')) {
      this.report(this.index, `unknown function ${JSON.stringify(word)}`, suggestFunction(word), false, 'promql-unknown-function');
    } else if (known?.experimental || this.inside('[')) {
      this.report(
        this.index, `function ${word} is experimental`,
        'prometheus refuses it unless it is started with a feature flag, which AMP does not offer: write the rule without it',
        false, 'promql-experimental',
      );
    } else if (known?.since) {
      this.report(this.index, `function ${word} needs ${known.since}`, TOO_NEW_FIX, true, 'promql-too-new');
    } else if (known?.only) {
      this.report(
        this.index, `function ${word} needs ${known.only}`, 'acknowledge the warning once AMP has accepted the rule, or write it without',
        true, 'promql-version',
      );
    }
    // Removed in Prometheus 3, and so from the grammar; this one has as many letters.
    this.take(word.length, word === 'holt_winters' ? 'day_of_month' : word);
  }

  private bracket(character: string): void {
    const opening = '([{'.indexOf(character);
    if (opening >= 0) {
      if (this.open.length >= MAX_BRACKET_DEPTH) {
        this.report(this.index, `brackets nest deeper than ${MAX_BRACKET_DEPTH} levels`);
      }
      this.open.push({ bracket: character, offset: this.index });
    } else {
      const opened = this.open.pop();
      if (opened?.bracket !== '([{'[')]}'.indexOf(character)]) {
        this.report(this.index, `unexpected "${character}"`);
      }
    }
    this.take(1);
    this.afterOperand = opening < 0;
  }

  private operator(): void {
    const operator = this.match(OPERATOR);
    if (operator === undefined) {
      const character = String.fromCodePoint(this.text.codePointAt(this.index) as number);
      this.report(this.index, `unexpected character ${JSON.stringify(character)}`);
      return;
    }
    this.take(operator.length);
    this.afterOperand = false;
    this.afterAt = operator === '@';
  }

  private inside(bracket: string): boolean {
    return this.open[this.open.length - 1]?.bracket === bracket;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.index;
    return pattern.exec(this.text)?.[0];
  }

  private take(length: number, replacement = this.text.slice(this.index, this.index + length)): void {
    this.parts.push(replacement);
    this.index += length;
  }

  private report(offset: number, message: string, fix?: string, warning = false, code: TextDiagnostic['code'] = 'promql-syntax'): void {
    this.diagnostics.push({ code, offset, message, fix, severity: warning ? FindingSeverity.WARNING : FindingSeverity.ERROR });
    this.failed ||= !warning;
  }
}

/** Whether Go reads it as a number, which must fit. */
function isNumber(token: string): boolean {
  const digits = token.replaceAll('_', '');
  if (!VALID_NUMBER.test(token)) {
    return false;
  }
  return /^0[xX]/.test(digits) ? digits.length <= 18 && BigInt(digits) < 2n ** 63n : Number.isFinite(Number(digits));
}

function suggestFunction(word: string): string {
  const lower = word.toLowerCase();
  return PROMQL_FUNCTIONS.has(lower)
    ? `names of functions are lower case: write ${lower}`
    : `${didYouMean(word, PROMQL_FUNCTIONS.keys())}the functions are listed at https://prometheus.io/docs/prometheus/latest/querying/functions/`;
}
