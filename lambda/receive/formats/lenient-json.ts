/**
 * JSON as text templates print it: values stand between quotes as they are, so a quote, a backslash, or a line break in a
 * label makes it invalid.
 *
 * Every string is kept as the characters between its quotes. Two values that are printed alike cannot be distinguished by
 * anybody; two that are printed differently never become one, which decoding escapes would do.
 */
export type PrintedJson = PrintedText | number | boolean | null | PrintedList | PrintedObject;
export interface PrintedList extends ReadonlyArray<PrintedJson> {}
export type PrintedObject = ReadonlyMap<string, PrintedJson>;

/** A string value as it was printed. */
export class PrintedText {
  constructor(readonly raw: string) {}

  /** The value, for people: escapes are decoded if all of them are JSON's. */
  get text(): string {
    try {
      return JSON.parse(`"${this.raw}"`) as string;
    } catch {
      return this.raw;
    }
  }
}

export interface PrintedJsonResult {
  readonly value: PrintedJson;
  /** The text is valid JSON. Otherwise the ends of its strings were inferred from what follows them. */
  readonly isValid: boolean;
}

/** Deeper structures are not printed by templates; the limit keeps the stack from overflowing. */
const MAX_DEPTH = 200;

/** Parses valid JSON, and what becomes of it when values are printed without escaping. `undefined` when it is neither. */
export function parsePrintedJson(text: string): PrintedJsonResult | undefined {
  const isValid = isJson(text);
  const value = new Parser(text, isValid).parse();
  return value === undefined ? undefined : { value, isValid };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const WHITE_SPACE = /[ \t\r\n]*/y;
const LITERAL = /true|false|null|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y;

/** What stands behind the comma after a member of an object: the next name, and the start of its value. */
const NEXT_MEMBER = /[ \t\r\n]*"[^"\\\n]{1,128}"[ \t\r\n]*:[ \t\r\n]*["{[\-\dtfn]/y;
const NEXT_ELEMENT = /[ \t\r\n]*["{[\-\dtfn]/y;

type Container = 'object' | 'list';

class Parser {
  private at = 0;
  private readonly open: Container[] = [];

  constructor(private readonly text: string, private readonly isValid: boolean) {}

  parse(): PrintedJson | undefined {
    const value = this.parseValue();
    this.skipWhiteSpace();
    return this.at === this.text.length ? value : undefined;
  }

  private parseValue(): PrintedJson | undefined {
    this.skipWhiteSpace();
    const first = this.text[this.at];
    if (first === '"') return this.parseText();
    if (first === '{') return this.inside('object', () => this.parseObject());
    if (first === '[') return this.inside('list', () => this.parseList());
    const literal = this.match(LITERAL);
    return literal === undefined ? undefined : (JSON.parse(literal) as number | boolean | null);
  }

  private inside<T>(container: Container, parse: () => T): T | undefined {
    if (this.open.length >= MAX_DEPTH) return undefined;
    this.at += 1;
    this.open.push(container);
    const value = parse();
    this.open.pop();
    return value;
  }

  private parseObject(): PrintedObject | undefined {
    const members = new Map<string, PrintedJson>();
    if (this.take('}')) return members;
    do {
      const name = this.parseName();
      if (name === undefined || !this.take(':')) return undefined;
      const value = this.parseValue();
      if (value === undefined) return undefined;
      members.set(name, value);
    } while (this.take(','));
    return this.take('}') ? members : undefined;
  }

  private parseList(): PrintedList | undefined {
    const elements: PrintedJson[] = [];
    if (this.take(']')) return elements;
    do {
      const value = this.parseValue();
      if (value === undefined) return undefined;
      elements.push(value);
    } while (this.take(','));
    return this.take(']') ? elements : undefined;
  }

  /** Names are printed by the template itself, or are label names: neither needs escapes. */
  private parseName(): string | undefined {
    this.skipWhiteSpace();
    if (this.text[this.at] !== '"') return undefined;
    const end = this.isValid ? this.endOfValidText() : this.text.indexOf('"', this.at + 1);
    return end < 0 ? undefined : this.slice(end).text;
  }

  private parseText(): PrintedText | undefined {
    const end = this.isValid ? this.endOfValidText() : this.endOfPrintedText();
    return end < 0 ? undefined : this.slice(end);
  }

  private endOfValidText(): number {
    for (let at = this.at + 1; at < this.text.length; at++) {
      if (this.text[at] === '"') return at;
      if (this.text[at] === '\\') at++;
    }
    return -1;
  }

  /** The first quote behind which the structure goes on as it must. */
  private endOfPrintedText(): number {
    for (let at = this.text.indexOf('"', this.at + 1); at >= 0; at = this.text.indexOf('"', at + 1)) {
      if (this.continues(at + 1, this.open.length - 1)) return at;
    }
    return -1;
  }

  /** Whether the container at a depth goes on at a place: with the next entry, or with its end and that of what is around it. */
  private continues(from: number, depth: number): boolean {
    const at = this.afterWhiteSpace(from);
    if (depth < 0) return at === this.text.length;
    const isObject = this.open[depth] === 'object';
    if (this.text[at] === ',') {
      const next = isObject ? NEXT_MEMBER : NEXT_ELEMENT;
      next.lastIndex = at + 1;
      return next.test(this.text);
    }
    return this.text[at] === (isObject ? '}' : ']') && this.continues(at + 1, depth - 1);
  }

  private slice(end: number): PrintedText {
    const text = new PrintedText(this.text.slice(this.at + 1, end));
    this.at = end + 1;
    return text;
  }

  private take(character: string): boolean {
    this.skipWhiteSpace();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  private skipWhiteSpace(): void {
    this.at = this.afterWhiteSpace(this.at);
  }

  private afterWhiteSpace(from: number): number {
    WHITE_SPACE.lastIndex = from;
    WHITE_SPACE.test(this.text);
    return WHITE_SPACE.lastIndex;
  }
}
