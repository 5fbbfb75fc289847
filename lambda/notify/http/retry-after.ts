import type { PostResponse } from '../../shared/net/post-request';

/** How long a server asks to wait: `Retry-After` is a number of seconds, or a date on the server's own clock, which its `Date` header shows. */
export function retryAfterSeconds({ headers }: PostResponse, now: number = Date.now()): number | undefined {
  const value = headers['retry-after']?.trim() ?? '';
  if (/^\d+$/.test(value)) return Number(value) || undefined;
  const until = Date.parse(value);
  const serverTime = Date.parse(headers.date ?? '');
  const seconds = Math.ceil((until - (Number.isNaN(serverTime) ? now : serverTime)) / 1000);
  return seconds > 0 ? seconds : undefined;
}
