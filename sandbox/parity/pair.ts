/** The differences that are meant to be. Each has a section in docs/parity.md with its reason. */
export type DocumentedDifference =
  'refused-by-pagerduty' | 'too-long-for-pagerduty' | 'too-long-for-sns' | 're-read-as-yaml' | 'same-incident-at-once';

/** A field that is not the same in both events. */
export interface Difference {
  /** The place, such as `payload.custom_details.firing`. */
  readonly field: string;
  /** Undefined: the event does not have it. */
  readonly native?: unknown;
  readonly relayed?: unknown;
  /** Which of the documented differences this is; undefined when it should not be. */
  readonly documented?: DocumentedDifference;
}

/** An event of Alertmanager's own notifier and its counterpart that came through the relay. */
export interface Pair {
  readonly native?: unknown;
  readonly relayed?: unknown;
}
