/** The alarms of the construct: the one on the whole path first, then in the order of the path. Each has a section in the runbook. */
export enum AlarmName {
  /** No heartbeat has arrived: some part of the path is broken, and no other alarm needs to have noticed. */
  HEARTBEAT_MISSING = 'HeartbeatMissing',
  /** AMP cannot evaluate a rule. */
  RULE_EVALUATION_FAILURES = 'RuleEvaluationFailures',
  /** AMP skips evaluations of a rule group that takes longer than its interval. */
  RULE_GROUP_ITERATIONS_MISSED = 'RuleGroupIterationsMissed',
  /** AMP cannot publish notifications. */
  ALERT_MANAGER_NOTIFICATIONS_FAILED = 'AlertManagerNotificationsFailed',
  /** AMP publishes more notifications than its quota permits. */
  ALERT_MANAGER_NOTIFICATIONS_THROTTLED = 'AlertManagerNotificationsThrottled',
  /** SNS cannot deliver notifications to a subscriber of the topic. */
  NOTIFICATIONS_NOT_DELIVERED = 'NotificationsNotDelivered',
  /** SNS could not dead-letter a notification that it could not deliver. */
  NOTIFICATIONS_LOST_BY_TOPIC = 'NotificationsLostByTopic',
  /** The receive function fails. */
  RECEIVE_ERRORS = 'ReceiveErrors',
  /** Lambda does not run the receive function, because the account has no concurrency left. */
  RECEIVE_THROTTLES = 'ReceiveThrottles',
  /** Notifications wait for the receive function. */
  RECEIVE_EVENT_AGE = 'ReceiveEventAge',
  /** Lambda has dropped notifications without running the receive function. */
  RECEIVE_EVENTS_DROPPED = 'ReceiveEventsDropped',
  /** Lambda could not dead-letter a notification that the receive function failed on. */
  NOTIFICATIONS_LOST_BY_RECEIVE = 'NotificationsLostByReceive',
  /** A notification has just moved to the dead-letter queue of the receive function. */
  NOTIFICATIONS_DEAD_LETTERED = 'NotificationsDeadLettered',
  /** Notifications are in the dead-letter queue of the receive function. */
  UNRECEIVED_NOTIFICATIONS = 'UnreceivedNotifications',
  /** The deliver function fails. */
  DELIVER_ERRORS = 'DeliverErrors',
  /** Lambda does not run the deliver function, because the account has no concurrency left. */
  DELIVER_THROTTLES = 'DeliverThrottles',
  /** A routing key is missing from the secret, or PagerDuty refuses it. */
  ROUTING_KEY_FAILURES = 'RoutingKeyFailures',
  /** An event waits in the queue, and has not been tried. */
  OLDEST_EVENT = 'OldestEvent',
  /** An event has been retried for long. */
  RETRIED_EVENT_AGE = 'RetriedEventAge',
  /** PagerDuty has not accepted events for most of a quarter of an hour. */
  EVENTS_RETRIED = 'EventsRetried',
  /** A trigger came after its resolve and after the retry window, and paged nobody. */
  TRIGGERS_UNPAGED = 'TriggersUnpaged',
  /** An event came after a later one of its incident: it was skipped, or paged late. */
  EVENTS_OUTDATED = 'EventsOutdated',
  /** The order of events is kept by memory only, because the watermark table cannot be used. */
  WATERMARK_UNAVAILABLE = 'WatermarkUnavailable',
  /** An event has just moved to the dead-letter queue. */
  EVENTS_DEAD_LETTERED = 'EventsDeadLettered',
  /** Events are in the dead-letter queue. */
  UNDELIVERED_EVENTS = 'UndeliveredEvents',
  /** The notify function fails. */
  NOTIFY_ERRORS = 'NotifyErrors',
  /** Lambda does not run the notify function, because the account has no concurrency left. */
  NOTIFY_THROTTLES = 'NotifyThrottles',
  /** A URL or credential of a receiver other than PagerDuty's is missing from the secret, or the server refuses it. */
  CREDENTIAL_FAILURES = 'CredentialFailures',
  /** A notification to a receiver other than PagerDuty's has waited for long. */
  OLDEST_NOTIFICATION = 'OldestNotification',
  /** A notification to a receiver other than PagerDuty's has just moved to the dead-letter queue. */
  NOTIFY_DEAD_LETTERED = 'NotifyDeadLettered',
  /** Notifications to receivers other than PagerDuty's are in the dead-letter queue. */
  UNDELIVERED_NOTIFICATIONS = 'UndeliveredNotifications',
}
