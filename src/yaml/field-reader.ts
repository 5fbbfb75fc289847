import { isAlias, isMap, isScalar, isSeq, Node, YAMLMap } from 'yaml';
import type { YamlSource } from './document';
import { isMergeKey, isNull, isV3Number } from './scalar';
import type { FindingReporter } from '../findings/reporter';

/** A field of a mapping. */
export interface Field {
  readonly name: string;
  readonly key: Node;
  readonly value: Node | undefined;
}


/** Merges of merges can multiply; what a person writes stays far below this. */
const MAX_MERGES = 10_000;

/** Looks at YAML nodes as Prometheus' decoder (yaml.v3, strict) does. Every method reports what it cannot accept. */
export class FieldReader {
  /** Mappings whose double keys were reported: an alias leads to the same one again. */
  private readonly seen = new Set<Node>();
  private merges = 0;

  public constructor(private readonly source: YamlSource, public readonly reporter: FindingReporter) {}

  /** The node that an alias stands for; the node itself if it is none. */
  public resolve(node: Node | null | undefined): Node | undefined {
    return node && isAlias(node) ? this.source.targetOf(node) : node ?? undefined;
  }

  /** Whether the value is absent, empty or `null`. */
  public isNull(node: Node | undefined): boolean {
    const resolved = this.resolve(node);
    return isNull(resolved, this.source.format.dialect);
  }

  /** The fields of a mapping, merged ones (`<<`) last; none of a null; undefined if it is not a mapping. */
  public fields(node: Node | undefined, path: string): Field[] | undefined {
    const map = this.resolve(node);
    if (this.isNull(map)) {
      return [];
    }
    if (!isMap<Node, Node | null>(map)) {
      this.wrongType(node, path, 'a mapping');
      return undefined;
    }
    const fields = this.ownFields(map, path);
    const own = new Set(fields.map((field) => field.name));
    const merged = this.mergedFields(map, path, []).filter(({ name }) => !own.has(name) && own.add(name));
    return [...fields, ...merged];
  }

  /** The items of a sequence, without nulls, which Prometheus passes over; none of a null; undefined if it is no sequence. */
  public items(node: Node | undefined, path: string): Node[] | undefined {
    const sequence = this.resolve(node);
    if (this.isNull(sequence)) {
      return [];
    }
    if (!isSeq<Node>(sequence)) {
      this.wrongType(node, path, 'a list');
      return undefined;
    }
    return sequence.items.filter((item) => !this.isNull(item));
  }

  /** The text of a scalar, whatever it looks like; empty of a null; undefined if it is no scalar. */
  public text(node: Node | undefined, path: string): string | undefined {
    const scalar = this.resolve(node);
    if (this.isNull(scalar)) {
      return '';
    }
    if (!isScalar<string>(scalar)) {
      this.wrongType(node, path, 'a text');
      return undefined;
    }
    return String(scalar.value);
  }

  /** Reports a value that is no whole number. */
  public checkInteger(node: Node | undefined, path: string): void {
    const scalar = this.resolve(node);
    if (!this.isNull(scalar) && !(isScalar(scalar) && isV3Number(scalar))) {
      this.wrongType(node, path, 'a whole number');
    }
  }

  public wrongType(node: Node | undefined, path: string, expected: string): void {
    const given = this.resolve(node);
    const what = isMap(given) ? 'a mapping' : isSeq(given) ? 'a list' : isScalar(given) ? excerpt(String(given.value)) : 'nothing';
    this.reporter.error({ offset: node?.range?.[0], path }, { code: this.source.format.codes.wrongType, message: `expected ${expected}, found ${what}` });
  }

  private ownFields(map: YAMLMap<Node, Node | null>, path: string): Field[] {
    const report = !this.seen.has(map);
    this.seen.add(map);
    const names = new Set<string>();
    const fields: Field[] = [];
    for (const { key, value } of map.items.filter((pair) => !isMergeKey(pair, this.source.format.dialect))) {
      const scalar = this.resolve(key);
      if (!isScalar<string>(scalar)) {
        if (report) {
          this.wrongType(key, path, 'a text as key');
        }
        continue;
      }
      const name = String(scalar.value);
      if (names.has(name) && report) {
        this.reporter.error({ offset: key.range?.[0], path }, { code: this.source.format.codes.duplicateKey, message: `key ${excerpt(name)} is there twice`, fix: 'remove one of the two' });
      } else if (!names.has(name)) {
        fields.push({ name, key, value: value ?? undefined });
      }
      names.add(name);
    }
    return fields;
  }

  /** `chain` has the mappings that are being merged: one that contains itself would never end. */
  private mergedFields(map: YAMLMap<Node, Node | null>, path: string, chain: readonly Node[]): Field[] {
    const sources = map.items.filter((pair) => isMergeKey(pair, this.source.format.dialect)).flatMap(({ value }) => {
      const target = this.resolve(value);
      return isSeq<Node>(target) ? target.items.map((item) => this.resolve(item)) : [target];
    });
    return sources.flatMap((source) => {
      if (!isMap<Node, Node | null>(source) || chain.includes(source) || ++this.merges > MAX_MERGES) {
        this.wrongType(source, path, 'a mapping to merge');
        return [];
      }
      return [...this.ownFields(source, path), ...this.mergedFields(source, path, [...chain, map])];
    });
  }
}

/** A value in quotes for a message, shortened. */
export function excerpt(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text);
}
