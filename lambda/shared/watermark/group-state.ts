import { isResolve, isTrigger, NOTHING, type EventOrder } from './event-order';

/** What is known of a message group: one incident in PagerDuty, or one group of alerts for one entry of another receiver. */
export interface GroupState {
  /** The latest event that was sent. The other side can have it, even if no answer came. */
  readonly sent: EventOrder;
  /** The latest event that the other side accepted. */
  readonly accepted: EventOrder;
  /**
   * Set while a trigger that comes late can have paged nobody: one that was published after this order, and before the latest resolve
   * that was sent. It is
   * - the last event before a resolve that was accepted without a trigger of its own,
   * - a trigger that was shown late and resolved at once,
   * - or a resolve over which a later one was sent before its answer was known: PagerDuty can have closed the incident with it.
   */
  readonly unpagedAfter?: EventOrder;
  /**
   * Set while a resolve has been accepted under the current routing key only, because the former one could not be read: its order.
   * Its message is still in the queue, and later events do not wait for it.
   */
  readonly awaitsFormerKey?: EventOrder;
  /** Fingerprints of the routing keys under which the incident can be open. */
  readonly openKeys: readonly string[];
}

export const UNKNOWN_GROUP: GroupState = { sent: NOTHING, accepted: NOTHING, openKeys: [] };

/** More keys than any rotation leaves behind; the item in the table stays small. */
const MAX_OPEN_KEYS = 5;

/** Whether an incident can be open in PagerDuty. */
export function mayBeOpen({ sent, accepted }: GroupState): boolean {
  return isTrigger(accepted) || (sent > accepted && isTrigger(sent));
}

/** An event is about to be sent. */
export function afterSent(state: GroupState, order: EventOrder): GroupState {
  if (order <= state.sent) return state;
  const isOverUnansweredResolve = isTrigger(state.accepted) && isResolve(state.sent) && state.sent > state.accepted && isResolve(order);
  return { ...state, sent: order, ...(isOverUnansweredResolve && { unpagedAfter: state.unpagedAfter ?? state.sent }) };
}

export function afterAccepted(state: GroupState, order: EventOrder, fingerprint?: string): GroupState {
  const sent = Math.max(state.sent, order);
  if (order < state.accepted) return { ...state, sent };
  if (!isResolve(order)) {
    const added = fingerprint === undefined ? [] : [fingerprint];
    const openKeys = [...state.openKeys.filter((key) => key !== fingerprint), ...added].slice(-MAX_OPEN_KEYS);
    return { sent, accepted: order, openKeys, ...(state.awaitsFormerKey !== undefined && { awaitsFormerKey: state.awaitsFormerKey }) };
  }
  const unpagedAfter = mayBeOpen(state) && !wasResolvedBefore(state) ? undefined : state.unpagedAfter ?? state.accepted;
  return { sent, accepted: order, openKeys: [], ...(unpagedAfter !== undefined && { unpagedAfter }) };
}

/** A resolve has been accepted under the current routing key, and the former one could not be read. */
export function afterResolvedInPart(state: GroupState, order: EventOrder): GroupState {
  return { ...afterAccepted(state, order), awaitsFormerKey: order };
}

/** It has been accepted under the former routing key, too. */
export function afterFormerKeyResolved({ awaitsFormerKey: _, ...state }: GroupState): GroupState {
  return state;
}

/** An event is about to be sent with this key: an incident can be open with it from now on, whatever becomes of the answer. */
export function afterKeyUsed(state: GroupState, fingerprint: string): GroupState {
  return state.openKeys.includes(fingerprint) ? state : { ...state, openKeys: [...state.openKeys, fingerprint].slice(-MAX_OPEN_KEYS) };
}

/**
 * A trigger that came after its resolve has been shown and resolved: see `unpagedAfter`. If PagerDuty has not accepted that resolve
 * yet, it is still sent, because the incident can be open with a key of before a rotation.
 */
export function afterLatePage(state: GroupState, order: EventOrder): GroupState {
  return order > state.accepted ? { ...state, accepted: order, unpagedAfter: order } : { ...state, unpagedAfter: order, openKeys: [] };
}

/**
 * The last trigger that was accepted is over, or can be, although its own resolve has no answer yet: the resolve that comes does not
 * speak for triggers between both.
 */
function wasResolvedBefore({ sent, accepted, unpagedAfter }: GroupState): boolean {
  return unpagedAfter !== undefined && unpagedAfter >= accepted && isTrigger(accepted) && !(sent > accepted && isTrigger(sent));
}

/** What two sources know together. */
export function mergeStates(a: GroupState, b: GroupState): GroupState {
  const later = a.accepted > b.accepted ? a : b;
  return { ...later, sent: Math.max(a.sent, b.sent) };
}

export type Decision =
  | 'send'
  /** PagerDuty has an event that was published at the same time or later, and says the same. */
  | 'already-said'
  /** PagerDuty has a later event that says otherwise. */
  | 'outdated'
  /** A trigger that comes after its resolve, and of which PagerDuty never showed anything. */
  | 'page-late'
  /** A resolve that is missing under the former routing key only. */
  | 'resolve-former';

/**
 * What to do with an event. An event of the other action than a later one that was sent is outdated, for PagerDuty can have that
 * later one; one of the same action is not, because it can replace a later one that PagerDuty rejected.
 */
export function decide(state: GroupState, order: EventOrder): Decision {
  if (order === state.awaitsFormerKey) return 'resolve-former';
  if (order <= state.accepted) {
    if (isResolve(order) === isResolve(state.accepted)) return 'already-said';
    // A later trigger that was sent can be open: resolving the late one would close it.
    const isUnpaged = !isResolve(order) && state.unpagedAfter !== undefined && order > state.unpagedAfter && !mayBeOpen(state);
    return isUnpaged ? 'page-late' : 'outdated';
  }
  if (order < state.sent && isResolve(order) !== isResolve(state.sent)) return isResolve(order) ? 'outdated' : 'page-late';
  return 'send';
}
