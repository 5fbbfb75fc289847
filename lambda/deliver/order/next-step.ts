import { orderOf } from './event-order';
import { decide, mayBeOpen, type Decision, type GroupState } from '../../shared/watermark/group-state';
import type { EventRecord } from '../event-record';

/** What to do next with the events of a group that are left. */
export type Step =
  /** Send the last of these events; the others are done when it is, for it says what counts of them. */
  | { readonly kind: 'send'; readonly events: readonly EventRecord[] }
  /** Send the last of these triggers, and resolve it at once. */
  | { readonly kind: 'page-late'; readonly events: readonly EventRecord[] }
  /** Send this resolve under the former routing key. */
  | { readonly kind: 'resolve-former'; readonly events: readonly EventRecord[] }
  | { readonly kind: 'skip'; readonly events: readonly EventRecord[]; readonly decision: 'outdated' | 'already-said' };

/**
 * The next step for events that are in order. A backlog is not replayed literally: of any number of events at most one trigger and
 * the final state are sent, and before a final trigger the resolve of an incident that can be open, so that it pages anew.
 */
export function nextStep(events: readonly EventRecord[], state: GroupState): Step | undefined {
  const [first] = events;
  if (first === undefined) return undefined;
  const decided = events.map((event) => ({ event, decision: decide(state, orderOf(event)) }));
  const eventsFor = (decision: Decision): EventRecord[] => decided.filter((entry) => entry.decision === decision).map(({ event }) => event);
  for (const decision of ['outdated', 'already-said'] as const) {
    const skipped = eventsFor(decision);
    if (skipped.length > 0) return { kind: 'skip', events: skipped, decision };
  }
  const former = eventsFor('resolve-former');
  if (former.length > 0) return { kind: 'resolve-former', events: former };
  const late = eventsFor('page-late');
  if (late.length > 0 && !isPagedAnyway(eventsFor('send'))) return { kind: 'page-late', events: late };
  return { kind: 'send', events: events.slice(0, lengthToSend(events, late.length > 0 || mayBeOpen(state))) };
}

/**
 * Whether what is left pages for a late trigger as well: with a later trigger, and a resolve that closes the incident of the late one, which
 * can have been sent before its resolve failed.
 */
function isPagedAnyway(toSend: readonly EventRecord[]): boolean {
  return (['trigger', 'resolve'] as const).every((action) => toSend.some(({ queued }) => queued.event.event_action === action));
}

function lengthToSend(events: readonly EventRecord[], isOpen: boolean): number {
  const actions = events.map(({ queued }) => queued.event.event_action);
  const beforeFinal = actions.lastIndexOf(actions.at(-1) === 'resolve' ? 'trigger' : 'resolve') + 1;
  if (beforeFinal === 0) return events.length;
  const isResolveNeeded = actions[0] === 'resolve' || isOpen;
  return actions.at(-1) === 'resolve' || isResolveNeeded ? beforeFinal : events.length;
}
