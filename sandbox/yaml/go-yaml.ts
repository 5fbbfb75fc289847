import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node, type ParsedNode } from 'yaml';

/**
 * YAML as Go programs read it. They decide by the type of the field whether a plain scalar is a number, a boolean, or text. So
 * scalars are kept and printed as written, and a Go program reads them like the original. Aliases are replaced by their anchors.
 * Merge keys stay merge keys: their effect depends on the Go type, which can combine two mappings where YAML uses one of them.
 */
export type GoYaml = GoScalar | GoYaml[] | GoMap;

export class GoScalar {
  /** `plain`: written without quotes, so it might not be text. */
  constructor(public readonly text: string, public readonly plain = false) {}
}

const MERGE_KEY = '<<';

/** A mapping that keeps the order of its keys. Looks into the mappings that are merged into it. */
export class GoMap extends Map<string, GoYaml> {
  /** The last value given, which is the one that counts. */
  public override get(name: string): GoYaml | undefined {
    const givenBy = ([key, value]: [string, GoYaml]): GoYaml | undefined => {
      if (key === name) {
        return value;
      }
      // Of several merged mappings the first counts.
      return key === MERGE_KEY ? mapsIn(value).map((merged) => merged.get(name)).find((item) => item !== undefined) : undefined;
    };
    return [...this].map(givenBy).filter((value) => value !== undefined).pop();
  }

  /** Puts the value where no merged one comes after it. */
  public override set(name: string, value: GoYaml): this {
    super.delete(name);
    return super.set(name, value);
  }

  /** Deletes the key wherever it comes from. Returns whether there was one. */
  public override delete(name: string): boolean {
    const wasMerged = this.merged().map((merged) => merged.delete(name)).includes(true);
    return super.delete(name) || wasMerged;
  }

  /** Deletes all other keys, wherever they come from. */
  public keep(names: readonly string[]): void {
    this.merged().forEach((merged) => merged.keep(names));
    [...this.keys()].filter((name) => name !== MERGE_KEY && !names.includes(name)).forEach((name) => super.delete(name));
  }

  /** The value as a map; undefined when it is missing or something else. */
  public map(name: string): GoMap | undefined {
    const value = this.get(name);
    return value instanceof GoMap ? value : undefined;
  }

  /** The maps in the list of this name. */
  public maps(name: string): GoMap[] {
    const value = this.get(name);
    return Array.isArray(value) ? mapsIn(value) : [];
  }

  /** The scalar's text; undefined when it is missing, null, or no scalar. */
  public text(name: string): string | undefined {
    const value = this.get(name);
    return value instanceof GoScalar && !(value.plain && NULLS.includes(value.text)) ? value.text : undefined;
  }

  public setText(name: string, text: string): this {
    return this.set(name, new GoScalar(text));
  }

  private merged(): GoMap[] {
    return [...this].flatMap(([key, value]) => (key === MERGE_KEY ? mapsIn(value) : []));
  }
}

/** The value itself or those in the list that are maps. */
function mapsIn(value: GoYaml): GoMap[] {
  return [value].flat().filter((item): item is GoMap => item instanceof GoMap);
}

const NULLS = ['', '~', 'null', 'Null', 'NULL'];

/** Reads one document. Throws an error with a position if it is not YAML or not a mapping. */
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
    const map = new GoMap();
    for (const { key, value } of node.items) {
      const name = keyText(key);
      const converted = convert(value as Node | null, document);
      // A second merge key wins over the first, as do the first ones in a list.
      map.set(name, name === MERGE_KEY ? [converted, map.get(name) ?? []].flat() : converted);
    }
    return map;
  }
  if (isScalar(node)) {
    return new GoScalar(String(node.value ?? ''), node.type === 'PLAIN' && node.tag !== 'tag:yaml.org,2002:str');
  }
  return new GoScalar('', true);
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value ?? '') : String(key);
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
  return [...value].map(([name, item]) => `\n${indent}${name === MERGE_KEY ? name : quote(name)}:${print(item, `${indent}  `)}`).join('');
}

/** Whether Go could take the plain scalar for something else than text: null, a truth value, a number, a date. */
function isMoreThanText(text: string): boolean {
  return NULLS.includes(text) || /^(true|false|yes|no|on|off|y|n)$/i.test(text) || /^[-+]?\.?[\d][\w.+:-]*$/.test(text) || /^[-+]?\.(inf|nan)$/i.test(text);
}

/** JSON's quotes, with the characters escaped besides that YAML 1.1 takes for line breaks or does not allow. */
function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
