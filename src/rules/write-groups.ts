import { Document, isMap, isScalar, isSeq, Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { FieldReader } from '../yaml/field-reader';

/** What cannot be deployed anyway is not written to its end. */
class TooLarge extends Error {}

/**
 * Groups as a plain rule file that AMP's engine stores: without groups that have no rules, and without the white space that an
 * expression begins with, which means nothing to PromQL. Scalars keep their text and style, so that a number stays a number;
 * aliases and merges are written out, comments and the fields named are left out. Undefined if it gets longer than `limit`.
 */
export function writeGroups(values: FieldReader, groups: Node | undefined, limit: number, leaveOut: ReadonlySet<string>): string | undefined {
  const copier = new Copier(values, limit, leaveOut);
  try {
    const contents = new YAMLMap();
    contents.items.push(new Pair(new Scalar('groups'), copier.copy(groups, 0)));
    const document = new Document(undefined, { version: '1.2', schema: 'failsafe' });
    document.contents = contents as unknown as typeof document.contents;
    return document.toString({ lineWidth: 0, indentSeq: true });
  } catch (error) {
    if (error instanceof TooLarge) {
      return undefined;
    }
    throw error;
  }
}

/** How deep a rule is: the list of groups, a group, its list of rules, the rule. */
const RULE_DEPTH = 3;

class Copier {
  private written = 0;

  public constructor(private readonly values: FieldReader, private readonly limit: number, private readonly leaveOut: ReadonlySet<string>) {}

  public copy(node: Node | undefined, depth: number, isExpression = false): Node {
    const resolved = this.values.resolve(node);
    if (isMap<Node, Node | null>(resolved)) {
      return this.copyMap(resolved, depth);
    }
    if (isSeq<Node>(resolved)) {
      const list = new YAMLSeq();
      const items = depth === 0 ? resolved.items.filter((group) => this.hasRules(group)) : resolved.items;
      list.items = items.map((item) => this.copy(item, depth + 1));
      list.flow = items.length === 0;
      return list;
    }
    const source = isScalar<string>(resolved) ? resolved : new Scalar('null');
    const scalar = new Scalar(isExpression ? String(source.value).trimStart() : String(source.value));
    scalar.type = source.type;
    if (source.tag?.startsWith('tag:yaml.org,2002:')) {
      scalar.tag = source.tag;
    }
    this.count(scalar.value.length);
    return scalar;
  }

  private copyMap(map: Node, depth: number): Node {
    const copy = new YAMLMap();
    for (const { name, key, value } of this.values.fields(map, '') ?? []) {
      // A field of a group: labels can be called so, too.
      if (!(depth === 1 && this.leaveOut.has(name))) {
        copy.items.push(new Pair(this.copy(key, depth + 1), this.copy(value, depth + 1, depth === RULE_DEPTH && name === 'expr')));
      }
    }
    copy.flow = copy.items.length === 0;
    return copy;
  }

  /** The ruler refuses a group without rules. */
  private hasRules(group: Node): boolean {
    const rules = this.values.fields(group, '')?.find(({ name }) => name === 'rules');
    return (this.values.items(rules?.value, '') ?? []).length > 0;
  }

  private count(characters: number): void {
    this.written += characters + 1;
    if (this.written > this.limit) {
      throw new TooLarge();
    }
  }
}
