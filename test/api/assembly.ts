import { existsSync, readFileSync } from 'fs';
import { resolve } from 'path';

/** The parts of a jsii assembly that the tests read. The assembly is what every language's package is generated from. */
export interface Assembly {
  readonly types: { readonly [fqn: string]: ApiType };
}

export interface ApiType extends Documented {
  readonly kind: 'class' | 'interface' | 'enum';
  readonly name: string;
  readonly fqn: string;
  readonly datatype?: boolean;
  readonly abstract?: boolean;
  readonly base?: string;
  readonly interfaces?: readonly string[];
  readonly initializer?: Callable;
  readonly properties?: readonly Property[];
  readonly methods?: readonly Callable[];
  readonly members?: readonly (Documented & { readonly name: string })[];
}

export interface Documented {
  readonly docs?: {
    readonly summary?: string;
    readonly remarks?: string;
    readonly default?: string;
    readonly returns?: string;
    readonly see?: string;
    readonly custom?: { readonly [tag: string]: string };
  };
}

/** The names of the types that a reference mentions. */
export function typesIn({ fqn, collection, union }: TypeReference): readonly string[] {
  return [...(fqn ? [fqn] : []), ...(collection ? typesIn(collection.elementtype) : []), ...(union?.types.flatMap(typesIn) ?? [])];
}

export interface Property extends Documented {
  readonly name: string;
  readonly type: TypeReference;
  readonly optional?: boolean;
  readonly immutable?: boolean;
  readonly static?: boolean;
}

export interface Callable extends Documented {
  readonly name?: string;
  readonly static?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly returns?: { readonly type: TypeReference; readonly optional?: boolean };
}

export interface Parameter extends Documented {
  readonly name: string;
  readonly type: TypeReference;
  readonly optional?: boolean;
}

export interface TypeReference {
  readonly fqn?: string;
  readonly primitive?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
  readonly union?: { readonly types: readonly TypeReference[] };
}

const FILE = resolve(__dirname, '..', '..', '.jsii');

/** The assembly of this code. `npx projen compile` writes it. */
export function readAssembly(): Assembly {
  if (!existsSync(FILE)) {
    throw new Error('.jsii is missing: run `npx projen compile` first, or `npm test`, which does');
  }
  return JSON.parse(readFileSync(FILE, 'utf8')) as Assembly;
}
