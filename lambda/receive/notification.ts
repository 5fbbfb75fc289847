import type { JsonValue, PagerDutyEvent } from '../../src/contract/pagerduty-event';
import type { RoutingKeyReference } from '../../src/contract/queued-event';

/** The formats of messages that the relay reads. */
export const NotificationFormat = {
  /** The message that this construct writes. */
  RELAY: 'relay',
  /** YAML with the fields of `pagerduty_configs`, from the article on the AWS Cloud Operations blog. */
  ARTICLE: 'article',
  /** The JSON template of the AMP user guide. */
  AMP_JSON: 'amp-json',
  /** Alertmanager's own message for SNS, a text. */
  DEFAULT_TEXT: 'default-text',
  /** Any other text, printed by a template of the user's own. */
  OWN_TEXT: 'own-text',
  /** None of these. */
  UNREADABLE: 'unreadable',
} as const;
export type NotificationFormat = (typeof NotificationFormat)[keyof typeof NotificationFormat];

/** What a message says, in whatever format it came. Nothing is checked against PagerDuty's limits yet. */
export interface Notification {
  readonly format: NotificationFormat;
  readonly action: PagerDutyEvent['event_action'];
  readonly dedupKey: string;
  /** Why nothing is sent for it, in words: a resolve whose incident is unknown. `undefined` when an event is sent. */
  readonly skipped?: string;
  readonly routingKey: RoutingKeyReference;
  readonly endpoint?: string;
  readonly receiver: string;
  readonly fields: RenderedFields;
  /** What the on-call must know about the message itself; `undefined` for a message that arrived whole. */
  readonly note?: string;
  /** The message was cut on its way. */
  readonly cut: boolean;
}

/** The fields of the event as templates printed them. A field that the message does not have is `undefined`. */
export interface RenderedFields {
  readonly summary?: string;
  readonly severity?: string;
  readonly source?: string;
  readonly client?: string;
  readonly clientUrl?: string;
  readonly class?: string;
  readonly component?: string;
  readonly group?: string;
  readonly links?: readonly RenderedLink[];
  readonly images?: readonly RenderedImage[];
  readonly details?: JsonObject;
}

export interface RenderedLink {
  readonly href?: string;
  readonly text?: string;
}

export interface RenderedImage {
  readonly src?: string;
  readonly alt?: string;
  readonly href?: string;
}

export type JsonObject = { readonly [name: string]: JsonValue };
