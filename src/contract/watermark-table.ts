/**
 * The attributes of an item in the watermark table. Ids are hashes, so no item holds a routing key or the value of a label.
 */
export const WatermarkAttribute = {
  /** Partition key: `group:` (of the deliver function), `notify:` (of the notify function), or `lane:`, and a SHA-256. */
  ID: 'id',
  /** When DynamoDB can delete the item, in seconds since 1970. */
  EXPIRES_AT: 'expiresAt',
  /** Group: order of the latest event that was sent. */
  SENT: 'sent',
  /** Group: order of the latest event that PagerDuty, or the receiver, accepted. */
  ACCEPTED: 'accepted',
  /** Group: triggers that were published later than this, and come after their resolve, paged nobody. */
  UNPAGED_AFTER: 'unpagedAfter',
  /** Group: order of a resolve that PagerDuty accepted while the former routing key could not be read. */
  AWAITS_FORMER_KEY: 'awaitsFormerKey',
  /** Group: fingerprints of the routing keys under which the incident can be open. */
  OPEN_KEYS: 'openKeys',
  /** Lane: when the next request can be sent, in milliseconds since 1970. */
  NEXT_AT: 'nextAt',
  /** Lane: milliseconds between requests, or 0 without a limit. */
  INTERVAL: 'interval',
  /** Lane: how many requests in a row were refused or not answered. */
  REFUSALS: 'refusals',
  /** Lane: when the first page of an incident last waited, in milliseconds since 1970. */
  FIRST_PAGE_AT: 'firstPageAt',
} as const;
