import { endOfClass } from './class';
import { endOfEscape, PLACE, RegexpError } from './escape';

/** What a regular expression of Go (RE2) is: whether it matches the empty text, or what is wrong with it and where. */
export type RegexpResult = { readonly matchesEmpty: boolean } | { readonly problem: string; readonly offset: number };

/**
 * Reads a regular expression as Go's `regexp` does.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function readRegexp(text: string): RegexpResult {
  try {
    return { matchesEmpty: new RegexpParser(text).run().matchesEmpty };
  } catch (error) {
    if (error instanceof RegexpError) {
      return { problem: error.message, offset: error.offset };
    }
    throw error;
  }
}

const ANCHORED_START = '^(?:';

/**
 * Reads a regular expression that must match a whole text, which Alertmanager and Prometheus see to by putting it between
 * `^(?:` and `)$`: `a)(b` becomes one by that, and one with an open `\Q` is none any more.
 */
export function readAnchoredRegexp(text: string): RegexpResult {
  const reading = readRegexp(`${ANCHORED_START}${text})$`);
  return 'problem' in reading ? { ...reading, offset: Math.max(0, reading.offset - ANCHORED_START.length) } : reading;
}

/** The most often that `{n,m}` can repeat, counts within counts multiplied. */
const MAX_REPETITIONS = 1000;
/** How deep groups that capture can nest in an anchored expression; Go does not count the others. */
const MAX_CAPTURE_DEPTH = 998;

/** `{2}`, `{2,}` and `{2,5}`; anything else in braces is literal text. */
const COUNT = /\{(0|[1-9][0-9]*)(?:(,)(0|[1-9][0-9]*)?)?\}/y;
const NAMED_GROUP = /\(\?P?<([^>]*)>/y;
const FLAGS = /\(\?(?:[imsU]+(?:-[imsU]+)?|-[imsU]+)?([:)])/y;

/** What is known of a part: whether it matches the empty text, and how often it repeats something at most. */
interface Part {
  readonly matchesEmpty: boolean;
  readonly repetitions: number;
}
const NOTHING: Part = { matchesEmpty: true, repetitions: 1 };
const ONE_CHARACTER: Part = { matchesEmpty: false, repetitions: 1 };

/** An open group: what its finished alternatives and the one that is being read amount to. */
interface Group {
  readonly offset: number;
  /** How many groups capture, of this one and those around it. */
  readonly captures: number;
  alternatives: Part | undefined;
  current: Part;
}

class RegexpParser {
  private index = 0;
  private readonly groups: Group[] = [{ offset: 0, captures: 0, alternatives: undefined, current: NOTHING }];
  /** What a repetition would repeat; none right after the start of a group or a `|`. */
  private last: Part | undefined;
  /** The part before {@link last}. */
  private before: Part = NOTHING;
  private lastRepeated = false;
  /** Where a `\Q` stands that nothing ends. */
  private openQuote: number | undefined;

  public constructor(private readonly text: string) {}

  public run(): Part {
    while (this.index < this.text.length) {
      this.step();
    }
    if (this.groups.length > 1) {
      throw this.openQuote === undefined ? new RegexpError('a closing ) is missing', this.group.offset) : new RegexpError('\\Q without \\E', this.openQuote);
    }
    return closed(this.group);
  }

  private get group(): Group {
    return this.groups[this.groups.length - 1];
  }

  private step(): void {
    const character = this.text[this.index];
    switch (character) {
      case '(': return this.openGroup();
      case ')': return this.closeGroup();
      case '|': return this.alternative();
      case '*': case '?': return this.repeat(character, 0, 1);
      case '+': return this.repeat(character, 1, 1);
      case '{': return this.repeatCounted();
      case '[': return this.append(ONE_CHARACTER, endOfClass(this.text, this.index));
      case '\\': return this.text[this.index + 1] === 'Q' ? this.quoted() : this.escape();
      case '^': case '$': return this.append(NOTHING, this.index + 1);
      default: return this.append(ONE_CHARACTER, this.endOfCharacter());
    }
  }

  private append(part: Part, end: number): void {
    this.index = end;
    this.before = this.group.current;
    this.last = part;
    this.lastRepeated = false;
    this.group.current = joined(this.before, part);
  }

  private alternative(): void {
    this.group.alternatives = closed(this.group);
    this.group.current = NOTHING;
    this.last = undefined;
    this.lastRepeated = false;
    this.index++;
  }

  private repeatCounted(): void {
    COUNT.lastIndex = this.index;
    const match = COUNT.exec(this.text);
    if (!match) {
      this.append(ONE_CHARACTER, this.index + 1);
      return;
    }
    const [whole, low, comma, high] = match;
    const least = Number(low);
    const most = comma === undefined ? least : (high === undefined ? undefined : Number(high));
    if (least > MAX_REPETITIONS || (most !== undefined && (most > MAX_REPETITIONS || most < least))) {
      throw new RegexpError(`the count ${whole} is not allowed (at most ${MAX_REPETITIONS}, the smaller number first)`, this.index);
    }
    this.repeat(whole, least, most ?? Math.max(least, 1));
  }

  /** @param times how often at most; of an operator without an end to it, how often at least. */
  private repeat(operator: string, least: number, times: number): void {
    if (this.lastRepeated) {
      throw new RegexpError(`the repetition ${operator} follows another one`, this.index);
    }
    if (this.last === undefined) {
      throw new RegexpError(`there is nothing that ${operator} could repeat`, this.index);
    }
    const repetitions = this.last.repetitions * times;
    if (repetitions > MAX_REPETITIONS) {
      throw new RegexpError(`counts within counts come to more than ${MAX_REPETITIONS}`, this.index);
    }
    this.last = { matchesEmpty: least === 0 || this.last.matchesEmpty, repetitions };
    this.lastRepeated = true;
    this.group.current = joined(this.before, this.last);
    this.index += operator.length;
    // Not greedy, which makes no difference here.
    this.index += this.text[this.index] === '?' ? 1 : 0;
  }

  private openGroup(): void {
    const offset = this.index;
    this.lastRepeated = false;
    const head = this.groupHead();
    if (head === ')') {
      // Only flags, as `(?i)`: what stands before is still what a repetition would repeat.
      return;
    }
    const captures = this.group.captures + (head === ':' ? 0 : 1);
    if (captures > MAX_CAPTURE_DEPTH) {
      throw new RegexpError(`it is nested more than ${MAX_CAPTURE_DEPTH} levels deep`, offset);
    }
    this.groups.push({ offset, captures, alternatives: undefined, current: NOTHING });
    this.last = undefined;
  }

  /** Reads the beginning of a group, with its name or flags if it has them; gives what that ends with. */
  private groupHead(): string {
    if (this.text[this.index + 1] !== '?') {
      return this.text[this.index++];
    }
    NAMED_GROUP.lastIndex = this.index;
    const named = NAMED_GROUP.exec(this.text);
    if (named) {
      if (!/^[A-Za-z0-9_]+$/.test(named[1])) {
        throw new RegexpError(`${JSON.stringify(named[1])} is not a name for a group`, this.index);
      }
      this.index += named[0].length;
      return '>';
    }
    FLAGS.lastIndex = this.index;
    const flags = FLAGS.exec(this.text);
    if (!flags) {
      const start = this.text.slice(this.index, this.index + 4);
      throw new RegexpError(`the group ${start} is not known (no look-around, flags are i, m, s, U)`, this.index);
    }
    this.index += flags[0].length;
    return flags[1];
  }

  private closeGroup(): void {
    const { group } = this;
    if (this.groups.length === 1) {
      throw new RegexpError('unexpected )', this.index);
    }
    this.groups.pop();
    this.append(closed(group), this.index + 1);
  }

  private escape(): void {
    PLACE.lastIndex = this.index;
    // \b is a place too, but one that an empty text does not have.
    const isEmpty = PLACE.test(this.text) && this.text[this.index + 1] !== 'b';
    this.append(isEmpty ? NOTHING : ONE_CHARACTER, endOfEscape(this.text, this.index));
  }

  /** `\Q…\E`: everything between stands for itself; without `\E`, everything behind. */
  private quoted(): void {
    const closing = this.text.indexOf('\\E', this.index + 2);
    const end = closing < 0 ? this.text.length : closing;
    this.openQuote = closing < 0 ? this.index : undefined;
    this.index += 2;
    this.lastRepeated = false;
    while (this.index < end) {
      this.append(ONE_CHARACTER, this.endOfCharacter());
    }
    this.index = closing < 0 ? end : end + 2;
  }

  private endOfCharacter(): number {
    return this.index + ((this.text.codePointAt(this.index) ?? 0) > 0xffff ? 2 : 1);
  }
}

function closed({ alternatives, current }: Group): Part {
  return alternatives === undefined ? current : {
    matchesEmpty: alternatives.matchesEmpty || current.matchesEmpty,
    repetitions: Math.max(alternatives.repetitions, current.repetitions),
  };
}

function joined(before: Part, part: Part): Part {
  return {
    matchesEmpty: before.matchesEmpty && part.matchesEmpty,
    repetitions: Math.max(before.repetitions, part.repetitions),
  };
}
