/** What PagerDuty can ask for at most: it is not to keep a page waiting for longer. */
const LONGEST_RETRY_AFTER_SECONDS = 15 * 60;

const LONGEST_DELAY_SECONDS = 5 * 60;

/**
 * Into how many attempts the retry window is divided at least. A message can be received a thousand times before its queue
 * gives it up: with a window of days the delays grow longer, so that this never comes first.
 */
const ATTEMPTS_PER_WINDOW = 400;

/**
 * Seconds until an event is retried: 1, 2, 4 … 300, each shortened at random by up to half, so that events that failed
 * together do not come back together; and never earlier than PagerDuty asked for.
 */
export function backoffSeconds(attempt: number, windowSeconds: number, retryAfterSeconds = 0, random: () => number = Math.random): number {
  const longest = Math.max(LONGEST_DELAY_SECONDS, windowSeconds / ATTEMPTS_PER_WINDOW);
  const delay = Math.min(longest, 2 ** Math.min(attempt - 1, 30));
  const shortened = delay * (1 - random() / 2);
  return Math.ceil(Math.max(shortened, Math.min(retryAfterSeconds, LONGEST_RETRY_AFTER_SECONDS)));
}
