import { Alias, Composer, Document, isAlias, isMap, isScalar, isSeq, Node, Parser, ParsedNode, Scalar } from 'yaml';
import type { FindingReporter } from '../../findings/reporter';

/**
 * The structure of a YAML text as Alertmanager's YAML 1.1 reader sees it: the first document, with each alias bound to the anchor
 * that stands before it.
 */
export interface YamlSource {
  /** Absent when the document is empty. */
  readonly root?: Node;
  targetOf(alias: Alias): Node | undefined;
}

/** Deeper than any route tree that AMP takes, and shallow enough for every reader's stack. */
const MAX_DEPTH = 400;

/** The most characters that are complained of one by one; a binary file has thousands. */
const MAX_CHARACTER_FINDINGS = 10;

/**
 * Reads the text; says to the reporter what is no YAML. `undefined` when nothing can be said about what the text means.
 *
 * Never throws, whatever the text is.
 */
export function readYaml(text: string, reporter: FindingReporter): YamlSource | undefined {
  const errorsBefore = reporter.errorCount;
  checkCharacters(text, reporter);
  if (reporter.errorCount > errorsBefore) {
    return undefined;
  }
  const document = composeFirst(text, reporter);
  if (document === undefined || reporter.errorCount > errorsBefore) {
    return undefined;
  }
  const root = document.contents ?? undefined;
  const targets = new Map<Alias, Node>();
  if (root !== undefined) {
    new Indexer(text, targets, reporter).index(root, 0);
  }
  return reporter.errorCount > errorsBefore ? undefined : { root, targetOf: (alias) => targets.get(alias) };
}

/** Line ends as `\n`, no byte order mark: the shape in which line and column of everything stay the same. */
export function normaliseText(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

/** What Alertmanager's YAML reader refuses anywhere in the file, and the line ends that only YAML 1.1 knows. */
function checkCharacters(text: string, reporter: FindingReporter): void {
  const suspicious = /[^\t\n\x20-\x7E\u00A0-\u2027\u202A-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
  let count = 0;
  for (let match = suspicious.exec(text); match && count < MAX_CHARACTER_FINDINGS; match = suspicious.exec(text), count++) {
    const code = `U+${(match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    const breaksLine = /[\u0085\u2028\u2029]/.test(match[0]);
    reporter.error(match.index, {
      code: 'config-invalid-character',
      message: breaksLine
        ? `the character ${code} is a line end for Alertmanager's YAML reader, but for no other program`
        : `the character ${code} is not allowed in YAML`,
      fix: breaksLine
        ? 'remove it, or write it as an escape in double quotes'
        : 'remove it, or write it as an escape in double quotes (for example "\\u001b"); make sure that the file is UTF-8 text',
    });
  }
}

function composeFirst(text: string, reporter: FindingReporter): Document<ParsedNode> | undefined {
  const documents: Array<Document<ParsedNode>> = [];
  try {
    // All scalars stay text, and keys may repeat: what they mean is decided by Alertmanager's rules, not by the library's.
    const composer = new Composer({ version: '1.1', schema: 'failsafe', merge: false, uniqueKeys: false });
    for (const document of composer.compose(new Parser().parse(text), true, text.length)) {
      documents.push(document as Document<ParsedNode>);
      if (documents.length === 2) {
        break;
      }
    }
  } catch (error) {
    reporter.error(0, tooDeep(error));
    return undefined;
  }
  const [first, second] = documents;
  reportSyntax(first, reporter);
  if (second?.contents && !(isScalar(second.contents) && second.contents.value === '')) {
    reporter.warning(second.contents.range?.[0] ?? 0, {
      code: 'config-several-documents',
      message: 'the file has more than one YAML document, and Alertmanager reads the first only',
      fix: 'remove the line "---" or what follows it',
    });
  }
  return first;
}

function tooDeep(error: unknown): { code: 'config-invalid-yaml'; message: string; fix: string } {
  const reason = error instanceof RangeError ? 'it is nested too deeply' : String(error);
  return { code: 'config-invalid-yaml', message: `the text cannot be read as YAML: ${reason}`, fix: 'correct the YAML syntax' };
}

function reportSyntax(document: Document<ParsedNode>, reporter: FindingReporter): void {
  const unknownDirectives = document.warnings.filter((warning) => warning.code === 'BAD_DIRECTIVE');
  for (const error of [...document.errors, ...unknownDirectives]) {
    reporter.error(error.pos[0], { code: 'config-invalid-yaml', message: `invalid YAML: ${asPhrase(error.message)}`, fix: 'correct the YAML syntax' });
  }
  reportDirectives(document, reporter);
}

/** Nobody needs directives in a configuration; those that Alertmanager refuses, or reads in its own way, are refused. */
function reportDirectives(document: Document<ParsedNode>, reporter: FindingReporter): void {
  const { explicit, version } = document.directives?.yaml ?? {};
  if (explicit && version !== '1.1') {
    reporter.error(0, {
      code: 'config-invalid-yaml',
      message: `the file says that it is YAML ${version}, and Alertmanager reads YAML 1.1 only`,
      fix: 'remove the %YAML line',
    });
  }
  if (Object.keys(document.directives?.tags ?? {}).some((handle) => handle !== '!!')) {
    reporter.error(0, { code: 'config-invalid-yaml', message: 'the file has a %TAG line', fix: 'remove it' });
  }
}

/** A sentence of the YAML library in the form of our findings: lower case, no full stop, and no text of the file, which may be secret. */
function asPhrase(message: string): string {
  const line = message.split('\n')[0].replace(/:? ".*$|(?<=\w): .*$/, '').replace(/[.:]\s*$/, '');
  return /^[A-Z][A-Z]/.test(line) ? line : line.charAt(0).toLowerCase() + line.slice(1);
}

/** Goes over the nodes in the order of the text: binds aliases, and finds what only Alertmanager's reader refuses. */
class Indexer {
  private readonly anchors = new Map<string, Node>();

  constructor(private readonly text: string, private readonly targets: Map<Alias, Node>, private readonly reporter: FindingReporter) {}

  public index(node: Node, depth: number): void {
    if (depth > MAX_DEPTH) {
      this.reporter.error(node.range?.[0] ?? 0, {
        code: 'config-invalid-yaml',
        message: `the text is nested more than ${MAX_DEPTH} levels deep`,
        fix: 'nest less deeply',
      });
      return;
    }
    if (isAlias(node)) {
      this.bind(node);
      return;
    }
    if (node.anchor !== undefined) {
      this.anchors.set(node.anchor, node);
    }
    if (isScalar(node)) {
      this.checkEscapes(node);
    } else if (isMap<Node, Node | null>(node)) {
      for (const pair of node.items) {
        this.index(pair.key, depth + 1);
        if (pair.value) {
          this.index(pair.value, depth + 1);
        }
      }
    } else if (isSeq<Node>(node)) {
      for (const item of node.items) {
        this.index(item, depth + 1);
      }
    }
  }

  private bind(alias: Alias): void {
    const target = this.anchors.get(alias.source);
    if (target === undefined) {
      this.reporter.error(alias.range?.[0] ?? 0, {
        code: 'config-invalid-alias',
        message: 'an alias ("*" and a name) refers to an anchor that is not defined before it',
        fix: 'write "&" and the name at the value that is meant, above the alias; a text that begins with "*" needs quotes',
      });
    } else {
      this.targets.set(alias, target);
    }
  }

  /** JSON escapes slashes, and writes characters beyond U+FFFF as two escapes; YAML 1.1 knows neither. */
  private checkEscapes(scalar: Scalar): void {
    if (scalar.type !== 'QUOTE_DOUBLE' || !scalar.range) {
      return;
    }
    const source = this.text.slice(scalar.range[0], scalar.range[1]);
    for (const [escape] of source.matchAll(/\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^])/g)) {
      if (escape === '\\/') {
        this.refuseEscape(scalar, escape, 'is not known to YAML 1.1', 'write "/" without the backslash');
      } else if (/^\\(?:u|U0000)[dD][89a-fA-F]/.test(escape)) {
        this.refuseEscape(scalar, escape, 'is half of a character', 'write the character itself, or one \\U escape with 8 digits');
      }
    }
  }

  private refuseEscape(scalar: Scalar, escape: string, why: string, fix: string): void {
    this.reporter.error(scalar.range?.[0] ?? 0, { code: 'config-invalid-yaml', message: `the escape ${escape} ${why}`, fix });
  }
}
