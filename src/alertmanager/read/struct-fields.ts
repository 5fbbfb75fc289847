import { Decoded, DecodedMap, JsonValue, StructValue, UntypedValue } from './decoded';
import type { HttpConfig } from '../model';

/** Those of the fields that are given. */
export function textsOf<Name extends string>(fields: StructValue, names: readonly Name[]): { [name in Name]?: string } {
  const texts: { [name in Name]?: string } = {};
  for (const name of names) {
    const value = fields.text(name);
    if (value !== undefined) {
      texts[name] = value;
    }
  }
  return texts;
}

export function toHttpConfig(config: StructValue | undefined): HttpConfig | undefined {
  return config && (toPlain(config) as HttpConfig);
}

/** Plain data, without what was empty. */
export function toPlain(value: Decoded): JsonValue | undefined {
  if (value instanceof StructValue) {
    const names = [...value.names()];
    return toObject(names.map((name) => [name, value.get(name)]));
  }
  if (value instanceof DecodedMap) {
    return toObject([...value.entries]);
  }
  if (value instanceof UntypedValue) {
    return value.value;
  }
  return Array.isArray(value) ? value.map(toPlain).filter((item) => item !== undefined) : value;
}

function toObject(entries: ReadonlyArray<readonly [string, Decoded]>): JsonValue {
  const plain = entries.map(([name, value]): [string, JsonValue | undefined] => [name, toPlain(value)]);
  return Object.fromEntries(plain.filter((entry): entry is [string, JsonValue] => entry[1] !== undefined));
}

/** The object without the fields that are undefined: absent means absent. */
export function compact<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
