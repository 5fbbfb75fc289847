import type { EmailRequest, EmailSettings } from './email';

/**
 * Notifications for receivers other than PagerDuty, between the receive function and the notify function. They have a queue and a
 * function of their own, so that nothing that hangs there can hold up a page.
 */

/** How the notify function sends a notification. */
export const Transport = {
  /** POST requests with Alertmanager's JSON, as `webhook_configs` sends them. */
  WEBHOOK: 'webhook',
  /** Mails, as `email_configs` sends them. */
  EMAIL: 'email',
} as const;
export type Transport = (typeof Transport)[keyof typeof Transport];

/** A setting that stands in the definition, or the name of the entry in the secret that holds it. */
export type Setting = { readonly value: string } | { readonly secret: string };

/** What an HTTP request needs besides its URL and body. No credential stands in it, only names of entries in the secret. */
export interface HttpSettings {
  readonly basicAuth?: { readonly username?: Setting; readonly password?: Setting };
  readonly authorization?: { readonly type: string; readonly credentials: Setting };
  /** Each value is a line of its own. */
  readonly headers?: ReadonlyArray<{ readonly name: string; readonly value: Setting }>;
  /** Limit for one request; the function's own when absent. */
  readonly timeoutMs?: number;
}

/** The settings of one entry of `webhook_configs`, fixed at synthesis. */
export interface WebhookSettings extends HttpSettings {
  /** The name of the entry in the secret that holds the URL. */
  readonly url: string;
  /** How many actions the URL has if it is a template: the message has a section with what each printed. */
  readonly urlActions?: number;
  /** The most alerts in a body; all of them when absent. */
  readonly maxAlerts?: number;
}

/** A request as the receive function hands it over: complete but for what stands in the secret. */
export interface WebhookRequest extends HttpSettings {
  readonly url: string;
  /** What the actions of a templated URL printed, in their order. */
  readonly urlParts?: readonly string[];
  readonly body: string;
}

/** What an entry's messages say of it, by transport. */
export interface TransportSettings {
  readonly webhook: WebhookSettings;
  readonly email: EmailSettings;
}

/** What the receive function hands over, by transport. */
export interface TransportRequests {
  readonly webhook: WebhookRequest;
  readonly email: EmailRequest;
}

/**
 * The body of a message in the FIFO queue of the notify function. The message group is a hash of entry and group key: the
 * notifications of one group to one entry stay in order. The deduplication id is the id of the SNS message.
 */
export interface QueuedNotification<T extends Transport = Transport> {
  readonly version: 1;
  readonly transport: T;
  /** The entry in `alertmanager.yml`, for example `receivers.team.webhook_configs[0]`, for logs. */
  readonly entry: string;
  readonly request: TransportRequests[T];
  readonly status: 'firing' | 'resolved';
  readonly receiver: string;
  /** The id of the SNS message, for logs. */
  readonly notificationId: string;
  /** When SNS accepted the notification (ISO 8601). */
  readonly publishedAt: string;
}

/** Which addresses the notify function can connect to besides public ones over HTTPS. */
export const AddressPermission = {
  /** URLs that begin with `http:`. */
  HTTP: 'http',
  /** Private addresses, such as 10.0.0.0/8: the function is in a VPC. */
  PRIVATE: 'private',
  /** Loopback and link-local addresses. */
  LOCAL: 'local',
} as const;
export type AddressPermission = (typeof AddressPermission)[keyof typeof AddressPermission];

/** The most time that the function gives one request, in milliseconds. Upstream, the flush of a group ends it after `group_interval`. */
export const MAX_REQUEST_TIMEOUT_MS = 30_000;
