/** What the simulator does with a request instead of, or besides, handling it. */
export interface Fault {
  /** Answers with this status instead of handling the event. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Waits this long before it answers, in milliseconds. */
  readonly delay?: number;
  /** `before`: closes the connection without handling the event. `after`: handles it, and closes instead of answering. */
  readonly drop?: 'before' | 'after';
}

/** One attempt to send an event, as a fault plan sees it. */
export interface Attempt {
  /** Counts the requests, from 1. */
  readonly number: number;
  /** The path that was asked. */
  readonly path: string;
  readonly dedupKey?: string;
  readonly action?: string;
}

/** Decides what goes wrong with an attempt; undefined lets it pass. */
export type FaultPlan = (attempt: Attempt) => Fault | undefined;

/** What the page offers, and what the Events API documents for it. */
export const FAULT_MODES: Readonly<Record<FaultMode, Fault | undefined>> = {
  none: undefined,
  outage: { status: 503, body: 'Service Unavailable' },
  throttled: { status: 429, body: '429 - Request Limit Exceeded' },
};
export type FaultMode = 'none' | 'outage' | 'throttled';

export function isFaultMode(name: unknown): name is FaultMode {
  return typeof name === 'string' && Object.hasOwn(FAULT_MODES, name);
}

/** The same fault for this many attempts, then none. */
export function times(count: number, fault: Fault): FaultPlan {
  let left = count;
  return () => {
    left -= 1;
    return left >= 0 ? fault : undefined;
  };
}
