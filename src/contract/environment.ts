/** Environment variables of the receive function. */
export const ReceiveEnvironment = {
  /** URL of the FIFO queue. */
  QUEUE_URL: 'QUEUE_URL',
  /** JSON object from a severity as rendered, lower case, to one of PagerDuty's four. */
  SEVERITY_MAP: 'SEVERITY_MAP',
  /** URL of the FIFO queue for receivers other than those of PagerDuty; absent where the configuration has none. */
  NOTIFY_QUEUE_URL: 'NOTIFY_QUEUE_URL',
} as const;

/** Environment variables of the notify function. */
export const NotifyEnvironment = {
  /** URL of the FIFO queue that the notifications come from. */
  QUEUE_URL: 'QUEUE_URL',
  /** URL of the FIFO dead-letter queue. */
  DEAD_LETTER_QUEUE_URL: 'DEAD_LETTER_QUEUE_URL',
  /** ARN of the secret with URLs and credentials. */
  SECRET_ARN: 'SECRET_ARN',
  /** Name of the DynamoDB table in which all instances share what was sent of each group. */
  WATERMARK_TABLE: 'WATERMARK_TABLE',
  /** The Region of Amazon SES, if mails are sent through it. */
  SES_REGION: 'SES_REGION',
  /** Name of the configuration set for mails through Amazon SES, if there is one. */
  SES_CONFIGURATION_SET: 'SES_CONFIGURATION_SET',
  /** JSON array of the addresses besides public ones over HTTPS that it can connect to. */
  ADDRESS_PERMISSIONS: 'ADDRESS_PERMISSIONS',
  /** URL of the method of Slack's API that posts messages. */
  SLACK_API_URL: 'SLACK_API_URL',
  /** JSON object from the name of an endpoint of Sysdig Monitor to its address; absent where no receiver is bound to one. */
  SYSDIG_ENDPOINTS: 'SYSDIG_ENDPOINTS',
  /** For how long a notification is tried, in seconds since it was queued. */
  RETRY_WINDOW_SECONDS: 'RETRY_WINDOW_SECONDS',
} as const;

/** Environment variables of the deliver function. */
export const DeliverEnvironment = {
  /** URL of the FIFO queue that the events come from, to change the visibility of those that are retried. */
  QUEUE_URL: 'QUEUE_URL',
  /** URL of the FIFO dead-letter queue, for events that retrying cannot help. */
  DEAD_LETTER_QUEUE_URL: 'DEAD_LETTER_QUEUE_URL',
  /** ARN of the secret with the routing keys. */
  ROUTING_KEY_SECRET_ARN: 'ROUTING_KEY_SECRET_ARN',
  /** JSON array of the names that the configuration refers to. With one name, the secret can be the bare key. */
  ROUTING_KEY_NAMES: 'ROUTING_KEY_NAMES',
  /** JSON object from an endpoint's name to its URL. */
  PAGERDUTY_ENDPOINTS: 'PAGERDUTY_ENDPOINTS',
  /** The name of the endpoint for events that name none. */
  DEFAULT_ENDPOINT: 'DEFAULT_ENDPOINT',
  /** Name of the DynamoDB table in which all instances share what was sent of each incident. */
  WATERMARK_TABLE: 'WATERMARK_TABLE',
  /** For how long an event is tried, in seconds since it was queued. */
  RETRY_WINDOW_SECONDS: 'RETRY_WINDOW_SECONDS',
} as const;

/** Environment variables of both functions. */
export const CommonEnvironment = {
  /** The id of the AMP workspace: dimension of every metric. */
  WORKSPACE_ID: 'WORKSPACE_ID',
} as const;
