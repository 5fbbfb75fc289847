import { isAlias, isMap, isScalar, isSeq, Node, Pair, YAMLMap } from 'yaml';
import type { YamlSource } from './document';
import { PathLink, toPath } from './path-link';
import { isNull } from './scalar';
import type { Diagnostic } from '../findings/diagnostic';
import type { FindingReporter } from '../findings/reporter';

/** Stops reading a file that cannot be read any further. The finding was reported before. */
export class Unreadable extends Error {}

/** Goes through YAML nodes as Alertmanager's reader does: follows aliases and merge keys, and stops where they get out of hand. */
export class NodeReader {
  private readonly openAliases = new Set<Node>();
  private decodes = 0;
  private decodesInAliases = 0;

  constructor(private readonly source: YamlSource, private readonly reporter: FindingReporter) {}

  public decodeKey(node: Node, path?: PathLink): string | undefined {
    this.count(node);
    const target = this.dereference(node);
    if (isScalar(target)) {
      return isNull(target, this.source.format.dialect) ? '' : target.source ?? '';
    }
    this.report(node, { code: this.source.format.codes.wrongType, message: 'a list or a mapping cannot be a key', fix: 'write a text as key' }, path);
    return undefined;
  }

  /** Reads what a merge key brings. Of several mappings, the first wins. */
  public merge(pair: Pair<Node, Node | null>, path: PathLink | undefined, read: (node: YAMLMap<Node, Node | null>) => void): void {
    const one = (node: Node | null | undefined): void => {
      this.count(node);
      if (node && isAlias(node)) {
        this.throughAlias(node, one);
      } else if (isMap<Node, Node | null>(node)) {
        read(node);
      } else {
        this.report(pair.key, {
          code: this.source.format.codes.wrongType,
          message: 'a merge key ("<<") takes a mapping, or a list of mappings',
          fix: 'refer to a mapping, as in "<<: *name"',
        }, path);
      }
    };
    // A list can be given in place only, not through an alias.
    if (isSeq<Node>(pair.value)) {
      [...pair.value.items].reverse().forEach(one);
    } else {
      one(pair.value);
    }
  }

  public throughAlias<T>(alias: Node, read: (target: Node | undefined) => T): T {
    const target = isAlias(alias) ? this.source.targetOf(alias) : undefined;
    if (this.openAliases.has(alias)) {
      this.report(alias, { code: this.source.format.codes.alias, message: 'the value contains itself through an alias', fix: 'remove the alias' });
      throw new Unreadable();
    }
    this.openAliases.add(alias);
    const result = read(target);
    this.openAliases.delete(alias);
    return result;
  }

  public dereference(node: Node | null | undefined): Node | null | undefined {
    return node && isAlias(node) ? this.source.targetOf(node) : node;
  }

  /** Aliases can multiply a small file; as much as Alertmanager allows is allowed here. */
  public count(node: Node | null | undefined): void {
    this.decodes++;
    if (this.openAliases.size > 0) {
      this.decodesInAliases++;
    }
    if (this.decodesInAliases > 100 && this.decodes > 1000 && this.decodesInAliases / this.decodes > allowedShare(this.decodes)) {
      this.report(node, {
        code: this.source.format.codes.alias,
        message: 'the aliases of the file expand to too many values',
        fix: 'use fewer aliases of aliases',
      });
      throw new Unreadable();
    }
  }

  public repeated(key: Node, name: string, path: PathLink): void {
    this.report(key, {
      code: this.source.format.codes.duplicateKey,
      message: `the key "${name}" is given twice`,
      fix: 'keep one of them; keys that come through a merge key ("<<") count as well',
    }, path);
  }

  public report(node: Node | null | undefined, problem: Diagnostic, path?: PathLink): void {
    this.reporter.error({ offset: node?.range?.[0] ?? 0, path: toPath(path) }, problem);
  }
}

/** The share of decoded values that can come from aliases: almost all in a file of usual size, a tenth in a huge one. */
function allowedShare(decodes: number): number {
  const small = 400_000;
  const huge = 4_000_000;
  if (decodes <= small) {
    return 0.99;
  }
  return decodes >= huge ? 0.1 : 0.99 - (0.89 * (decodes - small)) / (huge - small);
}
