import { HTML_VALUE_MARK, HtmlPlace } from '../../../contract/html-text';
import { escapeTemplate } from '../../../go/html/escape-template';
import type { Place } from '../../../go/html/places';
import { HtmlProblem } from '../../../go/html/transition';
import { Block, Blocks, readBlocks } from '../../../go/template/blocks';
import type { TemplateFile } from '../../model';
import { escapeForTemplate, parseTemplate } from '../../templates';
import { BUILT_IN_TEXTS } from '../../templates/built-in-texts';
import type { OwnTemplates } from '../own-templates';
import { withUserReceiverName } from '../user-receiver-name';

const CODES: { readonly [place in Place]: HtmlPlace } = {
  'text': HtmlPlace.TEXT,
  'html': HtmlPlace.HTML,
  'url': HtmlPlace.URL,
  'url path': HtmlPlace.URL_PATH,
  'url query': HtmlPlace.URL_QUERY,
  'style': HtmlPlace.STYLE,
};

/** The HTML of an entry as it stands in its message. */
export interface TranslatedHtml {
  readonly text: string;
  /** Whether it prints values as HTML, unescaped. */
  readonly usesSafeHtml: boolean;
}

/** The templates that the HTML of all entries can call: Alertmanager's own, and those of the files. */
export class HtmlTemplates {
  private readonly definitions: ReadonlyMap<string, readonly Block[]>;
  private readonly keys = new Map<string, number>();

  constructor(files: readonly TemplateFile[], private readonly templates: OwnTemplates) {
    const definitions = new Map(BUILT_IN_TEXTS.flatMap((text) => [...readBlocks(text).definitions]));
    for (const { name, text } of files.filter((file) => !parseTemplate(file.text, file.name).error)) {
      const { main, definitions: own } = readBlocks(text);
      for (const [defined, blocks] of [[name, main] as const, ...own]) {
        // Go never lets an empty definition replace another one.
        if (!definitions.has(defined) || !isEmpty(blocks)) {
          definitions.set(defined, blocks);
        }
      }
    }
    this.definitions = definitions;
  }

  /**
   * Translates the `html` of an entry, and adds the templates that it calls to those of the construct.
   *
   * @param owner the name of the entry's templates, for templates that it defines itself.
    */
  public translate(text: string, owner: string): TranslatedHtml | HtmlProblem {
    const { main, definitions }: Blocks = readBlocks(text);
    const prefix = definitions.size > 0 ? `${owner}.html` : 'html';
    try {
      const escaped = escapeTemplate(main, {
        find: (name) => definitions.get(name) ?? this.definitions.get(name),
        nameFor: (name, key) => this.templates.nameOf(`${prefix}.${name}${this.suffixFor(key)}`),
        writeValue: (pipeline, place) => value(`(${pipeline})`, CODES[place]),
        writeText: (literal) => literal.split(HTML_VALUE_MARK).map(escapeForTemplate).join(value(`"${ESCAPED_MARK}"`, HtmlPlace.HTML)),
      });
      escaped.definitions.forEach((body, name) => this.templates.add(name, withUserReceiverName(body)));
      return { text: escaped.text, usesSafeHtml: [escaped.text, ...escaped.definitions.values()].some((body) => /\bsafeHtml\b/.test(body)) };
    } catch (error) {
      if (error instanceof HtmlProblem) {
        return error;
      }
      throw error;
    }
  }

  /** Templates are written once for each place in HTML that they are called in. */
  private suffixFor(key: string): string {
    const number = this.keys.get(key) ?? this.keys.size;
    this.keys.set(key, number);
    return number === 0 ? '' : `.${number}`;
  }
}

/** The mark as an escape of Go, for the characters of a private use area are invisible. */
const ESCAPED_MARK = `\\u${HTML_VALUE_MARK.charCodeAt(0).toString(16)}`;

function value(argument: string, code: HtmlPlace): string {
  return `{{ printf "${ESCAPED_MARK}${code}%q" (print ${argument}) }}`;
}

function isEmpty(blocks: readonly Block[]): boolean {
  return blocks.every((block) => block.kind === 'text' && block.text.trim() === '');
}
