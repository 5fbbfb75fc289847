import { parseDuration } from '../../src/prometheus/duration';

/** Milliseconds of a duration as Prometheus writes it: `30s`, `1h30m`. */
export function milliseconds(text: string): number {
  const parsed = parseDuration(text);
  if (parsed === undefined) {
    throw new Error(`"${text}" is not a duration`);
  }
  return parsed;
}
