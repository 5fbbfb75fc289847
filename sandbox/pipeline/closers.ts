/** Closes everything at the end: the most recent first, each once, and all of them even if one fails. */
export class Closers {
  private readonly steps: Array<() => Promise<unknown> | void> = [];

  /** Remembers how to close what was started just now. */
  public add(step: () => Promise<unknown> | void): void {
    this.steps.push(step);
  }

  public async close(): Promise<void> {
    let failure: unknown;
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      try {
        await step();
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== undefined) {
      throw failure;
    }
  }
}
