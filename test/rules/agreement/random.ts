/** Numbers that look random and are the same in every run: the table in the documentation is about these very inputs. */
export class Random {
  public constructor(private state: number) {}

  /** A whole number from 0 to `bound`, exclusive. */
  public below(bound: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  }

  public pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }
}
