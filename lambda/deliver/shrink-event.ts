import type { JsonValue, PagerDutyEvent } from '../../src/contract/pagerduty-event';

/** What each further attempt keeps of the event after "413 Payload Too Large". */
const BUDGETS_BYTES = [256_000, 64_000, 8_000, 0];

const NOTE = 'details removed: the event was too large for PagerDuty';

/**
 * The event with at most as many bytes of JSON as the budget of this attempt (1, 2, …): links, images, and the longest details go
 * first. `undefined` when nothing is left to remove, or every smaller budget was tried.
 */
export function shrinkEvent(event: PagerDutyEvent, attempt: number): PagerDutyEvent | undefined {
  const size = sizeOf(event);
  // PagerDuty refused the event as it is: a budget that it fits into already removes nothing.
  const budget = BUDGETS_BYTES.filter((bytes) => bytes < size)[attempt - 1];
  if (budget === undefined) return undefined;
  const { images: _images, links: _links, ...bare } = event;
  const details = Object.entries(event.payload.custom_details ?? {});
  const withDetails = (kept: ReadonlyArray<readonly [string, JsonValue]>): PagerDutyEvent => ({
    ...bare,
    payload: { ...event.payload, custom_details: { ...Object.fromEntries(kept), relay_note: NOTE } },
  });
  const smallestFirst = [...details].sort(([, a], [, b]) => sizeOf(a) - sizeOf(b));
  let count = smallestFirst.length;
  while (count > 0 && sizeOf(withDetails(smallestFirst.slice(0, count))) > budget) count--;
  const keptNames = new Set(smallestFirst.slice(0, count).map(([name]) => name));
  const shrunk = withDetails(details.filter(([name]) => keptNames.has(name)));
  return sizeOf(shrunk) < size ? shrunk : undefined;
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value), 'utf8');
}
