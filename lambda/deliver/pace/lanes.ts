import { createHash } from 'node:crypto';
import {
  afterAnswer, afterClaim, afterLimit, afterSilence, firstPageUpdate, FREE_LANE, isFree, laneStateOf, laneUpdate, waitMs, type LaneState,
} from './lane-state';
import type { Clock } from '../../shared/clock';
import type { SharedTable } from '../../shared/watermark/shared-table';
import type { Item } from '../../shared/watermark/watermark-table';

/** What wants to be sent. */
export interface LaneRequest {
  /** The first page of an incident: it goes before repetitions and resolves while the rate is limited. */
  readonly isFirstPage: boolean;
  /** Older events wait for first pages no longer. */
  readonly isOld: boolean;
}

/** How a request ended, as far as the rate is concerned. */
export type LaneOutcome = 'answered' | 'limited' | 'silent' | 'failed';

/** Requests to one lane at the same time, of one instance: a storm that meets a limit wastes this many of each instance. */
const MAX_PARALLEL_REQUESTS = 4;

/** For so long, other events let first pages go before them. */
const FIRST_PAGES_LEAD_MS = 15_000;
const FIRST_PAGE_WRITE_INTERVAL_MS = 5_000;

interface Lane {
  state: LaneState;
  running: number;
  /** When the last refusal was noted: those of requests sent before it say nothing new. */
  refusedAt: number;
  readonly waiting: Array<() => void>;
  turn: Promise<unknown>;
}

/**
 * The pace at which events are sent, for each routing key and endpoint. As long as PagerDuty takes everything, there is none.
 * When it limits the rate, all instances share its pause and then take turns at an interval that each answer corrects; when it
 * does not answer, one request at a time probes it, and every other event of the lane waits in the queue instead of in an instance.
 */
export class Lanes {
  /** The id of a lane, which is a hash: neither the routing key nor the endpoint can be read from it. */
  static idOf(routingKey: string, endpoint: URL): string {
    return `lane:${createHash('sha256').update(`${endpoint.href}\n${routingKey}`, 'utf8').digest('hex')}`;
  }

  private readonly lanes = new Map<string, Lane>();

  constructor(private readonly table: SharedTable | undefined, private readonly clock: Clock) {}

  /** Takes over what the table says of these lanes. */
  learn(ids: Iterable<string>, items: ReadonlyMap<string, Item>): void {
    for (const id of ids) this.laneOf(id).state = laneStateOf(items.get(id));
  }

  /**
   * Waits for a place among this instance's requests to the lane, and takes one from the shared pace.
   *
   * @returns 0 when the request can be sent now, which {@link leave} must follow; or the milliseconds to wait.
   */
  async enter(id: string, request: LaneRequest): Promise<number> {
    const lane = this.laneOf(id);
    while (lane.running >= MAX_PARALLEL_REQUESTS) await new Promise<void>((resolve) => lane.waiting.push(resolve));
    lane.running++;
    // One after the other: each claim expects what the one before it has written.
    const turn = lane.turn.then(async () => this.claim(id, lane, request));
    lane.turn = turn;
    const wait = await turn;
    if (wait > 0) {
      this.release(lane);
      if (request.isFirstPage) await this.noteFirstPage(id, lane);
    }
    return wait;
  }

  /** Notes how a request ended that was sent at `startedAt`. */
  async leave(id: string, outcome: LaneOutcome, startedAt: number, retryAfterSeconds?: number): Promise<void> {
    const lane = this.laneOf(id);
    const now = this.clock.now();
    const before = lane.state;
    if (outcome === 'answered') {
      if (!isFree(before)) lane.state = afterAnswer(before, now);
    } else if (startedAt >= lane.refusedAt && !(outcome === 'failed' && before.refusals === 0)) {
      lane.state = outcome === 'limited' ? afterLimit(before, now, retryAfterSeconds) : afterSilence(before, now);
      lane.refusedAt = now;
    }
    this.release(lane);
    const isNews = lane.state.refusals !== before.refusals || isFree(lane.state) !== isFree(before);
    if (isNews) await this.table?.update(id, laneUpdate(lane.state));
  }

  private async claim(id: string, lane: Lane, request: LaneRequest): Promise<number> {
    const now = this.clock.now();
    const { state } = lane;
    if (isFree(state)) return 0;
    const wait = waitMs(state, now);
    if (wait > 0) return wait;
    const isBehindFirstPages = !request.isFirstPage && !request.isOld && now - state.firstPageAt < FIRST_PAGES_LEAD_MS;
    if (isBehindFirstPages) return FIRST_PAGES_LEAD_MS;
    // Before the table is asked: the other groups of this batch see that the turn is taken.
    lane.state = afterClaim(state, now);
    const isMine = await this.table?.update(id, laneUpdate(lane.state, state));
    if (isMine !== false) return 0;
    const items = await this.table?.read([id]);
    if (items !== undefined) this.learn([id], items);
    return Math.max(waitMs(lane.state, now), lane.state.intervalMs, 1);
  }

  private async noteFirstPage(id: string, lane: Lane): Promise<void> {
    const now = this.clock.now();
    if (now - lane.state.firstPageAt < FIRST_PAGE_WRITE_INTERVAL_MS) return;
    lane.state = { ...lane.state, firstPageAt: now };
    await this.table?.update(id, firstPageUpdate(now));
  }

  private release(lane: Lane): void {
    lane.running--;
    lane.waiting.shift()?.();
  }

  private laneOf(id: string): Lane {
    const known = this.lanes.get(id);
    if (known !== undefined) return known;
    const lane: Lane = { state: FREE_LANE, running: 0, refusedAt: -Infinity, waiting: [], turn: Promise.resolve() };
    this.lanes.set(id, lane);
    return lane;
  }
}
