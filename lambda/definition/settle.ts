import type { ControlPlane, Definition } from './control-plane';
import type { Clock } from '../shared/clock';

/** How long AMP takes: 70 to 100 seconds for a creation, more than 20 for an update. */
const FIRST_WAIT_MS = 1000;
const MAX_WAIT_MS = 10_000;

const IN_TRANSITION = new Set(['CREATING', 'UPDATING', 'DELETING']);

/** The clock, and the time that the invocation has left. */
export interface InvocationTime {
  readonly clock: Clock;
  readonly remainingMs: () => number;
}

/** Kept for the answer to CloudFormation. */
const RESERVED_MS = 30_000;

/**
 * Waits until no operation on the definition is in progress.
 *
 * @returns the definition, or `undefined` if there is none.
 * @throws Error when that takes longer than the invocation can.
 */
export async function settle(plane: ControlPlane, time: InvocationTime): Promise<Definition | undefined> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(MAX_WAIT_MS, waitMs * 1.5)) {
    const definition = await plane.describe();
    if (definition === undefined || !IN_TRANSITION.has(definition.statusCode)) return definition;
    await pause(waitMs, time, `the alert manager definition is still ${definition.statusCode}`);
  }
}

/** @throws Error with the reason when the time is up. */
export async function pause(milliseconds: number, { clock, remainingMs }: InvocationTime, reason: string): Promise<void> {
  if (remainingMs() - milliseconds < RESERVED_MS) throw new Error(`${reason} after the time that this function has; retry`);
  await clock.sleep(milliseconds);
}
