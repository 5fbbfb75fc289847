import type { Clock } from '../../../../lambda/shared/clock';

/** A clock that moves to the next thing that somebody waits for, once nobody can go on. */
export class VirtualTime implements Clock {
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  private readonly waiting = new Map<number, Array<() => void>>();
  private readonly times: number[] = [];
  private time: number;

  constructor(start: number, seed: number) {
    this.time = start;
    let state = seed;
    this.now = () => this.time;
    // The minimal standard generator of Park and Miller.
    this.random = () => {
      state = state * 48_271 % 2_147_483_647;
      return state / 2_147_483_647;
    };
    this.sleep = async (milliseconds) => this.wait(Math.ceil(this.time + Math.max(0, milliseconds)));
  }

  /** Lets time pass until all of this is done. */
  async run(work: ReadonlyArray<Promise<void>>): Promise<void> {
    let isDone = false;
    const all = Promise.all(work).finally(() => { isDone = true; });
    for (;;) {
      // All microtasks are over before this continues. Nothing here waits for the event loop, which would cost a system call each time.
      await new Promise<void>((resolve) => { process.nextTick(resolve); });
      const next = this.times.shift();
      if (isDone || next === undefined) break;
      this.time = next;
      const ready = this.waiting.get(next) ?? [];
      this.waiting.delete(next);
      ready.forEach((resume) => resume());
    }
    await all;
  }

  private async wait(at: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const others = this.waiting.get(at);
      if (others !== undefined) {
        others.push(resolve);
        return;
      }
      this.waiting.set(at, [resolve]);
      const position = this.times.findIndex((other) => other > at);
      this.times.splice(position === -1 ? this.times.length : position, 0, at);
    });
  }
}
