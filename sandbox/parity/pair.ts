/** The differences that are meant to be. Each has a section in docs/parity.md with its reason. */
export type DocumentedDifference =
  | 'refused-by-pagerduty' | 'too-long-for-pagerduty' | 're-read-as-yaml' | 'executed-values' | 'same-incident-at-once'
  | 'newer-webhook-fields' | 'newer-json-escapes' | 'url-of-all-alerts' | 'url-not-accepted' | 'url-with-parent-segment' | 'newer-slack-order'
  | 'newer-email-template'
  | 'too-long-for-sns';

/** A field that is not the same in both notifications. */
export interface Difference {
  /** The place, such as `payload.custom_details.firing`. */
  readonly field: string;
  /** Undefined: the notification does not have it. */
  readonly native?: unknown;
  readonly relayed?: unknown;
  /** Which of the documented differences this is; undefined when it should not be. */
  readonly documented?: DocumentedDifference;
}

/** Two notifications that should be the same, and how they are not. */
export interface ComparedPair {
  /** The step of the alerts file, from 1. */
  readonly step: number;
  /** The list of the receiver, such as `pagerduty_configs`. */
  readonly integration: string;
  readonly receiver?: string;
  /** What Alertmanager's own notifier sent. Null: there was no such notification. */
  readonly native: unknown;
  /** What the relay sent. */
  readonly relayed: unknown;
  readonly equal: boolean;
  readonly differences: readonly Difference[];
  /** Reasons of the server to refuse the relayed notification: there must not be any. */
  readonly refused?: readonly string[];
}

/** True when the pair is the same but for documented differences. */
export function isAsDocumented({ differences, refused }: ComparedPair): boolean {
  return refused === undefined && differences.every(({ documented }) => documented !== undefined);
}

/** The one difference of a notification without counterpart. */
export function absence(native: unknown): Difference {
  return { field: 'notification', native: native === undefined ? 'missing' : 'sent', relayed: native === undefined ? 'sent' : 'missing' };
}
