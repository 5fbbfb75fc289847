/**
 * Wall-clock time, chance, and waiting. The functions reach them through this object alone, so that a test or the chaos
 * command can replace all three.
 */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** A number from 0 (inclusive) to 1 (exclusive). */
  random(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** Looks `Date.now` and `Math.random` up on each call: a preloaded script can replace them for a bundle. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: async (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
