import { derivedDedupKey } from './event/dedup-key';
import type { Notification } from './notification';
import { redactKeys } from '../shared/redact';

/**
 * A notification of another setup without anything that could be a routing key. There, keys stand in labels, details, and
 * descriptions, and must not get into a queue, a log, or PagerDuty's details.
 */
export function redactNotification(notification: Notification): Notification {
  const { dedupKey, routingKey, ...rest } = notification;
  return {
    ...mapTexts(rest, redactKeys),
    routingKey,
    // Hashed rather than redacted, so that it still distinguishes incidents.
    dedupKey: redactKeys(dedupKey) === dedupKey ? dedupKey : derivedDedupKey(dedupKey),
  };
}

/** The same structure with every text in it replaced, names included. */
export function mapTexts<T>(value: T, map: (text: string) => string): T {
  return mapAny(value, map) as T;
}

function mapAny(value: unknown, map: (text: string) => string): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((entry) => mapAny(entry, map));
  if (typeof value !== 'object' || value === null) return value;
  // `fromEntries` defines properties instead of assigning them: a detail can be called `__proto__`.
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [map(name), mapAny(entry, map)]));
}
