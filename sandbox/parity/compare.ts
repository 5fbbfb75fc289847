import { documentedReason } from './documented-differences';
import type { Pair, Difference } from './pair';

/** All fields in which the two events differ; the order of fields says nothing. */
export function differences({ native, relayed }: Pair): Difference[] {
  if (native === undefined || relayed === undefined) {
    return [{ field: 'event', native: native === undefined ? 'missing' : 'sent', relayed: relayed === undefined ? 'missing' : 'sent' }];
  }
  const found: Difference[] = [];
  diff(native, relayed, [], found);
  return found.map((difference) => ({ ...difference, documented: documentedReason(difference, { native, relayed }) }));
}

function diff(native: unknown, relayed: unknown, path: readonly string[], found: Difference[]): void {
  if (isContainer(native) && isContainer(relayed) && Array.isArray(native) === Array.isArray(relayed)) {
    const left = native as Record<string, unknown>;
    const right = relayed as Record<string, unknown>;
    for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
      diff(Object.hasOwn(left, name) ? left[name] : undefined, Object.hasOwn(right, name) ? right[name] : undefined, [...path, name], found);
    }
  } else if (native !== relayed) {
    found.push({ field: path.join('.'), native, relayed });
  }
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
