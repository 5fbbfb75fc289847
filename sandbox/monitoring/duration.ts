const UNITS: Readonly<Record<string, number>> = {
  ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000, y: 31_536_000_000,
};

/** Milliseconds of a duration as Prometheus writes it: `30s`, `1h30m`. */
export function milliseconds(text: string): number {
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwy])/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    if (text === '0') {
      return 0;
    }
    throw new Error(`"${text}" is no duration`);
  }
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
}

/** A duration as Prometheus writes it. */
export function duration(value: number): string {
  return value % 1000 === 0 ? `${value / 1000}s` : `${value}ms`;
}
