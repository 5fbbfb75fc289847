/**
 * What proves that the path works. A rule of the construct always fires, and its notification travels from AMP through topic,
 * receive function, and queue to the deliver function, which counts it in place of a request to PagerDuty.
 */
export const Heartbeat = {
  /** The alert. */
  ALERT: 'AmpPagerDutyHeartbeat',
  /** The label that only this alert has: its route matches it, and the user's inhibition rules leave it out. */
  LABEL: 'cdk_amp_pagerduty_heartbeat',
  /** The receiver in the alert manager definition, and the attribute `receiver` of the notification. */
  RECEIVER: 'cdk-amp-pagerduty-heartbeat',
  /** The whole message of the notification. */
  MESSAGE: 'cdk-amp-pagerduty heartbeat',
} as const;
