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
  const longest = maxDelaySeconds(windowSeconds);
  const delay = Math.min(longest, 2 ** Math.min(attempt - 1, 30));
  const shortened = delay * (1 - random() / 2);
  return Math.ceil(Math.max(shortened, Math.min(retryAfterSeconds, MAX_RETRY_AFTER_SECONDS)));
}

/** The longest pause between two attempts that the backoff makes. */
export function maxDelaySeconds(windowSeconds: number): number {
  return Math.max(MAX_DELAY_SECONDS, windowSeconds / MIN_ATTEMPTS_PER_WINDOW);
}
