interface Variable {
  readonly name: string;
  /** Whether executing the template really reaches the use with this variable on the stack. */
  live: boolean;
}

/**
 * The variables that are visible at a place of a template.
 *
 * Go's parser is more generous than its execution: an assignment makes the name known even if nothing declared it, and what
 * one branch declared stays known in the next. Execution fails there, so such uses are reported.
 */
export class Variables {
  private visible: Variable[] = [{ name: '$', live: true }];
  /** How many visible variables each name has, and how many of them are live: so that no use searches the stack. */
  private readonly counts = new Map<string, { visible: number; live: number }>([['$', { visible: 1, live: 1 }]]);

  /** @param unbound receives uses that the parser lets pass and execution does not */
  constructor(private readonly unbound: (name: string, offset: number) => void) {}

  /** A place on the stack, for `killFrom` and `dropFrom`. */
  public mark(): number {
    return this.visible.length;
  }

  /** Makes a name known to the parser. It comes alive with `bind`, when its pipeline is over. */
  public add(name: string): void {
    this.visible.push({ name, live: false });
    this.count(name).visible += 1;
  }

  /** The pipeline that declares the variables from one mark to the other is over. */
  public bind(from: number, to: number): void {
    for (const variable of this.visible.slice(from, to)) {
      this.setLive(variable, true);
    }
  }

  /** A use of a variable; false if the parser does not know it. */
  public use(name: string, offset: number): boolean {
    const { visible, live } = this.count(name);
    if (visible > 0 && live === 0) {
      this.unbound(name, offset);
    }
    return visible > 0;
  }

  /** An assignment to a name that was added: something else must have declared it, although the parser does not care. */
  public assign(name: string, offset: number): void {
    if (this.count(name).live === 0) {
      this.unbound(name, offset);
    }
  }

  /** The next branch begins: what this one declared is still known, but not there any more. */
  public killFrom(mark: number): void {
    for (const variable of this.visible.slice(mark)) {
      this.setLive(variable, false);
    }
  }

  public dropFrom(mark: number): void {
    this.killFrom(mark);
    for (const variable of this.visible.splice(mark)) {
      this.count(variable.name).visible -= 1;
    }
  }

  /** Whether `$` still is what the template is executed with. */
  public hasOriginalDollar(): boolean {
    return this.count('$').visible === 1;
  }

  private setLive(variable: Variable, live: boolean): void {
    if (variable.live !== live) {
      variable.live = live;
      this.count(variable.name).live += live ? 1 : -1;
    }
  }

  private count(name: string): { visible: number; live: number } {
    const known = this.counts.get(name) ?? { visible: 0, live: 0 };
    this.counts.set(name, known);
    return known;
  }
}
