import { maxDelaySeconds } from '../../shared/queue/backoff';

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
  const longest = maxDelaySeconds(windowSeconds);
  const spread = Math.min(longest, Math.max(MIN_SPREAD_SECONDS, ageSeconds / (isFirstPage ? 10 : 5)));
  return Math.ceil(waitMs / 1000 + random() * spread);
}
