import type { PostResponse } from '../../shared/net/post-request';
import { parseRetryAfter } from '../../shared/net/retry-after';

/** How long a server asks to wait: a date is one on the server's own clock, which its `Date` header shows. */
export function retryAfterSeconds({ headers }: PostResponse, now: number = Date.now()): number | undefined {
  const serverTime = Date.parse(headers.date ?? '');
  return parseRetryAfter(headers['retry-after'], Number.isNaN(serverTime) ? now : serverTime) || undefined;
}
