import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node, type ParsedNode } from 'yaml';

/**
 * YAML as the Go programs read it, which decide by the field whether a plain scalar is a number, a truth value or text. So
 * scalars are kept as they were written, and printed so that a Go program reads them as it would have read the original.
 * Anchors are replaced by what they stand for, and merge keys by what they merge.
 */
export type GoYaml = GoScalar | GoYaml[] | GoMap;

export class GoScalar {
  /** `plain`: written without quotes, so it may be something else than text. */
  constructor(public readonly text: string, public readonly plain = false) {}
}

/** A mapping that keeps the order of its keys. */
export class GoMap extends Map<string, GoYaml> {
  /** The value as a map; undefined when it is missing or something else. */
  public map(name: string): GoMap | undefined {
    const value = this.get(name);
    return value instanceof GoMap ? value : undefined;
  }

  /** The maps in the list of this name. */
  public maps(name: string): GoMap[] {
    const value = this.get(name);
    return Array.isArray(value) ? value.filter((item): item is GoMap => item instanceof GoMap) : [];
  }

  /** The scalar's text; undefined when it is missing, null, or no scalar. */
  public text(name: string): string | undefined {
    const value = this.get(name);
    return value instanceof GoScalar && !(value.plain && NULLS.includes(value.text)) ? value.text : undefined;
  }

  public setText(name: string, text: string): this {
    return this.set(name, new GoScalar(text));
  }
}

const NULLS = ['', '~', 'null', 'Null', 'NULL'];

/** Reads one document. Throws with a position when it is no YAML, or no mapping. */
export function readGoYaml(source: string): GoMap {
  // The failsafe schema leaves every scalar as text.
  const document = parseDocument(source, { schema: 'failsafe', uniqueKeys: false });
  const [error] = document.errors;
  if (error) {
    throw new Error(error.message);
  }
  const value = document.contents === null ? new GoMap() : convert(document.contents, document);
  if (!(value instanceof GoMap)) {
    throw new Error('expected a mapping');
  }
  return value;
}

function convert(node: ParsedNode | Node | null, document: Document.Parsed): GoYaml {
  if (isAlias(node)) {
    const target = node.resolve(document);
    if (!target) {
      throw new Error(`there is no anchor ${node.source}`);
    }
    return convert(target, document);
  }
  if (isSeq(node)) {
    return node.items.map((item) => convert(item as Node | null, document));
  }
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }): [string, GoYaml] => [keyText(key), convert(value as Node | null, document)]);
    return merged(entries);
  }
  if (isScalar(node)) {
    return new GoScalar(String(node.value ?? ''), node.type === 'PLAIN' && node.tag !== 'tag:yaml.org,2002:str');
  }
  return new GoScalar('', true);
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value ?? '') : String(key);
}

/** A key of the mapping itself wins over a merged one, and of merged ones the first. */
function merged(entries: ReadonlyArray<[string, GoYaml]>): GoMap {
  const map = new GoMap(entries.filter(([name]) => name !== '<<'));
  for (const [name, value] of entries) {
    for (const source of name === '<<' ? [value].flat() : []) {
      for (const [inherited, item] of source instanceof GoMap ? source : []) {
        if (!map.has(inherited)) {
          map.set(inherited, item);
        }
      }
    }
  }
  return map;
}

/** Prints a document that a Go program reads as it was meant. */
export function printGoYaml(value: GoYaml): string {
  return `${print(value, '').trim()}\n`;
}

function print(value: GoYaml, indent: string): string {
  if (value instanceof GoScalar) {
    return ` ${value.plain && isMoreThanText(value.text) ? value.text || 'null' : quote(value.text)}`;
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? ' []' : value.map((item) => `\n${indent}-${print(item, `${indent}  `)}`).join('');
  }
  if (value.size === 0) {
    return ' {}';
  }
  return [...value].map(([name, item]) => `\n${indent}${quote(name)}:${print(item, `${indent}  `)}`).join('');
}

/** Whether Go could take the plain scalar for something else than text: null, a truth value, a number, a date. */
function isMoreThanText(text: string): boolean {
  return NULLS.includes(text) || /^(true|false|yes|no|on|off|y|n)$/i.test(text) || /^[-+]?\.?[\d][\w.+:-]*$/.test(text) || /^[-+]?\.(inf|nan)$/i.test(text);
}

/** JSON's quotes, with the characters escaped besides that YAML 1.1 takes for line breaks or does not allow. */
function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
