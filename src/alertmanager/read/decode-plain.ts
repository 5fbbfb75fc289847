import { isAlias, isMap, isScalar, isSeq, Node, Scalar, YAMLMap } from 'yaml';
import { decodeScalar } from './decode-scalar';
import { UntypedValue, JsonValue } from './decoded';
import { NodeReader } from '../../yaml/node-reader';
import type { PathLink } from '../../yaml/path-link';
import { isMergeKey, isNull, resolveScalar } from '../../yaml/scalar';

/** Represents a value that is not usable, and for which a finding was reported. */
export const INVALID = Symbol('invalid');

/** Reads what has no schema: whatever YAML can say, as plain data. */
export class PlainDecoder {
  constructor(private readonly reader: NodeReader) {}

  public decode(node: Node | null | undefined, path?: PathLink): UntypedValue | typeof INVALID {
    const value = this.plain(node, path);
    if (value === INVALID) {
      return INVALID;
    }
    const target = this.reader.dereference(node);
    return new UntypedValue(value, isScalar(target) && !isNull(target, 'v2') ? target.source : undefined);
  }

  private plain(node: Node | null | undefined, path?: PathLink): JsonValue | typeof INVALID {
    this.reader.count(node);
    if (!node) {
      return null;
    }
    if (isAlias(node)) {
      return this.reader.throughAlias(node, (target) => this.plain(target, path));
    }
    if (isSeq<Node>(node)) {
      return node.items.map((item, index) => this.plain(item, { parent: path, key: index })).filter((item) => item !== INVALID);
    }
    if (isMap<Node, Node | null>(node)) {
      const entries = new Map<string, JsonValue>();
      this.plainEntries(entries, node, path);
      return Object.fromEntries(entries);
    }
    return isScalar(node) ? this.plainScalar(node, path) : INVALID;
  }

  private plainEntries(entries: Map<string, JsonValue>, node: YAMLMap<Node, Node | null>, path?: PathLink): void {
    for (const pair of node.items) {
      if (isMergeKey(pair, 'v2')) {
        this.reader.merge(pair, path, (merged) => this.plainEntries(entries, merged, path));
        continue;
      }
      const key = this.reader.decodeKey(pair.key, path);
      if (key === undefined) {
        continue;
      }
      const value = this.plain(pair.value, { parent: path, key });
      if (entries.has(key)) {
        this.reader.repeated(pair.key, key, { parent: path, key });
      } else if (value !== INVALID) {
        entries.set(key, value);
      }
    }
  }

  private plainScalar(node: Scalar, path?: PathLink): JsonValue | typeof INVALID {
    const meaning = resolveScalar(node);
    switch (meaning.type) {
      case 'null':
        return null;
      case 'bool':
        return meaning.value;
      case 'int':
        return Number.isSafeInteger(Number(meaning.value)) ? Number(meaning.value) : node.source ?? '';
      case 'float':
        return Number.isFinite(meaning.value) ? meaning.value : node.source ?? '';
      default: {
        const read = decodeScalar(node, { kind: 'text', whenNull: 'empty' });
        if ('problem' in read) {
          this.reader.report(node, read.problem, path);
          return INVALID;
        }
        return typeof read.value === 'string' ? read.value : INVALID;
      }
    }
  }
}
