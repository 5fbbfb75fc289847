/** Plain data, as `any` fields carry it. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A value after decoding. Maps keep their keys as they are, structs know their fields. */
export type Decoded = string | number | boolean | DecodedMap | StructValue | Decoded[] | UntypedValue | undefined;

export class DecodedMap {
  public readonly entries = new Map<string, Decoded>();
}

/** A value of which Alertmanager does not care what it is. */
export class UntypedValue {
  /** @param source the text of a scalar as it is written in the file. */
  constructor(public readonly value: JsonValue, public readonly source?: string) {}
}

/** The fields of a struct: what was given, and what was given but could not be read. */
export class StructValue {
  private readonly values = new Map<string, Decoded>();
  private readonly invalidNames = new Set<string>();

  public set(name: string, value: Decoded): void {
    this.values.set(name, value);
    this.invalidNames.delete(name);
  }

  public markInvalid(name: string): void {
    this.values.delete(name);
    this.invalidNames.add(name);
  }

  /** True when the field was given, but not readable: rules about it have nothing to say. */
  public isInvalid(name: string): boolean {
    return this.invalidNames.has(name);
  }

  /** Whether the field was given as null, which takes a default away. */
  public isExplicitNull(name: string): boolean {
    return this.values.has(name) && this.values.get(name) === undefined;
  }

  public get(name: string): Decoded {
    return this.values.get(name);
  }

  /** Whether the field has a value other than Alertmanager's empty one. */
  public has(name: string): boolean {
    const value = this.values.get(name);
    return value !== undefined && value !== '' && value !== 0 && value !== false;
  }

  public text(name: string): string | undefined {
    const value = this.values.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  public bool(name: string): boolean | undefined {
    const value = this.values.get(name);
    return typeof value === 'boolean' ? value : undefined;
  }

  public list(name: string): readonly Decoded[] | undefined {
    const value = this.values.get(name);
    return Array.isArray(value) ? value : undefined;
  }

  /** The texts of a list of texts. */
  public texts(name: string): readonly string[] | undefined {
    return this.list(name)?.filter((item) => typeof item === 'string');
  }

  /** The entries of a list of structs; `undefined` where an entry is empty or was not readable. */
  public structs(name: string): ReadonlyArray<StructValue | undefined> {
    return (this.list(name) ?? []).map((item) => (item instanceof StructValue ? item : undefined));
  }

  public struct(name: string): StructValue | undefined {
    const value = this.values.get(name);
    return value instanceof StructValue ? value : undefined;
  }

  public map(name: string): ReadonlyMap<string, Decoded> | undefined {
    const value = this.values.get(name);
    return value instanceof DecodedMap ? value.entries : undefined;
  }

  /** The text entries of a map of texts. */
  public textMap(name: string): ReadonlyMap<string, string> {
    const result = new Map<string, string>();
    for (const [key, value] of this.map(name) ?? []) {
      if (typeof value === 'string') {
        result.set(key, value);
      }
    }
    return result;
  }

  public any(name: string): UntypedValue | undefined {
    const value = this.values.get(name);
    return value instanceof UntypedValue ? value : undefined;
  }

  public names(): IterableIterator<string> {
    return this.values.keys();
  }
}
