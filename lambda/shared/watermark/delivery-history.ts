import type { EventOrder } from './event-order';
import { acceptedUpdate, groupItemId, groupStateOf, sentUpdate, type GroupKind } from './group-item';
import {
  afterAccepted, afterFormerKeyResolved, afterKeyUsed, afterLatePage, afterResolvedInPart, afterSent, mergeStates, UNKNOWN_GROUP, type GroupState,
} from './group-state';
import type { SharedTable } from './shared-table';
import type { Item } from './watermark-table';

/** Writes after one batch. */
const MAX_CATCH_UP_WRITES = 25;

/**
 * What was sent and accepted of each group: in the table for all instances, and in the memory of this one, which takes over
 * while the table cannot be reached. Written before each POST, so that an instance that is killed after it leaves its mark.
 */
export class DeliveryHistory {
  private readonly states = new Map<string, GroupState>();
  /** Groups whose item lacks what this instance knows, because the table could not be written. */
  private readonly unwritten = new Set<string>();

  constructor(private readonly table: SharedTable | undefined, private readonly kind: GroupKind = 'group', private readonly capacity = 10_000) {}

  /** The id of a group's item, to be read with {@link learn}. */
  itemIdOf(group: string): string {
    return groupItemId(this.kind, group);
  }

  /** Takes over what the table says. */
  learn(group: string, items: ReadonlyMap<string, Item>): void {
    const state = groupStateOf(items.get(this.itemIdOf(group)));
    if (state !== undefined) this.remember(group, mergeStates(this.stateOf(group), state));
  }

  stateOf(group: string): GroupState {
    return this.states.get(group) ?? UNKNOWN_GROUP;
  }

  /** Records that an event is about to be sent. Resolves to false when another instance has sent a later one: decide anew. */
  async recordSent(group: string, order: EventOrder): Promise<boolean> {
    const state = this.stateOf(group);
    // A repetition, or an older event that replaces a rejected one: the mark stays.
    if (order <= state.sent) return true;
    const isWritten = await this.table?.update(this.itemIdOf(group), sentUpdate(afterSent(state, order)));
    if (isWritten === false) {
      const items = await this.table?.read([this.itemIdOf(group)]);
      if (items !== undefined) this.learn(group, items);
      // Without the item the table contradicts itself; going on is better than going around in circles.
      if (this.stateOf(group).sent > order) return false;
    }
    this.remember(group, afterSent(this.stateOf(group), order));
    return true;
  }

  /** @param fingerprint of the routing key, for pages. */
  async recordAccepted(group: string, order: EventOrder, fingerprint?: string): Promise<void> {
    await this.record(group, afterAccepted(this.stateOf(group), order, fingerprint));
  }

  /** Records that a trigger that came after its resolve is sent with this key: whatever happens next, a resolve goes to it. */
  async recordKeyUsed(group: string, fingerprint: string): Promise<void> {
    const state = this.stateOf(group);
    const next = afterKeyUsed(state, fingerprint);
    if (next !== state) await this.record(group, next);
  }

  /**
   * Records that a resolve was accepted under the current routing key only. Resolves to false when other instances cannot learn of it: then
   * its message must not stay in the queue, because they would send it again, and it could close a later incident.
   */
  async recordResolvedInPart(group: string, order: EventOrder): Promise<boolean> {
    const before = this.stateOf(group);
    if (await this.record(group, afterResolvedInPart(before, order))) return true;
    await this.record(group, afterAccepted(before, order));
    return false;
  }

  async recordFormerKeyResolved(group: string): Promise<void> {
    await this.record(group, afterFormerKeyResolved(this.stateOf(group)));
  }

  async recordLatePage(group: string, order: EventOrder): Promise<void> {
    await this.record(group, afterLatePage(this.stateOf(group), order));
  }

  /** Writes what could not be written while the table was away, so that other instances learn of it. Call when nothing waits for it. */
  async catchUp(): Promise<void> {
    for (const group of Array.from(this.unwritten).slice(0, MAX_CATCH_UP_WRITES)) {
      await this.record(group, this.stateOf(group));
      if (this.unwritten.has(group)) return;
    }
  }

  /** Resolves to whether others know it, too. */
  private async record(group: string, state: GroupState): Promise<boolean> {
    this.remember(group, state);
    const isKnown = this.table === undefined || await this.table.update(this.itemIdOf(group), acceptedUpdate(state)) !== undefined;
    if (isKnown) this.unwritten.delete(group);
    else this.unwritten.add(group);
    return isKnown;
  }

  private remember(group: string, state: GroupState): void {
    // Set anew, a group moves to the end of the map: the first one has been quiet for longest.
    this.states.delete(group);
    this.states.set(group, state);
    const [longestQuiet] = this.states.keys();
    if (this.states.size <= this.capacity || longestQuiet === undefined) return;
    this.states.delete(longestQuiet);
    this.unwritten.delete(longestQuiet);
  }
}
