const MODULUS = 2 ** 31 - 1;

/** Numbers that look random and are the same in every run: the table in the documentation is about these very inputs. */
export class Random {
  /** A Lehmer generator: every state is from 1 to `MODULUS - 1`. */
  private state: number;

  public constructor(seed: number) {
    this.state = 1 + (seed * 7919) % (MODULUS - 1);
  }

  /** A whole number from 0 to `bound`, exclusive. */
  public below(bound: number): number {
    this.state = (this.state * 48_271) % MODULUS;
    return Math.floor((this.state / MODULUS) * bound);
  }

  public pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }
}
