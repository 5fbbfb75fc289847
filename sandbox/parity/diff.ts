import type { Difference } from './pair';

/** All places in which two values differ. The order of fields says nothing. */
export function diff(native: unknown, relayed: unknown, path: readonly string[] = []): Difference[] {
  if (isContainer(native) && isContainer(relayed) && Array.isArray(native) === Array.isArray(relayed)) {
    const left = native as Record<string, unknown>;
    const right = relayed as Record<string, unknown>;
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((name) =>
      diff(Object.hasOwn(left, name) ? left[name] : undefined, Object.hasOwn(right, name) ? right[name] : undefined, [...path, name]));
  }
  return native === relayed ? [] : [{ field: path.join('.'), native, relayed }];
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
