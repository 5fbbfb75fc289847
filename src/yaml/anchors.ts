import { Alias, isAlias, isMap, isScalar, isSeq, Node, Scalar } from 'yaml';
import type { YamlFormat } from './format';
import type { FindingReporter } from '../findings/reporter';

/** Goes over the nodes in the order of the text, binds aliases, and reports what only go-yaml refuses. */
export class AnchorBinder {
  public readonly targets = new Map<Alias, Node>();
  /** An anchor can be set again; the last one before an alias counts. */
  private readonly anchors = new Map<string, Node>();

  constructor(private readonly text: string, private readonly format: YamlFormat, private readonly reporter: FindingReporter) {}

  public bindDocument(root: Node | undefined): void {
    this.anchors.clear();
    this.bind(root);
  }

  private bind(node: Node | null | undefined): void {
    if (!node) {
      return;
    }
    if (isAlias(node)) {
      this.bindAlias(node);
      return;
    }
    this.setAnchor(node);
    if (isScalar(node)) {
      this.checkEscapes(node);
    } else if (isMap<Node, Node | null>(node)) {
      for (const { key, value } of node.items) {
        this.bind(key);
        this.bind(value);
      }
    } else if (isSeq<Node>(node)) {
      node.items.forEach((item) => this.bind(item));
    }
  }

  private setAnchor(node: Node & { anchor?: string }): void {
    if (node.anchor !== undefined) {
      this.anchors.set(node.anchor, node);
    }
  }

  private bindAlias(alias: Alias): void {
    const target = this.anchors.get(alias.source);
    if (target) {
      this.targets.set(alias, target);
      return;
    }
    const [shown, anchor] = this.format.hasSecrets ? ['an alias ("*" and a name)', '"&" and the name'] : [`alias *${alias.source}`, `&${alias.source}`];
    this.reporter.error({ offset: alias.range?.[0] }, {
      code: this.format.codes.alias,
      message: `${shown} refers to an anchor that is not defined before it`,
      fix: `write ${anchor} before the value that is meant, above the alias; a text that begins with "*" needs quotes`,
    });
  }

  /** JSON escapes slashes, and writes characters beyond U+FFFF as two escapes; YAML 1.1 knows neither. */
  private checkEscapes(scalar: Scalar): void {
    if (this.format.dialect !== 'v2' || scalar.type !== 'QUOTE_DOUBLE' || !scalar.range) {
      return;
    }
    const source = this.text.slice(scalar.range[0], scalar.range[1]);
    for (const [escape] of source.matchAll(/\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^])/g)) {
      if (escape === '\\/') {
        this.refuseEscape(scalar, escape, 'is not part of YAML 1.1', 'write "/" without the backslash');
      } else if (/^\\(?:u|U0000)[dD][89a-fA-F]/.test(escape)) {
        this.refuseEscape(scalar, escape, 'is half of a character', 'write the character itself, or one \\U escape with 8 digits');
      }
    }
  }

  private refuseEscape(scalar: Scalar, escape: string, why: string, fix: string): void {
    this.reporter.error({ offset: scalar.range?.[0] }, { code: this.format.codes.syntax, message: `the escape ${escape} ${why}`, fix });
  }
}
