/** Each unit once, from the longest to the shortest. */
const DURATION = /^(?:([0-9]+)y)?(?:([0-9]+)w)?(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?$/;
const UNIT_MILLISECONDS = [31_536_000_000n, 604_800_000n, 86_400_000n, 3_600_000n, 60_000n, 1000n, 1n];

/** What fits into Go's `time.Duration`, whole milliseconds. */
const MAX_DURATION_MS = 9_223_372_036_854n;

/**
 * The milliseconds of a duration in Prometheus' syntax (`1h30m`, `15s`, `0`), or undefined if it is none.
 *
 * @see https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations
 */
export function parseDuration(text: string): number | undefined {
  if (text === '0') {
    return 0;
  }
  const match = DURATION.exec(text);
  if (text === '' || !match) {
    return undefined;
  }
  // Longer numbers cannot fit anyway, and BigInt takes more than linear time for them.
  if (match.slice(1).some((digits) => digits !== undefined && digits.replace(/^0+/, '').length > 19)) {
    return undefined;
  }
  const total = UNIT_MILLISECONDS.reduce((sum, unit, index) => sum + BigInt(match[index + 1] ?? 0) * unit, 0n);
  return total > MAX_DURATION_MS ? undefined : Number(total);
}

/** For messages: what a duration looks like. */
export const DURATION_SYNTAX = 'numbers with the units y, w, d, h, m, s and ms, longest first, such as 1h30m';

/** Milliseconds in Prometheus' syntax. */
export function formatDuration(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}
