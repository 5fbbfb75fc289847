/**
 * An event of PagerDuty's Events API v2, without its routing key: a key never leaves the deliver function.
 *
 * @see https://developer.pagerduty.com/docs/send-alert-event
 */
export interface PagerDutyEvent {
  readonly event_action: 'trigger' | 'resolve';
  readonly dedup_key: string;
  readonly payload: PagerDutyPayload;
  readonly client?: string;
  readonly client_url?: string;
  readonly images?: readonly PagerDutyImage[];
  readonly links?: readonly PagerDutyLink[];
}

export interface PagerDutyPayload {
  readonly summary: string;
  readonly source: string;
  readonly severity: PagerDutySeverity;
  readonly class?: string;
  readonly component?: string;
  readonly group?: string;
  readonly custom_details?: { readonly [name: string]: JsonValue };
}

export interface PagerDutyImage {
  readonly src: string;
  readonly alt: string;
  readonly href: string;
}

export interface PagerDutyLink {
  readonly href: string;
  readonly text: string;
}

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** The severities that PagerDuty accepts; anything else is answered with 400. */
export const PAGERDUTY_SEVERITIES = ['critical', 'error', 'warning', 'info'] as const;

/** Other names that people use for PagerDuty's severities. The `severities` option of the relay takes precedence. */
export const SEVERITY_ALIASES: { readonly [name: string]: PagerDutySeverity } = {
  crit: 'critical', fatal: 'critical', emergency: 'critical', emerg: 'critical', err: 'error', warn: 'warning', information: 'info', informational: 'info',
};

export type PagerDutySeverity = (typeof PAGERDUTY_SEVERITIES)[number];

/** Limits of the Events API v2. Alertmanager cuts at the same numbers. */
export const PagerDutyLimit = {
  /** Characters (Unicode code points) of `payload.summary`. */
  SUMMARY_CHARACTERS: 1024,
  /** Characters of `dedup_key`. */
  DEDUP_KEY_CHARACTERS: 255,
  /** Bytes of the whole request body, routing key included. */
  EVENT_BYTES: 512_000,
} as const;

/** The two hosts of PagerDuty, by the name that messages use for them. */
export const PagerDutyEndpoint = {
  us: 'https://events.pagerduty.com/v2/enqueue',
  eu: 'https://events.eu.pagerduty.com/v2/enqueue',
} as const;
