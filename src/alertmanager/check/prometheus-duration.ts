import type { Problem } from '../schema/schema';

const UNITS = ['y', 'w', 'd', 'h', 'm', 's', 'ms'] as const;
const MILLISECONDS = { y: 31_536_000_000n, w: 604_800_000n, d: 86_400_000n, h: 3_600_000n, m: 60_000n, s: 1000n, ms: 1n };
const SYNTAX = new RegExp(`^${UNITS.map((unit) => `(?:([0-9]+)${unit})?`).join('')}$`);

/** Go counts nanoseconds in 63 bits, which is about 292 years. */
const MAX_MILLISECONDS = (2n ** 63n - 1n) / 1_000_000n;

/**
 * The milliseconds of a duration as Prometheus writes it (`1h30m`, `5d`), units from the largest to the smallest; `undefined` if
 * it is none. `0` needs no unit.
 */
export function parsePrometheusDuration(text: string): number | undefined {
  if (text === '0') {
    return 0;
  }
  const match = text === '' || text.length > 200 ? null : SYNTAX.exec(text);
  if (!match) {
    return undefined;
  }
  let sum = 0n;
  UNITS.forEach((unit, index) => {
    sum += BigInt(match[index + 1] ?? 0) * MILLISECONDS[unit];
  });
  return sum <= MAX_MILLISECONDS ? Number(sum) : undefined;
}

export function checkDuration(text: string): Problem | undefined {
  if (parsePrometheusDuration(text) !== undefined) {
    return undefined;
  }
  return {
    code: 'config-invalid-duration',
    message: `${JSON.stringify(text.slice(0, 60))} is not a duration`,
    fix: 'write numbers with the units y, w, d, h, m, s, ms, the largest first and no fractions, such as 30s, 5m or 1h30m',
  };
}

export function checkNonZeroDuration(text: string): Problem | undefined {
  const problem = checkDuration(text);
  if (problem !== undefined || parsePrometheusDuration(text) !== 0) {
    return problem;
  }
  return { code: 'config-invalid-duration', message: 'the duration must not be 0', fix: 'write a duration above 0, such as 5m, or leave the field out' };
}
