/** Prime: the minimal standard generator (Lehmer) runs through all smaller positive numbers. */
const MODULUS = 2 ** 31 - 1;
const MULTIPLIER = 48_271;

/** Chance with a seed: the same seed gives the same numbers, in every process. */
export class Random {
  /** A generator of its own, which depends on this seed and the name alone. */
  public static derive(seed: number, name: string): Random {
    return new Random([...name].reduce((hash, character) => (hash * 31 + (character.codePointAt(0) ?? 0)) % MODULUS, seed % MODULUS));
  }

  private state: number;

  constructor(seed: number) {
    this.state = (seed % (MODULUS - 1)) + 1;
    // Seeds beside each other begin with similar numbers.
    this.number();
    this.number();
  }

  /** From 0 (inclusive) to 1 (exclusive). */
  public number(): number {
    this.state = (this.state * MULTIPLIER) % MODULUS;
    return (this.state - 1) / (MODULUS - 1);
  }

  /** From the minimum to the maximum, both inclusive. */
  public integer(min: number, max: number): number {
    return min + Math.floor(this.number() * (max - min + 1));
  }

  public chance(probability: number): boolean {
    return this.number() < probability;
  }

  public pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.number() * items.length)];
    if (item === undefined) {
      throw new Error('nothing to pick from');
    }
    return item;
  }
}
