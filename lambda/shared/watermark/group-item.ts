import { createHash } from 'node:crypto';
import { UNKNOWN_GROUP, type GroupState } from './group-state';
import { numberIn, textsIn, type Item, type ItemUpdate } from './watermark-table';
import { WatermarkAttribute } from '../../../src/contract/watermark-table';

/** Whose message groups these are: each function has a queue of its own, and so groups of its own. */
export type GroupKind = 'group' | 'notify';

/** The id of a message group: a hash, because the dedup keys of some formats are made of labels. */
export function groupItemId(kind: GroupKind, group: string): string {
  return `${kind}:${createHash('sha256').update(group, 'utf8').digest('hex')}`;
}

export function groupStateOf(item: Item | undefined): GroupState | undefined {
  if (item === undefined) return undefined;
  const unpagedAfter = numberIn(item[WatermarkAttribute.UNPAGED_AFTER]);
  const awaitsFormerKey = numberIn(item[WatermarkAttribute.AWAITS_FORMER_KEY]);
  return {
    sent: numberIn(item[WatermarkAttribute.SENT]) ?? UNKNOWN_GROUP.sent,
    accepted: numberIn(item[WatermarkAttribute.ACCEPTED]) ?? UNKNOWN_GROUP.accepted,
    openKeys: textsIn(item[WatermarkAttribute.OPEN_KEYS]),
    ...(unpagedAfter !== undefined && { unpagedAfter }),
    ...(awaitsFormerKey !== undefined && { awaitsFormerKey }),
  };
}

/** Before an event is sent: only forward, so that two instances cannot go back behind each other. */
export function sentUpdate({ sent, unpagedAfter }: GroupState): ItemUpdate {
  return {
    numbers: { [WatermarkAttribute.SENT]: sent, ...(unpagedAfter !== undefined && { [WatermarkAttribute.UNPAGED_AFTER]: unpagedAfter }) },
    condition: { kind: 'absent-or-at-most', attribute: WatermarkAttribute.SENT, value: sent },
  };
}

/** After PagerDuty accepted an event. */
export function acceptedUpdate({ sent, accepted, unpagedAfter, awaitsFormerKey, openKeys }: GroupState): ItemUpdate {
  return {
    numbers: {
      [WatermarkAttribute.SENT]: sent,
      [WatermarkAttribute.ACCEPTED]: accepted,
      ...(unpagedAfter !== undefined && { [WatermarkAttribute.UNPAGED_AFTER]: unpagedAfter }),
      ...(awaitsFormerKey !== undefined && { [WatermarkAttribute.AWAITS_FORMER_KEY]: awaitsFormerKey }),
    },
    // Added, not replaced: this instance does not know what another one wrote while the table could not be read.
    ...(openKeys.length > 0 && { add: { [WatermarkAttribute.OPEN_KEYS]: openKeys } }),
    remove: [
      ...(unpagedAfter === undefined ? [WatermarkAttribute.UNPAGED_AFTER] : []),
      ...(awaitsFormerKey === undefined ? [WatermarkAttribute.AWAITS_FORMER_KEY] : []),
      ...(openKeys.length === 0 ? [WatermarkAttribute.OPEN_KEYS] : []),
    ],
    condition: { kind: 'absent-or-at-most', attribute: WatermarkAttribute.ACCEPTED, value: accepted },
  };
}
