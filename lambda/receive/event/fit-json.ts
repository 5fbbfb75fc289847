import { escapedJson } from './escaped-json';
import type { JsonValue } from '../../../src/contract/pagerduty-event';
import { isArray, isRecord } from '../../shared/guards';
import type { JsonObject } from '../notification';

/** How many bytes a value takes in the queue, where escapes can take three times as many as in the request to PagerDuty. */
export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(escapedJson(value));
}

/** What a value can always take, so that a part of it stays visible: a note and a few words. */
const MIN_SHARE_BYTES = 96;

/**
 * Shortens an object to a number of bytes: space is shared by water-filling: small members stay whole and
 * the longest give way, each with a note of what is missing. Members are left out only when their names alone take too much.
 */
export function fitJson(object: JsonObject, budget: number): JsonObject {
  if (jsonBytes(object) <= budget) return object;
  const members = Object.entries(object).map(([name, value]) => ({ name, value, nameBytes: jsonBytes(name) + 2, bytes: jsonBytes(value) }));
  const kept = leadingThatFit(members, budget - MIN_SHARE_BYTES, ({ nameBytes, bytes }) => nameBytes + Math.min(bytes, MIN_SHARE_BYTES));
  const missing = members.length - kept.length;
  const room = budget - 2 - kept.reduce((sum, { nameBytes }) => sum + nameBytes, 0) - (missing === 0 ? 0 : MIN_SHARE_BYTES);
  const share = waterLevel(kept.map(({ bytes }) => bytes), room);
  return Object.fromEntries([
    ...kept.map(({ name, value, bytes }) => [name, bytes <= share ? value : fitValue(value, share)] as const),
    ...(missing === 0 ? [] : [['…', `${missing} more left out to fit PagerDuty's limit`] as const]),
  ]);
}

function fitValue(value: JsonValue, budget: number): JsonValue {
  if (typeof value === 'string') return fitText(value, budget);
  if (isArray(value)) return fitList(value, budget);
  if (isRecord(value)) return fitJson(value, budget);
  return value;
}

function fitText(text: string, budget: number): string {
  let fits = 0;
  let tooLong = text.length;
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (jsonBytes(cutText(text, middle)) <= budget) fits = middle;
    else tooLong = middle;
  }
  return cutText(text, fits);
}

function cutText(text: string, length: number): string {
  const kept = text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
  return `${kept}… (${text.length - kept.length} more characters left out to fit PagerDuty's limit)`;
}

function fitList(list: readonly JsonValue[], budget: number): JsonValue[] {
  const room = budget - MIN_SHARE_BYTES;
  const kept = leadingThatFit(list.map((value) => ({ value, bytes: jsonBytes(value) + 1 })), room, ({ bytes }) => bytes).map(({ value }) => value);
  const first = kept.length === 0 && list.length > 0 && room > 2 * MIN_SHARE_BYTES ? [fitValue(list[0], room - 2)] : kept;
  const missing = list.length - first.length;
  return missing === 0 ? first : [...first, `… ${missing} more left out to fit PagerDuty's limit`];
}

function leadingThatFit<T>(entries: readonly T[], budget: number, bytesOf: (entry: T) => number): T[] {
  let bytes = 2;
  const end = entries.findIndex((entry) => (bytes += bytesOf(entry)) > budget);
  return entries.slice(0, end < 0 ? entries.length : end);
}

/** The size to which values must be cut so that together they take no more than `room`. */
function waterLevel(sizes: readonly number[], room: number): number {
  let left = room;
  const ascending = [...sizes].sort((a, b) => a - b);
  for (const [index, size] of ascending.entries()) {
    const level = Math.floor(left / (ascending.length - index));
    if (size > level) return Math.max(level, MIN_SHARE_BYTES);
    left -= size;
  }
  return Infinity;
}
