/** A regular expression in the syntax of Go (RE2): whether it is one, and whether it matches the empty text. */
export type RegexpReading = { readonly matchesEmpty: boolean } | { readonly problem: string; readonly offset: number };

/** The most often that `{n,m}` may repeat, nested repetitions multiplied. */
const MOST_REPETITIONS = 1000;
/** How deep groups may nest. */
const DEEPEST = 1000;

const POSIX_CLASSES = new Set([
  'alnum', 'alpha', 'ascii', 'blank', 'cntrl', 'digit', 'graph', 'lower', 'print', 'punct', 'space', 'upper', 'word', 'xdigit',
]);
const FLAGS = /\?(?:P?<([^>]*)>|([a-zA-Z]*)(-[a-zA-Z]*)?([:)]))/y;
const REPETITION = /\{(0|[1-9][0-9]*)(,(0|[1-9][0-9]*|))?\}/y;
const OCTAL_ESCAPE = /0[0-7]{0,2}|[1-7][0-7]{1,2}/y;
const HEX_ESCAPE = /x(?:[0-9a-fA-F]{2}|\{([0-9a-fA-F]+)\})/y;
const UNICODE_CLASS = /[pP](?:\{\^?([A-Za-z_]+)\}|([A-Z]))/y;
const POSIX_CLASS = /\[:\^?([^]{0,30}?):\]/y;

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
  alternatives: Part | undefined;
  current: Part;
}

class RegexpProblem extends Error {
  public constructor(message: string, public readonly offset: number) {
    super(message);
  }
}

/**
 * Reads a regular expression as Prometheus would for a label matcher.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function readRegexp(text: string): RegexpReading {
  try {
    return { matchesEmpty: new RegexpParser(text).run().matchesEmpty };
  } catch (error) {
    if (error instanceof RegexpProblem) {
      return { problem: error.message, offset: error.offset };
    }
    throw error;
  }
}

class RegexpParser {
  private index = 0;
  private readonly groups: Group[] = [{ offset: 0, alternatives: undefined, current: NOTHING }];
  private readonly names = new Set<string>();
  /** What a repetition would repeat; none right after the start of a group or a `|`. */
  private last: Part | undefined;
  /** The part before {@link last}. */
  private before: Part = NOTHING;
  private lastRepeated = false;

  public constructor(private readonly text: string) {}

  public run(): Part {
    while (this.index < this.text.length) {
      this.step();
    }
    if (this.groups.length > 1) {
      throw new RegexpProblem('missing closing )', this.groups[this.groups.length - 1].offset);
    }
    return closed(this.groups[0]);
  }

  private get group(): Group {
    return this.groups[this.groups.length - 1];
  }

  private step(): void {
    const character = this.text[this.index];
    switch (character) {
      case '(': return this.openGroup();
      case ')': return this.closeGroup();
      case '|': {
        this.group.alternatives = closed(this.group);
        this.group.current = NOTHING;
        this.last = undefined;
        this.index++;
        return;
      }
      case '*': case '+': case '?': return this.repeat(character);
      case '{': return this.repeatCounted();
      case '[': return this.characterClass();
      case '\\': return this.escape();
      case '^': case '$': return this.append(NOTHING, 1);
      default: return this.append(ONE_CHARACTER, codePointLength(this.text, this.index));
    }
  }

  private append(part: Part, length: number): void {
    this.index += length;
    this.before = this.group.current;
    this.last = part;
    this.lastRepeated = false;
    this.group.current = joined(this.before, part);
  }

  private repeat(operator: string): void {
    const offset = this.index;
    this.refuseNestedRepetition(offset, 1);
    const lazy = this.text[this.index + 1] === '?' ? 2 : 1;
    this.replaceLast({ matchesEmpty: operator !== '+' || this.repeated(offset).matchesEmpty, repetitions: this.repeated(offset).repetitions });
    this.index += lazy;
  }

  private repeatCounted(): void {
    REPETITION.lastIndex = this.index;
    const match = REPETITION.exec(this.text);
    if (!match) {
      this.append(ONE_CHARACTER, 1);
      return;
    }
    const [whole, low, comma, high] = match;
    const least = Number(low);
    const most = comma === undefined ? least : (high === '' ? undefined : Number(high));
    if (least > MOST_REPETITIONS || (most !== undefined && (most > MOST_REPETITIONS || most < least))) {
      throw new RegexpProblem(`invalid repeat count ${whole}`, this.index);
    }
    this.refuseNestedRepetition(this.index, whole.length);
    const part = this.repeated(this.index);
    const repetitions = part.repetitions * Math.max(most ?? least, 1);
    if (repetitions > MOST_REPETITIONS) {
      throw new RegexpProblem(`nested repetitions ${whole} amount to more than ${MOST_REPETITIONS}`, this.index);
    }
    this.replaceLast({ matchesEmpty: least === 0 || part.matchesEmpty, repetitions });
    this.index += whole.length + (this.text[this.index + whole.length] === '?' ? 1 : 0);
  }

  private refuseNestedRepetition(offset: number, length: number): void {
    if (this.lastRepeated) {
      throw new RegexpProblem(`nested repetition operator ${JSON.stringify(this.text.slice(offset - 1, offset + length))}`, offset);
    }
  }

  private repeated(offset: number): Part {
    if (this.last === undefined) {
      throw new RegexpProblem(`nothing before ${JSON.stringify(this.text[offset])} that it could repeat`, offset);
    }
    return this.last;
  }

  private replaceLast(part: Part): void {
    this.last = part;
    this.lastRepeated = true;
    this.group.current = joined(this.before, part);
  }

  private openGroup(): void {
    let length = 1;
    let opens = true;
    if (this.text[this.index + 1] === '?') {
      FLAGS.lastIndex = this.index + 1;
      const match = FLAGS.exec(this.text);
      if (!match) {
        throw new RegexpProblem(`${JSON.stringify(this.text.slice(this.index, this.index + 4))} is not supported (no lookaround, no backreferences)`, this.index);
      }
      const [whole, name, on, off, end] = match;
      this.checkGroupHead(name, on, off);
      length += whole.length;
      opens = end !== ')';
    }
    if (opens) {
      if (this.groups.length >= DEEPEST) {
        throw new RegexpProblem('groups nest too deeply', this.index);
      }
      this.groups.push({ offset: this.index, alternatives: undefined, current: NOTHING });
      this.last = undefined;
    }
    this.index += length;
  }

  private checkGroupHead(name: string | undefined, on: string | undefined, off: string | undefined): void {
    if (name !== undefined) {
      if (!/^[A-Za-z0-9_]+$/.test(name) || this.names.has(name)) {
        throw new RegexpProblem(`${this.names.has(name) ? 'duplicate' : 'invalid'} group name ${JSON.stringify(name)}`, this.index);
      }
      this.names.add(name);
    } else if (!/^[imsU]*$/.test(on ?? '') || !/^(?:-[imsU]+)?$/.test(off ?? '')) {
      throw new RegexpProblem(`unknown flags in ${JSON.stringify(this.text.slice(this.index, this.index + 6))}`, this.index);
    }
  }

  private closeGroup(): void {
    if (this.groups.length === 1) {
      throw new RegexpProblem('unexpected )', this.index);
    }
    const part = closed(this.groups.pop() as Group);
    this.append(part, 1);
  }

  private escape(): void {
    const letter = this.text[this.index + 1];
    if (letter === undefined) {
      throw new RegexpProblem('trailing backslash', this.index);
    }
    if (letter === 'Q') {
      this.quoted();
    } else if ('AzB'.includes(letter)) {
      this.append(NOTHING, 2);
    } else if ('bdDsSwW'.includes(letter)) {
      this.append(ONE_CHARACTER, 2);
    } else if ('pP'.includes(letter)) {
      this.append(ONE_CHARACTER, this.unicodeClassLength());
    } else {
      this.append(ONE_CHARACTER, this.characterEscapeLength());
    }
  }

  /** `\Q…\E`: everything between stands for itself. */
  private quoted(): void {
    const end = this.text.indexOf('\\E', this.index + 2);
    if (end < 0) {
      // Prometheus puts the expression between ^(?: and )$, and it would swallow the latter.
      throw new RegexpProblem('\\Q without \\E', this.index);
    }
    this.index += 2;
    while (this.index < end) {
      this.append(ONE_CHARACTER, codePointLength(this.text, this.index));
    }
    this.index = end + 2;
  }

  private unicodeClassLength(): number {
    UNICODE_CLASS.lastIndex = this.index + 1;
    const match = UNICODE_CLASS.exec(this.text);
    if (!match || !isUnicodeClass(match[1] ?? match[2])) {
      throw new RegexpProblem(`unknown character class ${JSON.stringify(this.text.slice(this.index, this.index + 3))}`, this.index);
    }
    return 1 + match[0].length;
  }

  /** The length of an escape that stands for one character. */
  private characterEscapeLength(): number {
    const letter = this.text[this.index + 1];
    for (const pattern of [OCTAL_ESCAPE, HEX_ESCAPE]) {
      pattern.lastIndex = this.index + 1;
      const match = pattern.exec(this.text);
      if (match && !(match[1] !== undefined && parseInt(match[1], 16) > 0x10ffff)) {
        return 1 + match[0].length;
      }
    }
    const punctuation = letter !== undefined && letter < '\x80' && !/[A-Za-z0-9]/.test(letter);
    if (letter === undefined || !(punctuation || 'afnrtv'.includes(letter))) {
      throw new RegexpProblem(`bad escape ${JSON.stringify(this.text.slice(this.index, this.index + 2))}`, this.index);
    }
    return 2;
  }

  private characterClass(): void {
    const offset = this.index;
    this.index += this.text[this.index + 1] === '^' ? 2 : 1;
    for (let first = true; first || this.text[this.index] !== ']'; first = false) {
      if (this.index >= this.text.length) {
        throw new RegexpProblem('missing closing ]', offset);
      }
      this.classMember();
    }
    this.append(ONE_CHARACTER, 1);
  }

  private classMember(): void {
    const text = this.text;
    const next = text[this.index + 1];
    POSIX_CLASS.lastIndex = this.index;
    const posix = POSIX_CLASS.exec(text);
    if (posix) {
      if (!POSIX_CLASSES.has(posix[1])) {
        throw new RegexpProblem(`unknown character class ${posix[0]}`, this.index);
      }
      this.index += posix[0].length;
      return;
    }
    const escaped = text[this.index] === '\\' ? next : undefined;
    if (escaped !== undefined && 'dDsSwW'.includes(escaped)) {
      this.index += 2;
      return;
    }
    if (escaped !== undefined && 'pP'.includes(escaped)) {
      this.index += this.unicodeClassLength();
      return;
    }
    this.classRange();
  }

  private classRange(): void {
    const offset = this.index;
    const low = this.classCharacter();
    const next = this.text[this.index + 1];
    if (this.text[this.index] !== '-' || next === undefined || next === ']') {
      return;
    }
    this.index++;
    const high = this.classCharacter();
    if (high < low) {
      throw new RegexpProblem(`bad range ${JSON.stringify(this.text.slice(offset, this.index))}`, offset);
    }
  }

  private classCharacter(): number {
    if (this.index >= this.text.length) {
      throw new RegexpProblem('missing closing ]', this.index);
    }
    const start = this.index;
    this.index += this.text[start] === '\\' ? this.characterEscapeLength() : codePointLength(this.text, start);
    return decodeCharacter(this.text.slice(start, this.index));
  }
}

function closed(group: Group): Part {
  const { alternatives, current } = group;
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

function codePointLength(text: string, index: number): number {
  return (text.codePointAt(index) as number) > 0xffff ? 2 : 1;
}

const CONTROL_ESCAPES: { readonly [letter: string]: number } = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** The code point of a character or of an escape that stands for one. */
function decodeCharacter(text: string): number {
  if (text[0] !== '\\') {
    return text.codePointAt(0) as number;
  }
  const hex = /^\\x\{?([0-9a-fA-F]+)/.exec(text);
  if (hex) {
    return parseInt(hex[1], 16);
  }
  return /^\\[0-7]/.test(text) ? parseInt(text.slice(1), 8) : CONTROL_ESCAPES[text[1]] ?? text.charCodeAt(1);
}

/** Whether Go knows it: a general category, a script, or `Any`. */
function isUnicodeClass(name: string): boolean {
  if (name === 'Any') {
    return true;
  }
  const category = /^(?:[CLMNPSZ]|Cc|Cf|Co|Cs|Ll|Lm|Lo|Lt|Lu|Mc|Me|Mn|Nd|Nl|No|Pc|Pd|Pe|Pf|Pi|Po|Ps|Sc|Sk|Sm|So|Zl|Zp|Zs)$/;
  if (category.test(name)) {
    return true;
  }
  try {
    return name.length > 4 || /^(?:Lao|Han|Mro|Nko|Yi|Cham|Lisu|Thai|Vai|Kawi|Modi|Newa|Wara|Yezi)$/.test(name) ? new RegExp(`\\p{Script=${name}}`, 'u') !== undefined : false;
  } catch {
    return false;
  }
}
