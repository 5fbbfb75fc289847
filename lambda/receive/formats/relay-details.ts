import { SectionName } from '../../../src/contract/message';
import type { JsonValue } from '../../../src/contract/pagerduty-event';
import { isRecord } from '../../shared/guards';
import type { DecodedSection } from '../decode/decode-message';
import type { JsonObject } from '../notification';

/** A branch of the details: steps of paths are names in an object, or numbers in a list. */
type Branch = Map<string | number, Branch | Leaf>;

/** Wraps a value, so that an object that a section holds is not taken for a branch. */
class Leaf {
  constructor(readonly value: JsonValue) {}
}

/** Puts the sections of `details` together again, in their order. */
export function assembleDetails(sections: readonly DecodedSection[]): JsonObject {
  const root: Branch = new Map();
  for (const { path, value } of sections) {
    if (path[0] !== SectionName.DETAILS) continue;
    if (path.length > 1) grow(root, path.slice(1), value);
    else if (isRecord(value)) Object.entries(value).forEach(([name, entry]) => grow(root, [name], entry));
    else grow(root, [SectionName.DETAILS], value);
  }
  // `fromEntries` defines properties instead of assigning them: a detail can be called `__proto__`.
  return Object.fromEntries(Array.from(root, ([name, child]) => [String(name), toJson(child)]));
}

function grow(branch: Branch, [step, ...rest]: ReadonlyArray<string | number>, value: JsonValue): void {
  const child = branch.get(step);
  if (rest.length === 0) {
    if (child === undefined) branch.set(step, new Leaf(value));
    return;
  }
  if (child instanceof Leaf) return;
  const next: Branch = child ?? new Map();
  branch.set(step, next);
  grow(next, rest, value);
}

function toJson(node: Branch | Leaf): JsonValue {
  if (node instanceof Leaf) return node.value;
  const isList = Array.from(node.keys()).every((step) => typeof step === 'number');
  return isList ? Array.from(node.values(), toJson) : Object.fromEntries(Array.from(node, ([name, child]) => [String(name), toJson(child)]));
}
