import { contextKey, HtmlContext, joinContexts, TEXT } from './context';
import { Place, placeOf } from './places';
import { followText, HtmlProblem, UndefinedTemplate } from './transition';
import { printQuoted } from '../quote';
import type { Block } from '../template/blocks';

/** What an HTML template is escaped with. */
export interface HtmlLibrary {
  /** The blocks of a template by its name; undefined if there is none. */
  find(name: string): readonly Block[] | undefined;
  /** The name that the template gets in this place; the same for the same name and key. */
  nameFor(name: string, key: string): string;
  /** Writes an action so that it prints its value for this place. */
  writeValue(pipeline: string, place: Place): string;
  /** Writes literal text. */
  writeText(text: string): string;
}

/** A template that escapes what it prints, with the templates that it calls. */
export interface EscapedTemplate {
  readonly text: string;
  /** By the names of `nameFor`. */
  readonly definitions: ReadonlyMap<string, string>;
}

/**
 * Writes a template anew so that everything it prints is escaped by the place in HTML that it is printed in, as Go's `html/template`
 * does: a template that is called in several places is written once for each. Loops, branches, and literal text stay as they are,
 * except for comments of HTML.
 *
 * @throws HtmlProblem where nobody can know how to escape a value.
 */
export function escapeTemplate(blocks: readonly Block[], library: HtmlLibrary): EscapedTemplate {
  const escaper = new TemplateEscaper(library);
  const { text, context } = escaper.blocks(blocks, TEXT);
  if (context.state !== 'text') {
    throw new HtmlProblem('the HTML ends inside of a tag, a comment, or an element with special content', 'close it');
  }
  return { text, definitions: escaper.definitions };
}

interface Escaped {
  readonly text: string;
  /** Behind the text; `left` if a loop is left there. */
  readonly context: HtmlContext;
  readonly isLeft?: boolean;
}

class TemplateEscaper {
  public readonly definitions = new Map<string, string>();
  /** The place behind a template in a place. A template that calls itself is taken to end where it begins until it is known. */
  private readonly ends = new Map<string, HtmlContext>();
  private readonly assumed = new Set<string>();
  /** The places at which the innermost loop is left. */
  private leaves: HtmlContext[] = [];

  constructor(private readonly library: HtmlLibrary) {}

  public blocks(blocks: readonly Block[], start: HtmlContext): Escaped {
    let context = start;
    let text = '';
    for (const block of blocks) {
      const escaped = this.block(block, context);
      text += escaped.text;
      context = escaped.context;
      if (escaped.isLeft === true) {
        return { text, context, isLeft: true };
      }
    }
    return { text, context };
  }

  private block(block: Block, context: HtmlContext): Escaped {
    switch (block.kind) {
      case 'text': {
        const followed = followText(block.text, context);
        return { text: this.library.writeText(followed.text), context: followed.context };
      }
      case 'action': return block.prints ? this.value(block, context) : { text: `{{ ${block.source} }}`, context };
      case 'template': return this.call(block, context);
      case 'leave':
        this.leaves.push(context);
        return { text: `{{ ${block.source} }}`, context, isLeft: true };
      default: return this.branch(block, context);
    }
  }

  private value(block: Extract<Block, { kind: 'action' }>, context: HtmlContext): Escaped {
    if (context.state === 'comment') {
      return { text: '', context };
    }
    const { pipeline, place } = placeOf(block, context);
    return { text: this.library.writeValue(pipeline, place), context };
  }

  private branch({ kind, header, body, otherwise }: Extract<Block, { body: unknown }>, start: HtmlContext): Escaped {
    const outerLeaves = this.leaves;
    this.leaves = kind === 'range' ? [] : outerLeaves;
    let first = this.blocks(body, start);
    if (kind === 'range') {
      const leaves = this.leaves;
      this.leaves = [];
      // The second round begins where the first one ends.
      const again = first.isLeft === true ? first : this.blocks(body, first.context);
      first = { text: first.text, context: [again.context, ...leaves, ...this.leaves].reduce((a, b) => joined(a, b, kind), first.context) };
    }
    this.leaves = outerLeaves;
    const second = this.blocks(otherwise, start);
    const text = `{{ ${header} }}${first.text}${otherwise.length > 0 ? `{{ else }}${second.text}` : ''}{{ end }}`;
    if (first.isLeft === true || second.isLeft === true) {
      return { text, context: first.isLeft === true ? second.context : first.context, isLeft: first.isLeft === true && second.isLeft === true };
    }
    return { text, context: joined(first.context, second.context, kind) };
  }

  private call({ name, argument }: Extract<Block, { kind: 'template' }>, context: HtmlContext): Escaped {
    const key = contextKey(context);
    const escapedName = this.library.nameFor(name, key);
    const text = `{{ template ${printQuoted(escapedName)}${argument === '' ? '' : ` ${argument}`} }}`;
    const known = this.ends.get(escapedName);
    if (known) {
      this.assumed.add(escapedName);
      return { text, context: known };
    }
    const blocks = this.library.find(name);
    if (!blocks) {
      throw new UndefinedTemplate(name);
    }
    this.ends.set(escapedName, context);
    this.assumed.delete(escapedName);
    const outerLeaves = this.leaves;
    const escaped = this.blocks(blocks, context);
    this.leaves = outerLeaves;
    if (this.assumed.has(escapedName) && contextKey(escaped.context) !== key) {
      throw new HtmlProblem(`the template ${JSON.stringify(name)} calls itself, and ends in another place of the HTML than it begins`, 'let it end where it begins');
    }
    this.ends.set(escapedName, escaped.context);
    this.definitions.set(escapedName, escaped.text);
    return { text, context: escaped.context };
  }
}

function joined(a: HtmlContext, b: HtmlContext, keyword: string): HtmlContext {
  const context = joinContexts(a, b);
  if (!context) {
    throw new HtmlProblem(`the branches of {{ ${keyword} }} end in different places of the HTML`, 'let all branches end in the same place, for example behind the same tag');
  }
  return context;
}
