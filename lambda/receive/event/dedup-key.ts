import { createHash } from 'node:crypto';
import { PagerDutyLimit } from '../../../src/contract/pagerduty-event';

/**
 * The dedup key that Alertmanager itself sends for a group: the hash of its group key, `<route key>:{<group labels>}`.
 *
 * Labels are sorted by the bytes of their names, as Alertmanager does from 0.28 on. Before, it sorted the printed pairs,
 * which differs only when one name is another one followed by a character below `=`, for example `zone` and `zone2`.
 */
export function groupDedupKey(routeKey: string, quotedGroupLabels: QuotedLabels): string {
  return sha256(groupKey(routeKey, quotedGroupLabels));
}

type QuotedLabels = ReadonlyArray<readonly [name: string, quotedValue: string]>;

/** Alertmanager's key of a group, as its webhooks say it. */
export function groupKey(routeKey: string, quotedGroupLabels: QuotedLabels): string {
  const labels = quotedGroupLabels
    .map(([name, quotedValue]) => ({ bytes: Buffer.from(name), text: `${name}=${quotedValue}` }))
    .sort((a, b) => Buffer.compare(a.bytes, b.bytes))
    .map(({ text }) => text);
  return `${routeKey}:{${labels.join(', ')}}`;
}

/** A dedup key made of what a message of another format has instead of a group key. */
export function derivedDedupKey(...parts: readonly string[]): string {
  return sha256(JSON.stringify(parts));
}

/** A key that PagerDuty takes: one that is too long is hashed, for cutting it could make two keys one. */
export function fitDedupKey(key: string): string {
  const isFit = key.length <= PagerDutyLimit.DEDUP_KEY_CHARACTERS && key.trim() !== '';
  return isFit ? key : sha256(key);
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
