import { isAlias, isMap, isScalar, isSeq, Node, YAMLMap } from 'yaml';
import { INVALID, PlainDecoder } from './decode-plain';
import { decodeScalar } from './decode-scalar';
import { Decoded, DecodedMap, StructValue } from './decoded';
import type { ListSchema, MapSchema, Schema, StructSchema } from './schema/schema';
import { checkStruct, describeFields } from './struct-rules';
import type { Diagnostic } from '../../findings/diagnostic';
import type { FindingReporter } from '../../findings/reporter';
import type { YamlSource } from '../../yaml/document';
import { NodeReader } from '../../yaml/node-reader';
import type { PathLink } from '../../yaml/path-link';
import { isMergeKey, isNull, resolveScalar } from '../../yaml/scalar';

export type Outcome = Decoded | typeof INVALID;

/**
 * Reads YAML nodes as their schema says, with the rules of Alertmanager's strict decoder: unknown fields and repeated keys are
 * refused, null is the zero value, and merge keys (`<<`) take effect where they stand, so that a field above a merge key is
 * replaced by it and one below replaces it, while maps and matchers of both are joined.
 */
export class Decoder {
  private readonly reader: NodeReader;
  private readonly plain: PlainDecoder;

  constructor(source: YamlSource, reporter: FindingReporter) {
    this.reader = new NodeReader(source, reporter);
    this.plain = new PlainDecoder(this.reader);
  }

  /** @param previous the value that the same field got before, through a merge key. */
  public decode(node: Node | null | undefined, schema: Schema, path?: PathLink, previous?: Decoded): Outcome {
    this.reader.count(node);
    if (node && isAlias(node)) {
      return this.reader.throughAlias(node, (target) => this.decode(target, schema, path, previous));
    }
    switch (schema.kind) {
      case 'list':
        return this.decodeList(node, schema, path, previous);
      case 'map':
        return this.decodeMap(node, schema, path, previous);
      case 'struct':
        return this.decodeStruct(node, schema, path, previous);
      case 'any':
        return this.plain.decode(node, path);
      case 'opaque':
        return isNull(node, 'v2') || (isSeq(node) && node.items.length === 0) ? undefined : true;
      default:
        if (schema.kind === 'text' && schema.orStruct && isMap(node)) {
          return this.decodeStruct(node, schema.orStruct, path);
        }
        if (node && !isScalar(node)) {
          return this.wrongType(node, schema, path);
        }
        return this.accept(node, decodeScalar(node, schema), path);
    }
  }

  private accept(node: Node | null | undefined, read: { value: Decoded } | { problem: Diagnostic }, path?: PathLink): Outcome {
    if ('problem' in read) {
      this.reader.report(node, read.problem, path);
      return INVALID;
    }
    return read.value;
  }

  private decodeList(node: Node | null | undefined, schema: ListSchema, path?: PathLink, previous?: Decoded): Outcome {
    if (isNull(node, 'v2')) {
      return undefined;
    }
    if (!isSeq<Node>(node)) {
      return this.wrongType(node, schema, path);
    }
    const items: Decoded[] = schema.appendOnMerge && Array.isArray(previous) ? [...previous] : [];
    node.items.forEach((item, index) => {
      const itemPath = { parent: path, key: index };
      if (schema.nullItems === 'refused' && isNull(this.reader.dereference(item), 'v2')) {
        this.reader.report(item, { code: 'config-wrong-type', message: 'an entry of the list is empty', fix: 'fill the entry or remove it' }, itemPath);
        items.push(undefined);
        return;
      }
      const value = this.decode(item, schema.of, itemPath);
      items.push(value === INVALID ? undefined : value);
    });
    return items;
  }

  private decodeMap(node: Node | null | undefined, schema: MapSchema, path?: PathLink, previous?: Decoded): Outcome {
    if (isNull(node, 'v2')) {
      return undefined;
    }
    if (!isMap<Node, Node | null>(node)) {
      return this.wrongType(node, schema, path);
    }
    const map = previous instanceof DecodedMap ? previous : new DecodedMap();
    this.decodeMapInto(map, node, schema, path);
    return map;
  }

  private decodeMapInto(map: DecodedMap, node: YAMLMap<Node, Node | null>, schema: MapSchema, path?: PathLink): void {
    for (const pair of node.items) {
      if (isMergeKey(pair, 'v2')) {
        this.reader.merge(pair, path, (merged) => this.decodeMapInto(map, merged, schema, path));
        continue;
      }
      const key = this.reader.decodeKey(pair.key, path);
      if (key === undefined) {
        continue;
      }
      const entryPath = { parent: path, key };
      const wrongKey = schema.key?.(key);
      if (wrongKey) {
        this.reader.report(pair.key, wrongKey, entryPath);
      }
      if (schema.nullValues === 'refused' && isNull(this.reader.dereference(pair.value), 'v2')) {
        this.reader.report(pair.key, { code: 'config-wrong-type', message: `the value of "${key}" is empty`, fix: 'give it a value' }, entryPath);
        continue;
      }
      const value = this.decode(pair.value, schema.of, entryPath);
      if (map.entries.has(key)) {
        this.reader.repeated(pair.key, key, entryPath);
      } else if (value !== INVALID && !wrongKey) {
        map.entries.set(key, value);
      }
    }
  }

  private decodeStruct(node: Node | null | undefined, schema: StructSchema, path?: PathLink, previous?: Decoded): Outcome {
    if (isNull(node, 'v2')) {
      return undefined;
    }
    const fields = previous instanceof StructValue && !schema.replaceOnMerge ? previous : new StructValue();
    if (isMap<Node, Node | null>(node)) {
      this.decodeStructInto(fields, node, schema, path);
    } else if (!isScalar(node) || resolveScalar(node).type !== 'null') {
      return this.wrongType(node, schema, path);
    }
    checkStruct(fields, schema, (problem, field) => {
      const at = field === undefined ? undefined : this.find(node, field);
      this.reader.report(at ?? node, problem, field === undefined || at === undefined ? path : { parent: path, key: field });
    });
    return fields;
  }

  private decodeStructInto(fields: StructValue, node: YAMLMap<Node, Node | null>, schema: StructSchema, path?: PathLink): void {
    const seen = new Set<string>();
    for (const pair of node.items) {
      if (isMergeKey(pair, 'v2')) {
        this.reader.merge(pair, path, (merged) => this.decodeStructInto(fields, merged, schema, path));
        continue;
      }
      const name = this.reader.decodeKey(pair.key, path);
      if (name === undefined) {
        continue;
      }
      const fieldPath = { parent: path, key: name };
      const fieldSchema = Object.hasOwn(schema.fields, name) ? schema.fields[name] : schema.otherFields?.(name);
      if (fieldSchema === undefined) {
        this.reader.report(pair.key, {
          code: 'config-unknown-field',
          message: `unknown field "${name}" in ${schema.name}`,
          fix: describeFields(name, schema),
        }, fieldPath);
      } else if (seen.has(name)) {
        this.reader.repeated(pair.key, name, fieldPath);
      } else {
        seen.add(name);
        const value = this.decode(pair.value ?? undefined, fieldSchema, fieldPath, fields.get(name));
        if (value === INVALID) {
          fields.markInvalid(name);
        } else {
          fields.set(name, value);
        }
      }
    }
  }

  private find(node: Node | null | undefined, field: string): Node | undefined {
    if (!isMap<Node, Node | null>(node)) {
      return undefined;
    }
    const pair = node.items.find((item) => isScalar(item.key) && item.key.source === field);
    return pair?.key;
  }

  private wrongType(node: Node | null | undefined, schema: Schema, path?: PathLink): typeof INVALID {
    this.reader.report(node, { code: 'config-wrong-type', message: `${nameOfNode(node)} where ${nameOfSchema(schema)} is expected`, fix: `write ${nameOfSchema(schema)}` }, path);
    return INVALID;
  }

}

function nameOfNode(node: Node | null | undefined): string {
  if (isMap(node)) {
    return 'a mapping';
  }
  if (isSeq(node)) {
    return 'a list';
  }
  return isScalar(node) && !isNull(node, 'v2') ? 'a single value' : 'nothing';
}

function nameOfSchema(schema: Schema): string {
  switch (schema.kind) {
    case 'list':
      return 'a list';
    case 'map':
      return 'a mapping';
    case 'struct':
      return `a mapping (${schema.name})`;
    case 'bool':
      return 'true or false';
    case 'uint':
      return 'a number';
    case 'go-duration':
      return 'a duration such as 30s';
    default:
      return 'a text';
  }
}
