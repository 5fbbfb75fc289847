/** Where the functions' own metrics are found in CloudWatch. */
export const METRICS_NAMESPACE = 'AmpPagerDuty';

/** The one dimension of every metric: the id of the AMP workspace. */
export const METRICS_DIMENSION = 'WorkspaceId';

/** Metrics of the receive function. */
export const ReceiveMetric = {
  /** Notifications that came from SNS. Count. */
  NOTIFICATIONS_RECEIVED: 'NotificationsReceived',
  /** Unreadable notifications; each became a page with the raw text. Count. */
  NOTIFICATIONS_UNDECODABLE: 'NotificationsUndecodable',
  /**
   * Resolved notifications of another setup whose incident is unknown. Nothing was sent for them: the incident stays
   * open until somebody resolves it. Count.
   */
  RESOLVES_SKIPPED: 'ResolvesSkipped',
  /** Notifications that arrived cut; each was turned into a page with what was left. Count. */
  NOTIFICATIONS_TRUNCATED: 'NotificationsTruncated',
  /** Events whose severity was none that the receiver knows and in no map, and became `error` or the default. Count. */
  SEVERITIES_UNKNOWN: 'SeveritiesUnknown',
  /** Events that were shortened to fit PagerDuty's limits. Count. */
  EVENTS_TRIMMED: 'EventsTrimmed',
} as const;

/** Metrics of the deliver function. */
export const DeliverMetric = {
  /** Events that PagerDuty accepted. Count. */
  EVENTS_DELIVERED: 'EventsDelivered',
  /** Attempts that failed and will be made again. Count. */
  EVENTS_RETRIED: 'EventsRetried',
  /** Events put into the dead-letter queue by the function. Count. */
  EVENTS_DEAD_LETTERED: 'EventsDeadLettered',
  /** Events skipped because another one of the same incident says what counts of them. Count. */
  EVENTS_COALESCED: 'EventsCoalesced',
  /**
   * Events that came after an event of the same incident that was published later, and says otherwise. They are skipped; a trigger that
   * paged nobody is sent, and resolved at once. Count.
   */
  EVENTS_OUTDATED: 'EventsOutdated',
  /**
   * Triggers that were skipped although PagerDuty never showed them: they came after their resolve, and later than the retry
   * window allows. Count.
   */
  TRIGGERS_UNPAGED: 'TriggersUnpaged',
  /** Attempts that failed because the routing key is missing from the secret or refused by PagerDuty. Count. */
  ROUTING_KEY_FAILURES: 'RoutingKeyFailures',
  /**
   * The age of the oldest event of a batch that was not delivered and is retried, since SNS accepted its notification. The
   * age that SQS reports can leave out messages that are received again and again. Milliseconds.
   */
  RETRIED_EVENT_AGE: 'RetriedEventAge',
  /** Heartbeats that arrived where an event would be sent to PagerDuty. They are not sent. Count. */
  HEARTBEATS: 'Heartbeats',
  /** From the notification's publication to PagerDuty's acceptance. Milliseconds. */
  DELIVERY_LATENCY: 'DeliveryLatency',
  /** Duration of the request to PagerDuty. Milliseconds. */
  PAGERDUTY_LATENCY: 'PagerDutyLatency',
} as const;

/** Metrics of the deliver function and the notify function. */
export const WatermarkMetric = {
  /** Batches for which the watermark table could not be read or written: they are delivered by memory alone. Count. */
  WATERMARK_UNAVAILABLE: 'WatermarkUnavailable',
} as const;

/** The second dimension of the notify function's metrics: how notifications are sent, for example `webhook`. */
export const TRANSPORT_DIMENSION = 'Transport';

/** Metrics of what is sent to receivers other than PagerDuty's. Those of the notify function have the transport as a dimension. */
export const NotifyMetric = {
  /** Notifications that a server accepted. Count. */
  NOTIFICATIONS_DELIVERED: 'NotificationsDelivered',
  /** Attempts that failed and will be made again. Count. */
  NOTIFICATIONS_RETRIED: 'NotificationsRetried',
  /** Notifications put into the dead-letter queue. Count. */
  NOTIFICATIONS_DEAD_LETTERED: 'NotificationsDeadLettered',
  /** Notifications left out because a later one of the same group and entry had been sent already. Count. */
  NOTIFICATIONS_OUTDATED: 'NotificationsOutdated',
  /** Attempts that failed because the secret has no usable value, or because a server refused it. Count. */
  CREDENTIAL_FAILURES: 'CredentialFailures',
  /** Alerts that a notification lost because it was too long for Amazon SNS. Without the transport. Count. */
  ALERTS_LOST: 'AlertsLost',
  /** From the notification's publication to its acceptance. Milliseconds. */
  NOTIFICATION_LATENCY: 'NotificationLatency',
} as const;
