/** Something that is known of a list where a condition holds: how many entries it has at least, or that it is empty. */
export interface Fact {
  readonly path: string;
  readonly min?: number;
  readonly isEmpty?: boolean;
}

/** What follows from a fact: with no alert that fires, at least one is resolved, for a notification has at least one alert. */
export type Implications = (fact: Fact) => readonly Fact[];

/** What is known at a place of a template. Never changed: a condition makes a new one. */
export class Facts {
  public static of(facts: readonly Fact[], implications: Implications): Facts {
    return new Facts(new Map(), new Set(), implications).with(facts);
  }

  private constructor(
    private readonly minimums: ReadonlyMap<string, number>, private readonly empty: ReadonlySet<string>, private readonly implications: Implications,
  ) {}

  public with(facts: readonly Fact[] = []): Facts {
    if (facts.length === 0) {
      return this;
    }
    const minimums = new Map(this.minimums);
    const empty = new Set(this.empty);
    for (const fact of [...facts, ...facts.flatMap((each) => this.implications(each))]) {
      if (fact.isEmpty) {
        empty.add(fact.path);
      }
      if (fact.min !== undefined) {
        minimums.set(fact.path, Math.max(fact.min, minimums.get(fact.path) ?? 0));
      }
    }
    return new Facts(minimums, empty, this.implications);
  }

  /** How many entries the list has at least. */
  public minLength(path: string | undefined): number {
    return (path === undefined ? undefined : this.minimums.get(path)) ?? 0;
  }

  public isEmpty(path: string | undefined): boolean {
    return path !== undefined && this.empty.has(path);
  }

  /** Equal facts have equal keys. */
  public get key(): string {
    return `${[...this.minimums].sort().join(';')} ${[...this.empty].sort().join(';')}`;
  }
}

/** What `gt (len list) 2` and its relatives say of the list, for each outcome. */
export function factsOfLength(operator: string, path: string, number: number): { readonly whenTrue: Fact[]; readonly whenFalse: Fact[] } {
  const atLeast = (min: number): Fact[] => (min > 0 ? [{ path, min }] : []);
  const none: Fact[] = [{ path, isEmpty: true }];
  switch (operator) {
    case 'gt': return { whenTrue: atLeast(number + 1), whenFalse: number === 0 ? none : [] };
    case 'ge': return { whenTrue: atLeast(number), whenFalse: number === 1 ? none : [] };
    case 'lt': return { whenTrue: number === 1 ? none : [], whenFalse: atLeast(number) };
    case 'le': return { whenTrue: number === 0 ? none : [], whenFalse: atLeast(number + 1) };
    case 'eq': return number === 0 ? { whenTrue: none, whenFalse: atLeast(1) } : { whenTrue: atLeast(number), whenFalse: [] };
    default: return number === 0 ? { whenTrue: atLeast(1), whenFalse: none } : { whenTrue: [], whenFalse: atLeast(number) };
  }
}

/** `gt 0 (len list)` is `lt (len list) 0`. */
export const MIRRORED: { readonly [operator: string]: string } = { gt: 'lt', ge: 'le', lt: 'gt', le: 'ge', eq: 'eq', ne: 'ne' };
