import type { Effect } from './incidents';

/** A request to the Events API, and what came of it. */
export interface ReceivedEvent {
  /** Counts the requests, from 1. */
  readonly number: number;
  /** When it came (milliseconds since 1970). */
  readonly at: number;
  /** The path that it was sent to: which of several endpoints. */
  readonly path: string;
  /** The status that was answered, or undefined when the connection was closed instead. */
  readonly status?: number;
  /** The body as it came, when it was JSON. */
  readonly event?: unknown;
  /** What the event did, when it was accepted. */
  readonly effect?: Effect;
  /** Why it was refused. */
  readonly errors?: readonly string[];
}
