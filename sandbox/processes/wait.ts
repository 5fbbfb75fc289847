/** Something did not happen in time. */
export class DeadlineError extends Error {
  public readonly name = 'DeadlineError';
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

export interface WaitOptions {
  /** For how long to wait, in milliseconds. */
  readonly deadline: number;
  /** How long to pause between two looks, in milliseconds. */
  readonly every?: number;
  /** Ends the wait early by throwing: when what is waited for can no longer happen. */
  readonly unless?: () => void;
}

/** Looks again and again until there is something to see, which is returned. A probe that throws has seen nothing yet. */
export async function waitFor<T>(what: string, probe: () => T | undefined | Promise<T | undefined>, options: WaitOptions): Promise<T> {
  const end = Date.now() + options.deadline;
  let lastError: unknown;
  for (;;) {
    options.unless?.();
    try {
      const seen = await probe();
      if (seen !== undefined && seen !== false) {
        return seen;
      }
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() >= end) {
      const reason = lastError instanceof Error ? `: ${lastError.message}` : '';
      throw new DeadlineError(`${what}: not within ${options.deadline / 1000} s${reason}`);
    }
    await sleep(options.every ?? 50);
  }
}
