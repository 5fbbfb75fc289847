/** What happens at a time of the simulation. */
type Action = () => void | Promise<void>;

interface Entry {
  readonly at: number;
  readonly number: number;
  readonly action: Action;
}

/**
 * A clock that jumps from one thing that happens to the next. Two things of the same millisecond happen in the order in which they
 * were scheduled, and each ends before the next begins: that is why a run repeats itself.
 */
export class Simulation {
  /** Milliseconds since 1970. */
  public now: number;
  /** What has happened so far. */
  public steps = 0;
  private readonly entries: Entry[] = [];
  private scheduled = 0;

  constructor(start: number) {
    this.now = start;
  }

  public after(milliseconds: number, action: Action): void {
    this.at(this.now + milliseconds, action);
  }

  public at(time: number, action: Action): void {
    this.push({ at: Math.max(this.now, Math.ceil(time)), number: ++this.scheduled, action });
  }

  /** Runs until nothing is scheduled anymore. `onStep` can throw to end the run. */
  public async run(onStep: () => void): Promise<void> {
    for (let entry = this.pop(); entry !== undefined; entry = this.pop()) {
      this.now = entry.at;
      this.steps += 1;
      onStep();
      await entry.action();
    }
  }

  private push(entry: Entry): void {
    let index = this.entries.push(entry) - 1;
    while (index > 0) {
      const parent = Math.floor((index - 1) / 2);
      if (isBefore(this.entries[parent] as Entry, entry)) {
        break;
      }
      this.entries[index] = this.entries[parent] as Entry;
      index = parent;
    }
    this.entries[index] = entry;
  }

  private pop(): Entry | undefined {
    const [first] = this.entries;
    const last = this.entries.pop();
    if (first === undefined || last === undefined || this.entries.length === 0) {
      return first;
    }
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= this.entries.length) {
        break;
      }
      if (child + 1 < this.entries.length && isBefore(this.entries[child + 1] as Entry, this.entries[child] as Entry)) {
        child += 1;
      }
      if (isBefore(last, this.entries[child] as Entry)) {
        break;
      }
      this.entries[index] = this.entries[child] as Entry;
      index = child;
    }
    this.entries[index] = last;
    return first;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.number < b.number);
}
