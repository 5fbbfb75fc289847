import { isAlias, isMap, isScalar, isSeq, Node, YAMLMap } from 'yaml';
import type { YamlSource } from './document';
import { isNull } from './scalar';
import type { FindingPath } from '../findings/path';

/** Whether the file has an empty value at the path, such as null. */
export function isEmptyAt(source: YamlSource, path: FindingPath): boolean {
  let node = source.root;
  for (const key of path) {
    node = childOf(source, node, key)?.value;
  }
  return isNull(node && isAlias(node) ? source.targetOf(node) : node, source.format.dialect);
}

/** The offset of the value at the path, or of its nearest ancestor in the text. */
export function locate(source: YamlSource, path: FindingPath): number {
  let node = source.root;
  let offset = offsetOf(node) ?? 0;
  for (const key of path) {
    const found = childOf(source, node, key);
    if (found === undefined) {
      return offset;
    }
    node = found.value;
    // An empty value has no place of its own.
    offset = (isEmpty(node) ? offsetOf(found.key) : offsetOf(node)) ?? offset;
  }
  return offset;
}

interface Child {
  readonly key?: Node;
  readonly value?: Node;
}

function childOf(source: YamlSource, parent: Node | undefined, key: string | number): Child | undefined {
  const node = parent && isAlias(parent) ? source.targetOf(parent) : parent;
  if (isSeq<Node>(node) && typeof key === 'number') {
    return key < node.items.length ? { value: node.items[key] } : undefined;
  }
  return isMap<Node, Node | null>(node) ? entryOf(source, node, String(key), new Set()) : undefined;
}

/** The entry of the mapping itself, or else of what a merge key brings. Each mapping is looked at once, however often it is merged. */
function entryOf(source: YamlSource, map: YAMLMap<Node, Node | null>, key: string, seen: Set<Node>): Child | undefined {
  seen.add(map);
  const own = map.items.find((pair) => isScalar(pair.key) && pair.key.source === key);
  if (own) {
    return { key: own.key, value: own.value ?? undefined };
  }
  for (const merged of mergedInto(map)) {
    const target = merged && isAlias(merged) ? source.targetOf(merged) : merged;
    const found = isMap<Node, Node | null>(target) && !seen.has(target) ? entryOf(source, target, key, seen) : undefined;
    if (found) {
      return found;
    }
  }
  return undefined;
}

function mergedInto(map: YAMLMap<Node, Node | null>): Array<Node | null> {
  const merges = map.items.filter(({ key }) => isScalar(key) && key.source === '<<');
  return merges.flatMap(({ value }) => (isSeq<Node>(value) ? value.items : [value]));
}

function isEmpty(node: Node | undefined): boolean {
  return node === undefined || (isScalar(node) && node.source === '' && node.type === 'PLAIN');
}

function offsetOf(node: Node | undefined): number | undefined {
  return node?.range?.[0];
}
