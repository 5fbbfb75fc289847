import { endOfClass } from './go-regexp-class';
import { endOfEscape, RegexpError } from './go-regexp-escape';

/**
 * What Go's regular expressions (RE2 syntax) refuse in the expression, or nothing. Alertmanager anchors every expression by
 * putting it into `^(?:…)$`, which is why `a)(b` is allowed and an open `\Q` is not.
 */
export function checkGoRegexp(expression: string): string | undefined {
  try {
    new Checker(`^(?:${expression})$`).check();
    return undefined;
  } catch (error) {
    if (error instanceof RegexpError) {
      return error.message;
    }
    throw error;
  }
}

const MAX_DEPTH = 1000;
const MAX_REPEAT = 1000;

/** `{2}`, `{2,}` and `{2,5}`; anything else in braces is literal text. */
const COUNT = /\{(0|[1-9][0-9]*)(?:(,)(0|[1-9][0-9]*)?)?\}/y;
const NAMED_GROUP = /\(\?P?<([^>]*)>/y;
const FLAGS = /\(\?(?:[imsU]+(?:-[imsU]+)?|-[imsU]+)?([:)])/y;

/** What stands before the current place in a sequence. */
interface Sequence {
  /** How often the last operand is repeated at most, counts within counts multiplied; `undefined` if there is no operand. */
  operand?: number;
  /** The largest of them all. */
  largest: number;
  /** Whether the last operand has a repetition already. */
  repeated: boolean;
}

class Checker {
  private at = 0;

  constructor(private readonly text: string) {}

  public check(): void {
    this.readSequence(0);
    if (this.at < this.text.length) {
      throw new RegexpError('unexpected )');
    }
  }

  /** Reads up to the end or to a closing parenthesis; gives the largest repetition in it. */
  private readSequence(depth: number): number {
    if (depth > MAX_DEPTH) {
      throw new RegexpError(`it is nested more than ${MAX_DEPTH} levels deep`);
    }
    const sequence: Sequence = { largest: 1, repeated: false };
    while (this.at < this.text.length && this.text[this.at] !== ')') {
      this.readPart(sequence, depth);
    }
    return sequence.largest;
  }

  private readPart(sequence: Sequence, depth: number): void {
    const char = this.text[this.at];
    if (char === '*' || char === '+' || char === '?') {
      this.at++;
      this.repeat(sequence, char, 1, 0);
    } else if (char === '{' && this.readCount(sequence)) {
      return;
    } else if (char === '|') {
      this.at++;
      sequence.operand = undefined;
      sequence.repeated = false;
    } else if (char === '(') {
      const inner = this.readGroup(depth);
      sequence.repeated = false;
      if (inner !== undefined) {
        this.setOperand(sequence, inner);
      }
    } else {
      this.at = this.endOfSingle(char);
      this.setOperand(sequence, 1);
    }
  }

  private endOfSingle(char: string): number {
    if (char === '[') {
      return endOfClass(this.text, this.at);
    }
    if (char === '\\') {
      return endOfEscape(this.text, this.at);
    }
    return this.at + ((this.text.codePointAt(this.at) ?? 0) > 0xffff ? 2 : 1);
  }

  private setOperand(sequence: Sequence, times: number): void {
    sequence.operand = times;
    sequence.largest = Math.max(sequence.largest, times);
    sequence.repeated = false;
  }

  private readCount(sequence: Sequence): boolean {
    COUNT.lastIndex = this.at;
    const match = COUNT.exec(this.text);
    if (!match) {
      return false;
    }
    const min = Number(match[1]);
    const max = match[2] === undefined ? min : match[3] === undefined ? undefined : Number(match[3]);
    if (min > MAX_REPEAT || (max !== undefined && (max > MAX_REPEAT || min > max))) {
      throw new RegexpError(`the count ${match[0]} is not allowed (at most ${MAX_REPEAT}, the smaller number first)`);
    }
    this.at += match[0].length;
    this.repeat(sequence, match[0], max === undefined ? Math.max(min, 1) : max, Math.max(min, max ?? 0));
    return true;
  }

  /** @param count the larger of the two numbers, as far as given: below 2 nothing is multiplied. */
  private repeat(sequence: Sequence, operator: string, times: number, count: number): void {
    if (this.text[this.at] === '?') {
      this.at++;
    }
    if (sequence.repeated) {
      throw new RegexpError(`the repetition ${operator} follows another one`);
    }
    if (sequence.operand === undefined) {
      throw new RegexpError(`there is nothing that ${operator} could repeat`);
    }
    const product = sequence.operand * times;
    if (count >= 2 && product > MAX_REPEAT) {
      throw new RegexpError(`counts within counts come to more than ${MAX_REPEAT}`);
    }
    this.setOperand(sequence, product);
    sequence.repeated = true;
  }

  /** Gives the largest repetition in the group; nothing for a group that only sets flags, as `(?i)`. */
  private readGroup(depth: number): number | undefined {
    if (this.text[this.at + 1] !== '?') {
      this.at++;
    } else if (this.readGroupStart() === ')') {
      return undefined;
    }
    const largest = this.readSequence(depth + 1);
    if (this.at >= this.text.length) {
      throw new RegexpError('a closing ) is missing');
    }
    this.at++;
    return largest;
  }

  private readGroupStart(): string {
    NAMED_GROUP.lastIndex = this.at;
    const named = NAMED_GROUP.exec(this.text);
    if (named) {
      if (!/^[A-Za-z0-9_]+$/.test(named[1])) {
        throw new RegexpError(`"${named[1]}" is not a name for a group`);
      }
      this.at += named[0].length;
      return '(';
    }
    FLAGS.lastIndex = this.at;
    const flags = FLAGS.exec(this.text);
    if (!flags) {
      throw new RegexpError(`the group ${this.text.slice(this.at, this.at + 4)} is not known (no look-around, flags are i, m, s, U)`);
    }
    this.at += flags[0].length;
    return flags[1];
  }
}
