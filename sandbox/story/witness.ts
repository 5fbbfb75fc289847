import type { Pipeline } from '../pipeline/pipeline';

/** A receiver besides PagerDuty that a story waits for. */
export interface Witness {
  /** What it is, in words. */
  readonly name: string;
  /** Where a person can look at it. */
  readonly place: string;
  /** Describes what it knows of an alert with this status; undefined as long as that is nothing. */
  describe(status: 'firing' | 'resolved'): string | undefined | Promise<string | undefined>;
}

/** A story with a receiver of its own. */
export interface StoryKind {
  /** The app that is synthesized for it. */
  readonly example: string;
  /** Starts the receiver, and lets the relay reach it. */
  open(pipeline: Pipeline): Promise<Witness>;
}
