import { tokenize } from './lexer';
import { stringValue } from './pipeline-parser';
import type { Token } from './tokens';

/** A piece of a template for a program that writes it anew: with its literal text, and with the source of its actions. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  /** `source` is what stands between the braces, and `tokens` is the same without white space. */
  | { readonly kind: 'action'; readonly source: string; readonly tokens: readonly Token[]; readonly prints: boolean; readonly offset: number }
  | { readonly kind: 'template'; readonly name: string; readonly argument: string; readonly offset: number }
  | BranchBlock
  /** `break` or `continue`. */
  | { readonly kind: 'leave'; readonly source: string; readonly offset: number };

/** An `else if` is a branch of its own in `otherwise`. */
interface BranchBlock {
  readonly kind: 'if' | 'with' | 'range';
  /** What stands between the braces, the keyword included. */
  readonly header: string;
  readonly offset: number;
  readonly body: Block[];
  readonly otherwise: Block[];
}

/** A text without its definitions, and these by their names. */
export interface Blocks {
  readonly main: readonly Block[];
  readonly definitions: ReadonlyMap<string, readonly Block[]>;
}

interface Open {
  /** Where the blocks behind its `end` belong. */
  readonly outer: Block[];
  /** Where those behind its `else` belong. */
  readonly otherwise: Block[];
}

/** Reads a template that `parseTemplate` accepts. White space that trim markers remove is not part of the text. */
export function readBlocks(text: string): Blocks {
  return new BlockReader(text).read();
}

class BlockReader {
  private readonly main: Block[] = [];
  private readonly definitions = new Map<string, Block[]>();
  private readonly open: Open[] = [];
  private current = this.main;

  constructor(private readonly text: string) {}

  public read(): Blocks {
    let inside: Token[] | undefined;
    let start: Token | undefined;
    for (const token of tokenize(this.text)) {
      if (token.kind === 'text') {
        this.current.push({ kind: 'text', text: token.text });
      } else if (token.kind === 'open') {
        [start, inside] = [token, []];
      } else if (token.kind === 'close' && start && inside) {
        this.action(inside, start, this.sourceBetween(start.end, token.offset), token.offset);
        [start, inside] = [undefined, undefined];
      } else if (token.kind !== 'space') {
        inside?.push(token);
      }
    }
    return { main: this.main, definitions: this.definitions };
  }

  private action(inside: readonly Token[], { offset }: Token, source: string, end: number): void {
    const [first, second] = inside;
    const keyword = first.kind === 'keyword' ? first.text : '';
    switch (keyword) {
      case 'if':
      case 'with':
      case 'range': return this.branch(keyword, source, offset, this.current);
      case 'else': return this.elseBranch(second, offset, end);
      case 'end':
        this.current = this.open.pop()?.outer ?? this.main;
        return;
      case 'define': return this.define(stringValue(second));
      case 'template':
      case 'block':
        this.current.push({ kind: 'template', name: stringValue(second), argument: this.sourceBetween(second.end, end), offset });
        if (keyword === 'block') {
          this.define(stringValue(second));
        }
        return;
      case 'break':
      case 'continue':
        this.current.push({ kind: 'leave', source, offset });
        return;
      default: this.current.push({ kind: 'action', source, tokens: inside, prints: !isAssignment(inside), offset });
    }
  }

  private branch(kind: BranchBlock['kind'], header: string, offset: number, outer: Block[]): void {
    const branch: BranchBlock = { kind, header, offset, body: [], otherwise: [] };
    this.current.push(branch);
    this.open.push({ outer, otherwise: branch.otherwise });
    this.current = branch.body;
  }

  private elseBranch(next: Token | undefined, offset: number, end: number): void {
    const opened = this.open.pop() ?? { outer: this.main, otherwise: this.main };
    this.current = opened.otherwise;
    if (next?.text === 'if' || next?.text === 'with') {
      this.branch(next.text, this.sourceBetween(next.offset, end), offset, opened.outer);
    } else {
      this.open.push(opened);
    }
  }

  private define(name: string): void {
    const body: Block[] = [];
    // Go never lets an empty definition replace another one.
    if ((this.definitions.get(name) ?? []).length === 0) {
      this.definitions.set(name, body);
    }
    this.open.push({ outer: this.current, otherwise: body });
    this.current = body;
  }

  private sourceBetween(start: number, end: number): string {
    return this.text.slice(start, end).trim();
  }
}

/** `$x := …` and `$x = …` print nothing. */
function isAssignment([first, second]: readonly Token[]): boolean {
  return first.kind === 'variable' && (second?.kind === ':=' || second?.kind === '=');
}
