import { Alias, Composer, CST, Document, isScalar, Node, ParsedNode, Parser } from 'yaml';
import { AnchorBinder } from './anchors';
import type { YamlFormat } from './format';
import type { FindingReporter } from '../findings/reporter';

/** The structure of a YAML text, with each alias bound to the anchor that stands before it. */
export interface YamlSource {
  readonly format: YamlFormat;
  /** A root for each document that is read; none for an empty one. */
  readonly roots: ReadonlyArray<Node | undefined>;
  /** The root of the first document. */
  readonly root?: Node;
  targetOf(alias: Alias): Node | undefined;
}

/** The most characters that are reported one by one; a binary file has thousands. */
const MAX_CHARACTER_FINDINGS = 10;

/** Deeper than any route tree that AMP accepts, and shallow enough for the stack of every reader. */
const MAX_DEPTH_LEVELS = 400;

/** What YAML does not allow anywhere, and the line ends that only YAML 1.1 knows. go-yaml v2 takes a byte order mark within the text. */
const FORBIDDEN = {
  v2: /[^\t\n\x20-\x7E\u00A0-\u2027\u202A-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu,
  v3: /[^\t\n\x20-\x7E\u00A0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\u{10000}-\u{10FFFF}]/gu,
};

/**
 * Reads a text and reports what is not YAML. Undefined when nothing can be said about what the text means.
 *
 * Never throws, whatever the text is.
 *
 * @param text with normalized line ends, see {@link normalizeText}.
 */
export function readYaml(text: string, format: YamlFormat, reporter: FindingReporter): YamlSource | undefined {
  const errorsBefore = reporter.errorCount;
  checkCharacters(text, format, reporter);
  if (reporter.errorCount > errorsBefore) {
    return undefined;
  }
  const documents = compose(text, format, reporter);
  if (documents === undefined || reporter.errorCount > errorsBefore) {
    return undefined;
  }
  const binder = new AnchorBinder(text, format, reporter);
  const roots = documents.map((document) => document.contents ?? undefined);
  roots.forEach((root) => binder.bindDocument(root));
  return reporter.errorCount > errorsBefore ? undefined : { format, roots, root: roots[0], targetOf: (alias) => binder.targets.get(alias) };
}

/** Line ends as `\n`, no byte order mark: the form in which line and column of everything stay the same. */
export function normalizeText(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

function checkCharacters(text: string, { dialect, codes }: YamlFormat, reporter: FindingReporter): void {
  let count = 0;
  for (const { 0: character, index } of text.matchAll(FORBIDDEN[dialect])) {
    if (++count > MAX_CHARACTER_FINDINGS) {
      break;
    }
    const name = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    const breaksLine = /[\u0085\u2028\u2029]/.test(character);
    reporter.error(index, {
      code: codes.character,
      message: breaksLine
        ? `the character ${name} ends a line in YAML 1.1, but in no other format`
        : `the character ${name} is not allowed in YAML`,
      fix: breaksLine
        ? 'remove it, or write it as an escape in double quotes'
        : 'remove it, or write it as an escape in double quotes (for example "\\u001b"); make sure that the file is UTF-8 text',
    });
  }
}

function compose(text: string, format: YamlFormat, reporter: FindingReporter): Array<Document<ParsedNode>> | undefined {
  const documents: Array<Document<ParsedNode>> = [];
  try {
    // All scalars stay text, and keys can repeat: their meaning is decided by go-yaml's rules, not by the library's.
    const version = format.dialect === 'v2' ? '1.1' : '1.2';
    const composer = new Composer({ version, schema: 'failsafe', merge: false, uniqueKeys: false });
    for (const document of composer.compose(shallowTokens(text), true, text.length)) {
      documents.push(document as Document<ParsedNode>);
      if (format.firstDocumentOnly && documents.length === 2) {
        break;
      }
    }
  } catch (error) {
    if (!(error instanceof TooDeep)) {
      throw error;
    }
    reporter.error(error.offset, {
      code: format.codes.syntax, message: `the text is nested more than ${MAX_DEPTH_LEVELS} levels deep`, fix: 'nest less deeply',
    });
    return undefined;
  }
  const read = format.firstDocumentOnly ? documents.slice(0, 1) : documents;
  reportSyntax(read, format, reporter);
  if (format.firstDocumentOnly) {
    warnAboutIgnored(documents[1], format, reporter);
  }
  return read;
}

class TooDeep extends Error {
  constructor(public readonly offset: number) {
    super();
  }
}

/**
 * The tokens of the text. The library composes documents recursively, and running out of stack within one of its regular expressions
 * ends the process, so depth is checked before.
 *
 * @throws TooDeep
 */
function* shallowTokens(text: string): Generator<CST.Token> {
  for (const token of new Parser().parse(text)) {
    const waiting: Array<{ readonly token: CST.Token; readonly depth: number }> = [{ token, depth: 0 }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { token: parent, depth } = next;
      if (depth > MAX_DEPTH_LEVELS) {
        throw new TooDeep('offset' in parent ? parent.offset : 0);
      }
      if (parent.type === 'document' && parent.value) {
        waiting.push({ token: parent.value, depth });
      } else if ('items' in parent) {
        for (const item of parent.items) {
          for (const child of [item.key, item.value]) {
            if (child) {
              waiting.push({ token: child, depth: depth + 1 });
            }
          }
        }
      }
    }
    yield token;
  }
}

function warnAboutIgnored(second: Document<ParsedNode> | undefined, { codes }: YamlFormat, reporter: FindingReporter): void {
  if (second?.contents && !(isScalar(second.contents) && second.contents.value === '')) {
    reporter.warning(second.contents.range?.[0] ?? 0, {
      code: codes.ignoredDocument,
      message: 'the file has more than one YAML document, and only the first one is read',
      fix: 'remove the line "---" or what follows it',
    });
  }
}

/** The first error only: what follows it is guesswork. */
function reportSyntax(documents: ReadonlyArray<Document<ParsedNode>>, format: YamlFormat, reporter: FindingReporter): void {
  const errors = documents.flatMap((document) => [
    ...document.errors, ...(format.dialect === 'v2' ? document.warnings.filter((warning) => warning.code === 'BAD_DIRECTIVE') : []),
  ]);
  for (const { pos, message } of errors.slice(0, 1)) {
    reporter.error(pos[0], { code: format.codes.syntax, message: `invalid YAML: ${toPhrase(message, format.hasSecrets)}`, fix: 'correct the YAML syntax' });
  }
  if (format.dialect === 'v2') {
    documents.forEach((document) => reportDirectives(document, format, reporter));
  }
}

/** No configuration needs directives; go-yaml v2 refuses some, and reads others in its own way. */
function reportDirectives(document: Document<ParsedNode>, { codes }: YamlFormat, reporter: FindingReporter): void {
  const { explicit, version } = document.directives?.yaml ?? {};
  if (explicit && version !== '1.1') {
    reporter.error(0, {
      code: codes.syntax,
      message: `the file declares YAML ${version}, and Alertmanager reads only YAML 1.1`,
      fix: 'remove the %YAML line',
    });
  }
  if (Object.keys(document.directives?.tags ?? {}).some((handle) => handle !== '!!')) {
    reporter.error(0, { code: codes.syntax, message: 'the file has a %TAG line', fix: 'remove it' });
  }
}

/** A sentence of the YAML library in the form of a finding: lower case, no full stop, and without the text of the file if that is secret. */
function toPhrase(message: string, hasSecrets: boolean): string {
  const sentence = message.split('\n')[0];
  const line = (hasSecrets ? sentence.replace(/:? ".*$|(?<=\w): .*$/, '') : sentence).replace(/[.:]\s*$/, '');
  return /^[A-Z][A-Z]/.test(line) ? line : line.charAt(0).toLowerCase() + line.slice(1);
}
