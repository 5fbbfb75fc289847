import { WatermarkAttribute } from '../../../src/contract/watermark-table';
import { numberIn, type Item, type ItemUpdate } from '../../shared/watermark/watermark-table';

/** What all instances know of one routing key at one endpoint. */
export interface LaneState {
  /** When the next request can be sent, in milliseconds since 1970. */
  readonly nextAt: number;
  /** Milliseconds between requests; 0 without a limit. */
  readonly intervalMs: number;
  /** How many requests in a row were refused for their rate, or not answered. */
  readonly refusals: number;
  /** When the first page of an incident last waited. */
  readonly firstPageAt: number;
}

export const FREE_LANE: LaneState = { nextAt: 0, intervalMs: 0, refusals: 0, firstPageAt: 0 };

/** PagerDuty takes about 120 events a minute for each routing key. Each refusal and each success corrects the number. */
const FIRST_INTERVAL_MS = 500;
const MAX_INTERVAL_MS = 30_000;

/** A lane whose interval came down to this has no limit that matters. */
const MIN_INTERVAL_MS = 50;

/**
 * A limit is noticed up to a minute late, when its window is full. Speeding up must be slow beside that, or each minute ends in a
 * row of refusals.
 */
const SLOWER = 1.25;
const FASTER = 0.998;

/** So many requests can make up for a time in which nobody sent one. */
const BURST = 4;

const MAX_LIMIT_PAUSE_MS = 15_000;
const FIRST_LIMIT_PAUSE_MS = 1_000;
const FIRST_SILENCE_PAUSE_MS = 10_000;
const MAX_SILENCE_PAUSE_MS = 120_000;

/** The longest that PagerDuty can make all events of a key wait. */
const MAX_RETRY_AFTER_MS = 15 * 60_000;

/** While one request probes a lane that did not answer, no other is sent. Longer than any attempt. */
const PROBE_MS = 13_000;

export function isFree({ intervalMs, refusals }: LaneState): boolean {
  return intervalMs === 0 && refusals === 0;
}

/** Milliseconds until a request can be sent. */
export function waitMs(lane: LaneState, now: number): number {
  return isFree(lane) ? 0 : Math.max(0, lane.nextAt - toleranceMs(lane) - now);
}

/** The lane with one request taken from it, and a little faster for the next: a refusal corrects that. */
export function afterClaim(lane: LaneState, now: number): LaneState {
  if (lane.refusals > 0) return { ...lane, nextAt: Math.ceil(now + PROBE_MS) };
  const intervalMs = Math.max(MIN_INTERVAL_MS, lane.intervalMs * FASTER);
  return { ...lane, intervalMs, nextAt: Math.ceil(Math.max(lane.nextAt, now) + intervalMs) };
}

/** PagerDuty answered otherwise than by limiting the rate. */
export function afterAnswer(lane: LaneState, now: number): LaneState {
  const intervalMs = lane.intervalMs <= MIN_INTERVAL_MS ? 0 : lane.intervalMs;
  return { ...lane, intervalMs, refusals: 0, nextAt: lane.refusals > 0 ? Math.ceil(now + intervalMs) : lane.nextAt };
}

/** PagerDuty limited the rate. Only the first refusal in a row slows the lane down: the others say the same once more. */
export function afterLimit(lane: LaneState, now: number, retryAfterSeconds = 0): LaneState {
  const slower = lane.intervalMs === 0 ? FIRST_INTERVAL_MS : Math.min(MAX_INTERVAL_MS, lane.intervalMs * SLOWER);
  const intervalMs = lane.refusals === 0 ? slower : lane.intervalMs === 0 ? FIRST_INTERVAL_MS : lane.intervalMs;
  const pause = Math.min(MAX_LIMIT_PAUSE_MS, FIRST_LIMIT_PAUSE_MS * 2 ** lane.refusals);
  return paused({ ...lane, intervalMs }, now, Math.max(pause, Math.min(MAX_RETRY_AFTER_MS, retryAfterSeconds * 1000)));
}

/** PagerDuty did not answer in time, and a whole time limit was spent on it. */
export function afterSilence(lane: LaneState, now: number): LaneState {
  return paused(lane, now, Math.min(MAX_SILENCE_PAUSE_MS, FIRST_SILENCE_PAUSE_MS * 2 ** lane.refusals));
}

function paused(lane: LaneState, now: number, pauseMs: number): LaneState {
  const refused = { ...lane, refusals: lane.refusals + 1 };
  return { ...refused, nextAt: Math.ceil(Math.max(lane.nextAt, now + pauseMs)) };
}

/** A lane that is probed has no burst. */
function toleranceMs({ intervalMs, refusals }: LaneState): number {
  return refusals > 0 ? 0 : BURST * intervalMs;
}

export function laneStateOf(item: Item | undefined): LaneState {
  return {
    nextAt: numberIn(item?.[WatermarkAttribute.NEXT_AT]) ?? FREE_LANE.nextAt,
    intervalMs: numberIn(item?.[WatermarkAttribute.INTERVAL]) ?? FREE_LANE.intervalMs,
    refusals: numberIn(item?.[WatermarkAttribute.REFUSALS]) ?? FREE_LANE.refusals,
    firstPageAt: numberIn(item?.[WatermarkAttribute.FIRST_PAGE_AT]) ?? FREE_LANE.firstPageAt,
  };
}

/** The lane for all instances. With `expected`, only when no other instance has taken a request from it since it was read. */
export function laneUpdate({ nextAt, intervalMs, refusals }: LaneState, expected?: LaneState): ItemUpdate {
  return {
    numbers: {
      [WatermarkAttribute.NEXT_AT]: nextAt, [WatermarkAttribute.INTERVAL]: intervalMs, [WatermarkAttribute.REFUSALS]: refusals,
    },
    ...(expected !== undefined && { condition: { kind: 'equals', attribute: WatermarkAttribute.NEXT_AT, value: expected.nextAt } }),
  };
}

export function firstPageUpdate(now: number): ItemUpdate {
  return { numbers: { [WatermarkAttribute.FIRST_PAGE_AT]: now } };
}
