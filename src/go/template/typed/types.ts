/** A type of Go, as far as templates meet it. */
export interface GoType {
  /** What messages call a value of the type, such as `an alert`. */
  readonly title: string;
  readonly kind: 'any' | 'nil' | 'string' | 'int' | 'float' | 'bool' | 'struct' | 'list' | 'map';
  /** Types with the same underlying type are assignable if one of them is not named. */
  readonly underlying: string;
  readonly isNamed: boolean;
  /** Of a list and a map. */
  readonly element?: () => GoType;
  /** Of a struct. */
  readonly fields?: ReadonlyMap<string, () => GoType>;
  readonly methods?: ReadonlyMap<string, Signature>;
  /** Of a struct: whether two values can be compared. */
  readonly isComparable?: boolean;
}

/** How a function or method is called. */
export interface Signature {
  readonly parameters: ReadonlyArray<() => GoType>;
  /** Whether the last parameter takes any number of arguments. */
  readonly isVariadic?: boolean;
  readonly result: () => GoType;
}

/** Nothing is known of the value: it is never reported. */
export const ANY: GoType = { title: 'a value', kind: 'any', underlying: 'any', isNamed: false };

/** No value at all: what a template has that is called without data. */
export const NIL: GoType = { title: 'no value', kind: 'nil', underlying: 'nil', isNamed: false };

const basic = (title: string, kind: GoType['kind'], underlying: string = kind): GoType => ({ title, kind, underlying, isNamed: true });

export const STRING = basic('a string', 'string');
export const INT = basic('a whole number', 'int');
export const FLOAT = basic('a number with a fraction', 'float');
export const BOOL = basic('a boolean', 'bool');
/** Go's types for text that is already escaped: not a string for functions that take one. */
export const HTML: GoType = { ...basic('HTML', 'string'), underlying: 'HTML' };

export function listOf(element: () => GoType, title: string, methods?: GoType['methods'], isNamed = methods !== undefined): GoType {
  return { title, kind: 'list', underlying: `[]${element().title}`, isNamed, element, ...(methods && { methods }) };
}

export function mapOf(element: () => GoType, title: string, methods?: GoType['methods'], isNamed = methods !== undefined): GoType {
  return { title, kind: 'map', underlying: `map of ${element().title}`, isNamed, element, ...(methods && { methods }) };
}

export function structOf(title: string, fields: { readonly [name: string]: () => GoType }, methods?: GoType['methods']): GoType {
  return { title, kind: 'struct', underlying: title, isNamed: true, fields: new Map(Object.entries(fields)), ...(methods && { methods }) };
}

export const STRINGS = listOf(() => STRING, 'a list of strings');

/** `signature([STRING, STRING], STRING)` */
export function signature(parameters: readonly GoType[], result: GoType, isVariadic = false): Signature {
  return { parameters: parameters.map((type) => () => type), result: () => result, isVariadic };
}

/** Whether Go passes a value of one type as an argument of another. */
export function isAssignable(from: GoType, to: GoType): boolean {
  if (to.kind === 'any' || from.kind === 'any' || from === to) {
    return true;
  }
  if (from.kind === 'nil') {
    return to.kind === 'list' || to.kind === 'map';
  }
  return from.underlying === to.underlying && from.kind === to.kind && (!from.isNamed || !to.isNamed || from.title === to.title);
}

/** The type of a value that has one of two types. */
export function joinTypes(one: GoType, other: GoType): GoType {
  return one === other || (one.title === other.title && one.underlying === other.underlying) ? one : ANY;
}
