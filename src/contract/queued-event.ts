import type { PagerDutyEvent } from './pagerduty-event';

/**
 * The body of a message in the FIFO queue between the two functions. The message group is the dedup key and a hash of where
 * the event goes (routing key and endpoint), for PagerDuty knows a dedup key per routing key only, and a destination that
 * is refused must not hold up another. The deduplication id is the id of the SNS message.
 */
export interface QueuedEvent {
  readonly version: 1;
  readonly event: PagerDutyEvent;
  readonly routingKey: RoutingKeyReference;
  /** The name of one of the deliver function's endpoints; the default one when absent. */
  readonly endpoint?: string;
  /** The receiver in `alertmanager.yml`, for logs. */
  readonly receiver: string;
  /** The id of the SNS message that the event was made from, for logs. */
  readonly notificationId: string;
  /** When SNS accepted the notification (ISO 8601): latencies are measured from here. */
  readonly publishedAt: string;
  /** The event proves that the path works: deliver counts it where it would send it, and never sends it. */
  readonly isHeartbeat?: true;
}

/**
 * Which of the routing keys in the secret an event needs: the one of a name; the one with this SHA-256 (for messages of
 * setups that put the key itself into the message, which must not travel on); or, with neither, the one called `default`,
 * else the only one, else the first that the configuration names: a page for the wrong team is better than none.
 */
export interface RoutingKeyReference {
  readonly name?: string;
  readonly sha256?: string;
  /** With `sha256`: an event whose key is not in the secret uses the default key instead of waiting for it. */
  readonly orDefault?: true;
}

/** The routing key that events use which name none: messages that this construct did not shape. */
export const DEFAULT_ROUTING_KEY_NAME = 'default';

/** Attributes of a message in the deliver function's dead-letter queue. */
export const DeadLetterAttributeName = {
  /** Why the event was dead-lettered, in words. */
  REASON: 'reason',
  /** One of the codes of {@link DeadLetterReason}. */
  CODE: 'code',
} as const;

export const DeadLetterReason = {
  /** PagerDuty refused the event as invalid; retrying cannot help. */
  REJECTED: 'rejected',
  /** The retry window ended. */
  EXPIRED: 'expired',
  /** The message in the queue was not sent by the receive function. */
  UNREADABLE: 'unreadable',
} as const;
export type DeadLetterReason = (typeof DeadLetterReason)[keyof typeof DeadLetterReason];
