/** The longest that PagerDuty can make an event wait. */
const MAX_RETRY_AFTER_SECONDS = 15 * 60;

const MAX_DELAY_SECONDS = 5 * 60;

/**
 * Into how many attempts the retry window is divided at least. A queue gives a message up after a thousand receives: with a window
 * of days the delays grow longer, so that this never happens first.
 */
const MIN_ATTEMPTS_PER_WINDOW = 400;

/**
 * Seconds until an event is retried: 1, 2, 4 … 300, each shortened at random by up to half, so that events that failed
 * together do not come back together; and never earlier than PagerDuty asked for.
 */
export function backoffSeconds(attempt: number, windowSeconds: number, retryAfterSeconds = 0, random: () => number = Math.random): number {
  const longest = Math.max(MAX_DELAY_SECONDS, windowSeconds / MIN_ATTEMPTS_PER_WINDOW);
  const delay = Math.min(longest, 2 ** Math.min(attempt - 1, 30));
  const shortened = delay * (1 - random() / 2);
  return Math.ceil(Math.max(shortened, Math.min(retryAfterSeconds, MAX_RETRY_AFTER_SECONDS)));
}

const MIN_SPREAD_SECONDS = 5;

/** What an event that waits for its turn waits for. */
export interface Turn {
  /** Until the next request can be made at all. */
  readonly waitMs: number;
  readonly ageSeconds: number;
  readonly windowSeconds: number;
  readonly isFirstPage: boolean;
}

/**
 * Seconds until an event has another chance that waits for its turn at a limited rate. The longer it has waited, the less often
 * it asks, so that even a whole retry window of waiting stays below a thousand receives. First pages ask more often.
 */
export function turnSeconds({ waitMs, ageSeconds, windowSeconds, isFirstPage }: Turn, random: () => number): number {
  const longest = Math.max(MAX_DELAY_SECONDS, windowSeconds / MIN_ATTEMPTS_PER_WINDOW);
  const spread = Math.min(longest, Math.max(MIN_SPREAD_SECONDS, ageSeconds / (isFirstPage ? 10 : 5)));
  return Math.ceil(waitMs / 1000 + random() * spread);
}
