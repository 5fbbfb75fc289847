import { Alias, Composer, Document, isAlias, isMap, isScalar, isSeq, Node, ParsedNode, Parser } from 'yaml';
import type { FindingReporter } from '../../findings/reporter';

/** The documents of a YAML text, with every alias bound to the anchor that stands before it. */
export interface YamlDocuments {
  /** A root per document; none for an empty one. */
  readonly roots: ReadonlyArray<Node | undefined>;
  targetOf(alias: Alias): Node | undefined;
}

/** What a rule file never needs, and every reader's stack still takes. */
const DEEPEST = 200;

/** What YAML refuses anywhere, and the line ends that only YAML 1.1 knows. */
const FORBIDDEN = /[^\t\n\x20-\x7E\u00A0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Reads a text; undefined, and an error in the reporter, if nothing can be said of what it means. Never throws. */
export function readDocuments(text: string, reporter: FindingReporter): YamlDocuments | undefined {
  const forbidden = FORBIDDEN.exec(text);
  if (forbidden) {
    const code = (forbidden[0].codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
    reporter.error({ offset: forbidden.index }, {
      code: 'rule-file-not-text',
      message: `character U+${code} is not allowed in YAML`,
      fix: 'remove it, or write it as an escape in double quotes; save the file as UTF-8',
    });
    return undefined;
  }
  const documents = compose(text, reporter);
  if (!documents) {
    return undefined;
  }
  const binder = new Binder(reporter);
  const roots = documents.map((document) => document.contents ?? undefined);
  for (const root of roots) {
    binder.bind(root, 0);
    binder.forgetAnchors();
  }
  return reporter.errorCount > 0 ? undefined : { roots, targetOf: (alias) => binder.targets.get(alias) };
}

function compose(text: string, reporter: FindingReporter): Array<Document<ParsedNode>> | undefined {
  const documents: Array<Document<ParsedNode>> = [];
  try {
    // Scalars stay text and keys may repeat: what they mean is decided here as Prometheus' reader would.
    const composer = new Composer({ version: '1.2', schema: 'failsafe', merge: false, uniqueKeys: false });
    for (const document of composer.compose(new Parser().parse(text), true, text.length)) {
      documents.push(document as Document<ParsedNode>);
    }
  } catch (error) {
    const reason = error instanceof RangeError ? 'it is nested too deeply' : String(error);
    reporter.error(0, { code: 'rule-file-invalid-yaml', message: `the text cannot be read as YAML: ${reason}`, fix: 'correct the syntax' });
    return undefined;
  }
  // The first only: what follows it is guesswork.
  for (const { pos, message } of documents.flatMap((document) => document.errors).slice(0, 1)) {
    reporter.error({ offset: pos[0] }, { code: 'rule-file-invalid-yaml', message: `invalid YAML: ${asPhrase(message)}`, fix: 'correct the syntax' });
  }
  return reporter.errorCount > 0 ? undefined : documents;
}

/** A sentence of the YAML library in the form of our findings: lower case, no full stop. */
function asPhrase(message: string): string {
  const line = message.split('\n')[0].replace(/[.:]\s*$/, '');
  return /^[A-Z][A-Z]/.test(line) ? line : line.charAt(0).toLowerCase() + line.slice(1);
}

/** Goes over the nodes in the order of the text and binds aliases. An anchor may be set again; the last one before counts. */
class Binder {
  public readonly targets = new Map<Alias, Node>();
  private readonly anchors = new Map<string, Node>();
  private tooDeep = false;

  public constructor(private readonly reporter: FindingReporter) {}

  public forgetAnchors(): void {
    this.anchors.clear();
  }

  public bind(node: Node | null | undefined, depth: number): void {
    if (!node || this.tooDeep) {
      return;
    }
    if (depth > DEEPEST) {
      this.tooDeep = true;
      this.reporter.error({ offset: node.range?.[0] }, { code: 'rule-file-invalid-yaml', message: `the text is nested more than ${DEEPEST} levels deep` });
    } else if (isAlias(node)) {
      this.bindAlias(node);
    } else if (isMap<Node, Node | null>(node)) {
      this.remember(node);
      for (const { key, value } of node.items) {
        this.bind(key, depth + 1);
        this.bind(value, depth + 1);
      }
    } else if (isSeq<Node>(node)) {
      this.remember(node);
      node.items.forEach((item) => this.bind(item, depth + 1));
    } else if (isScalar(node)) {
      this.remember(node);
    }
  }

  private remember(node: Node & { anchor?: string }): void {
    if (node.anchor !== undefined) {
      this.anchors.set(node.anchor, node);
    }
  }

  private bindAlias(alias: Alias): void {
    const target = this.anchors.get(alias.source);
    if (target) {
      this.targets.set(alias, target);
    } else {
      this.reporter.error({ offset: alias.range?.[0] }, {
        code: 'rule-file-invalid-yaml',
        message: `alias *${alias.source} refers to no anchor before it`,
        fix: `write &${alias.source} before the value that is meant; text that begins with * needs quotes`,
      });
    }
  }
}
