/** Plain data, as JSON has it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Mutation {
  /** What was done to which place, for example `remove receivers[0].name`. */
  readonly name: string;
  readonly kind: string;
  /** The place, without indexes, for example `receivers.pagerduty_configs.url`. */
  readonly field: string;
  readonly value: Json;
}

/** What is put in the place of every value, one after the other. */
const REPLACEMENTS: { readonly [kind: string]: Json } = {
  'null': null,
  'empty text': '',
  'word': 'nonsense !"§',
  'boolean': true,
  'number': 7,
  'negative number': -7.5,
  'quoted number': '7',
  'list': ['a'],
  'empty list': [],
  'mapping': { a: 'b' },
  'empty mapping': {},
  'list of null': [null],
  'list of mappings': [{ a: 'b' }],
  'duration': '5m',
  'zero': 0,
  'URL': 'https://example.com/%41?x#y',
  'bad URL': 'https://exa mple.com:port/',
  'URL without host': 'https:///path',
};

/** Every value replaced by each of the replacements, every field removed, and an unknown field beside every field. */
export function mutationsOf(document: Json): Mutation[] {
  const mutations: Mutation[] = [];
  visit(document, [], (path, value) => {
    const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('').replace(/^\./, '');
    const field = path.filter((key) => typeof key === 'string').join('.');
    const add = (kind: string, mutated: Json): void => {
      mutations.push({ name: `${kind} ${place}`, kind, field, value: mutated });
    };
    for (const [kind, replacement] of Object.entries(REPLACEMENTS)) {
      add(kind, replaced(document, path, replacement));
    }
    if (path.length > 0) {
      add('remove', removed(document, path));
    }
    if (isMapping(value)) {
      add('unknown field', replaced(document, path, { ...value, unknown_field: 'x' }));
    }
    if (Array.isArray(value) && value.length > 0) {
      add('entry twice', replaced(document, path, [...value, value[0]]));
      add('null entry', replaced(document, path, [...value, null]));
    }
  });
  return mutations;
}

type Path = ReadonlyArray<string | number>;

function visit(value: Json, path: Path, see: (path: Path, value: Json) => void): void {
  see(path, value);
  if (Array.isArray(value)) {
    value.forEach((item, index) => visit(item, [...path, index], see));
  } else if (isMapping(value)) {
    for (const [key, item] of Object.entries(value)) {
      visit(item, [...path, key], see);
    }
  }
}

function isMapping(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function replaced(value: Json, path: Path, by: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) {
    return by;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === key ? replaced(item, rest, by) : item));
  }
  return isMapping(value) ? { ...value, [key]: replaced(value[key], rest, by) } : value;
}

function removed(value: Json, path: Path): Json {
  const [key, ...rest] = path;
  if (Array.isArray(value)) {
    return rest.length === 0
      ? value.filter((_, index) => index !== key)
      : value.map((item, index) => (index === key ? removed(item, rest) : item));
  }
  if (!isMapping(value)) {
    return value;
  }
  if (rest.length > 0) {
    return { ...value, [key]: removed(value[key], rest) };
  }
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}
