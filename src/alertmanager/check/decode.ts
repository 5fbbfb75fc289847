import { isAlias, isMap, isScalar, isSeq, Node, Pair, Scalar, YAMLMap } from 'yaml';
import { PathLink, toPath } from './config-path';
import { decodeScalar } from './decode-scalar';
import { AnyValue, Decoded, DecodedMap, Fields, Plain } from './fields';
import type { FindingLog } from './finding-log';
import { isNull, meaningOfNode } from './nodes';
import { checkStruct, describeFields } from './struct-rules';
import type { YamlSource } from './yaml-source';
import type { ListSchema, MapSchema, Problem, Schema, StructSchema } from '../schema/schema';

/** Stands for a value that was given but is not usable; what is wrong with it was told. */
export const BROKEN = Symbol('broken');
export type Outcome = Decoded | typeof BROKEN;

/** Ends the reading of a file that cannot be read any further; what is wrong was told. */
export class Unreadable extends Error {}

/**
 * Reads YAML nodes as their schema says, with the rules of Alertmanager's strict decoder: unknown fields and repeated keys are
 * refused, null is the zero value, and merge keys (`<<`) take effect where they stand, so that a field above a merge key is
 * replaced by it and one below replaces it, while maps and matchers of both are joined.
 */
export class Decoder {
  private readonly openAliases = new Set<Node>();
  private decodes = 0;
  private decodesInAliases = 0;

  constructor(private readonly source: YamlSource, private readonly log: FindingLog) {}

  /** @param previous the value that the same field got before, through a merge key. */
  public decode(node: Node | null | undefined, schema: Schema, path?: PathLink, previous?: Decoded): Outcome {
    this.count(node);
    if (node && isAlias(node)) {
      return this.throughAlias(node, (target) => this.decode(target, schema, path, previous));
    }
    switch (schema.kind) {
      case 'list':
        return this.decodeList(node, schema, path, previous);
      case 'map':
        return this.decodeMap(node, schema, path, previous);
      case 'struct':
        return this.decodeStruct(node, schema, path, previous);
      case 'any':
        return this.decodeAny(node, path);
      default:
        if (node && !isScalar(node)) {
          return this.wrongType(node, schema, path);
        }
        return this.accept(node, decodeScalar(node, schema), path);
    }
  }

  private accept(node: Node | null | undefined, read: { value: Decoded } | { problem: Problem }, path?: PathLink): Outcome {
    if ('problem' in read) {
      this.tell(node, read.problem, path);
      return BROKEN;
    }
    return read.value;
  }

  private decodeList(node: Node | null | undefined, schema: ListSchema, path?: PathLink, previous?: Decoded): Outcome {
    if (isNull(node)) {
      return undefined;
    }
    if (!isSeq<Node>(node)) {
      return this.wrongType(node, schema, path);
    }
    const items: Decoded[] = schema.joins && Array.isArray(previous) ? [...previous] : [];
    node.items.forEach((item, index) => {
      const itemPath = { parent: path, key: index };
      if (schema.nullItems === 'refused' && isNull(this.dereference(item))) {
        this.tell(item, { code: 'config-wrong-type', message: 'an entry of the list is empty', fix: 'fill the entry or remove it' }, itemPath);
        items.push(undefined);
        return;
      }
      const value = this.decode(item, schema.of, itemPath);
      items.push(value === BROKEN ? undefined : value);
    });
    return items;
  }

  private decodeMap(node: Node | null | undefined, schema: MapSchema, path?: PathLink, previous?: Decoded): Outcome {
    if (isNull(node)) {
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
      if (isMergeKey(pair)) {
        this.merge(pair, path, (merged) => this.decodeMapInto(map, merged, schema, path));
        continue;
      }
      const key = this.decodeKey(pair.key, path);
      if (key === undefined) {
        continue;
      }
      const entryPath = { parent: path, key };
      const wrongKey = schema.key?.(key);
      if (wrongKey) {
        this.tell(pair.key, wrongKey, entryPath);
      }
      if (schema.nullValues === 'refused' && isNull(this.dereference(pair.value))) {
        this.tell(pair.key, { code: 'config-wrong-type', message: `the value of "${key}" is empty`, fix: 'give it a value' }, entryPath);
        continue;
      }
      const value = this.decode(pair.value, schema.of, entryPath);
      if (map.entries.has(key)) {
        this.repeated(pair.key, key, entryPath);
      } else if (value !== BROKEN && !wrongKey) {
        map.entries.set(key, value);
      }
    }
  }

  private decodeStruct(node: Node | null | undefined, schema: StructSchema, path?: PathLink, previous?: Decoded): Outcome {
    if (isNull(node)) {
      return undefined;
    }
    if (schema.shortFor !== undefined && isScalar(node)) {
      const short = new Fields();
      short.set(schema.shortFor, node.source);
      return short;
    }
    const fields = previous instanceof Fields && !schema.resets ? previous : new Fields();
    if (isMap<Node, Node | null>(node)) {
      this.decodeStructInto(fields, node, schema, path);
    } else if (!isScalar(node) || meaningOfNode(node).type !== 'null') {
      return this.wrongType(node, schema, path);
    }
    checkStruct(fields, schema, (problem, field) => {
      const at = field === undefined ? undefined : this.find(node, field);
      this.tell(at ?? node, problem, field === undefined || at === undefined ? path : { parent: path, key: field });
    });
    return fields;
  }

  private decodeStructInto(fields: Fields, node: YAMLMap<Node, Node | null>, schema: StructSchema, path?: PathLink): void {
    const seen = new Set<string>();
    for (const pair of node.items) {
      if (isMergeKey(pair)) {
        this.merge(pair, path, (merged) => this.decodeStructInto(fields, merged, schema, path));
        continue;
      }
      const name = this.decodeKey(pair.key, path);
      if (name === undefined) {
        continue;
      }
      const fieldPath = { parent: path, key: name };
      if (!Object.hasOwn(schema.fields, name)) {
        this.tell(pair.key, {
          code: 'config-unknown-field',
          message: `unknown field "${name}" in ${schema.name}`,
          fix: describeFields(name, schema),
        }, fieldPath);
      } else if (seen.has(name)) {
        this.repeated(pair.key, name, fieldPath);
      } else {
        seen.add(name);
        const value = this.decode(pair.value ?? undefined, schema.fields[name], fieldPath, fields.get(name));
        if (value === BROKEN) {
          fields.break(name);
        } else {
          fields.set(name, value);
        }
      }
    }
  }

  private decodeAny(node: Node | null | undefined, path?: PathLink): Outcome {
    const value = this.plain(node, path);
    if (value === BROKEN) {
      return BROKEN;
    }
    const target = this.dereference(node);
    return new AnyValue(value, isScalar(target) && !isNull(target) ? target.source : undefined);
  }

  private plain(node: Node | null | undefined, path?: PathLink): Plain | typeof BROKEN {
    this.count(node);
    if (!node) {
      return null;
    }
    if (isAlias(node)) {
      return this.throughAlias(node, (target) => this.plain(target, path));
    }
    if (isSeq<Node>(node)) {
      return node.items.map((item, index) => this.plain(item, { parent: path, key: index })).filter((item) => item !== BROKEN);
    }
    if (isMap<Node, Node | null>(node)) {
      const entries = new Map<string, Plain>();
      this.plainEntries(entries, node, path);
      return Object.fromEntries(entries);
    }
    return isScalar(node) ? this.plainScalar(node, path) : BROKEN;
  }

  private plainEntries(entries: Map<string, Plain>, node: YAMLMap<Node, Node | null>, path?: PathLink): void {
    for (const pair of node.items) {
      if (isMergeKey(pair)) {
        this.merge(pair, path, (merged) => this.plainEntries(entries, merged, path));
        continue;
      }
      const key = this.decodeKey(pair.key, path);
      if (key === undefined) {
        continue;
      }
      const value = this.plain(pair.value, { parent: path, key });
      if (entries.has(key)) {
        this.repeated(pair.key, key, { parent: path, key });
      } else if (value !== BROKEN) {
        entries.set(key, value);
      }
    }
  }

  private plainScalar(node: Scalar, path?: PathLink): Plain | typeof BROKEN {
    const meaning = meaningOfNode(node);
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
        const read = this.accept(node, decodeScalar(node, { kind: 'text', whenNull: 'empty' }), path);
        return typeof read === 'string' ? read : BROKEN;
      }
    }
  }

  private decodeKey(node: Node, path?: PathLink): string | undefined {
    this.count(node);
    const target = this.dereference(node);
    if (isScalar(target)) {
      return isNull(target) ? '' : target.source ?? '';
    }
    this.tell(node, { code: 'config-wrong-type', message: 'a list or a mapping cannot be a key', fix: 'write a text as key' }, path);
    return undefined;
  }

  /** Reads what a merge key brings. Of several mappings, the first wins. */
  private merge(pair: Pair<Node, Node | null>, path: PathLink | undefined, read: (node: YAMLMap<Node, Node | null>) => void): void {
    const one = (node: Node | null | undefined): void => {
      this.count(node);
      if (node && isAlias(node)) {
        this.throughAlias(node, one);
      } else if (isMap<Node, Node | null>(node)) {
        read(node);
      } else {
        this.tell(pair.key, {
          code: 'config-wrong-type',
          message: 'a merge key ("<<") takes a mapping, or a list of mappings',
          fix: 'refer to a mapping, as in "<<: *name"',
        }, path);
      }
    };
    // A list may be given in place only, not through an alias.
    if (isSeq<Node>(pair.value)) {
      [...pair.value.items].reverse().forEach(one);
    } else {
      one(pair.value);
    }
  }

  private throughAlias<T>(alias: Node, read: (target: Node | undefined) => T): T {
    const target = isAlias(alias) ? this.source.targetOf(alias) : undefined;
    if (this.openAliases.has(alias)) {
      this.tell(alias, { code: 'config-invalid-alias', message: 'the value contains itself through an alias', fix: 'remove the alias' });
      throw new Unreadable();
    }
    this.openAliases.add(alias);
    const result = read(target);
    this.openAliases.delete(alias);
    return result;
  }

  private dereference(node: Node | null | undefined): Node | null | undefined {
    return node && isAlias(node) ? this.source.targetOf(node) : node;
  }

  private find(node: Node | null | undefined, field: string): Node | undefined {
    if (!isMap<Node, Node | null>(node)) {
      return undefined;
    }
    const pair = node.items.find((item) => isScalar(item.key) && item.key.source === field);
    return pair?.key;
  }

  /** Aliases may multiply a small file; as much as Alertmanager allows is allowed here. */
  private count(node: Node | null | undefined): void {
    this.decodes++;
    if (this.openAliases.size > 0) {
      this.decodesInAliases++;
    }
    if (this.decodesInAliases > 100 && this.decodes > 1000 && this.decodesInAliases / this.decodes > allowedShare(this.decodes)) {
      this.tell(node, {
        code: 'config-invalid-alias',
        message: 'the aliases of the file expand to too many values',
        fix: 'use fewer aliases of aliases',
      });
      throw new Unreadable();
    }
  }

  private repeated(key: Node, name: string, path: PathLink): void {
    this.tell(key, {
      code: 'config-duplicate-key',
      message: `the key "${name}" is given twice`,
      fix: 'keep one of them; keys that come through a merge key ("<<") count as well',
    }, path);
  }

  private wrongType(node: Node | null | undefined, schema: Schema, path?: PathLink): typeof BROKEN {
    this.tell(node, { code: 'config-wrong-type', message: `${nameOfNode(node)} where ${nameOfSchema(schema)} is expected`, fix: `write ${nameOfSchema(schema)}` }, path);
    return BROKEN;
  }

  private tell(node: Node | null | undefined, problem: Problem, path?: PathLink): void {
    this.log.errorAt(node?.range?.[0] ?? 0, problem, toPath(path));
  }
}

/** The share of decoded values that may come from aliases: almost all in a file of usual size, a tenth in a huge one. */
function allowedShare(decodes: number): number {
  const small = 400_000;
  const huge = 4_000_000;
  if (decodes <= small) {
    return 0.99;
  }
  return decodes >= huge ? 0.1 : 0.99 - (0.89 * (decodes - small)) / (huge - small);
}

function isMergeKey(pair: Pair<Node, Node | null>): boolean {
  const key = pair.key;
  return isScalar(key) && key.source === '<<' && ((key.type === 'PLAIN' && key.tag === undefined) || key.tag === 'tag:yaml.org,2002:merge');
}

function nameOfNode(node: Node | null | undefined): string {
  if (isMap(node)) {
    return 'a mapping';
  }
  if (isSeq(node)) {
    return 'a list';
  }
  return isScalar(node) && !isNull(node) ? 'a single value' : 'nothing';
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
    case 'int': case 'uint': case 'float':
      return 'a number';
    case 'go-duration':
      return 'a duration such as 30s';
    default:
      return 'a text';
  }
}
