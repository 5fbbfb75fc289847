import type { EmailRequest, EmailSettings } from './email';
import type { Setting } from './setting';
import type { SysdigRequest, SysdigSettings } from './sysdig';

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
  /** Messages to Slack, as `slack_configs` sends them. */
  SLACK: 'slack',
  /** Events of Sysdig Monitor, to which an entry of `webhook_configs` can be bound. */
  SYSDIG: 'sysdig',
} as const;
export type Transport = (typeof Transport)[keyof typeof Transport];

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

/** The method of Slack's API that posts messages. It needs a token, and is no secret itself. */
export const SLACK_API_URL = 'https://slack.com/api/chat.postMessage';

/**
 * A text of a Slack message in the settings of its entry: the text itself, or, where it is a template, the number of the section
 * with what the template printed.
 */
export type SlackText = string | number;

/** The settings of one entry of `slack_configs`, fixed at synthesis. */
export interface SlackSettings extends HttpSettings {
  /** The URL of an incoming webhook is a secret; that of Slack's API, which a token belongs to, is not. */
  readonly url: Setting;
  readonly message: SlackMessage<SlackText>;
}

/** Slack's message as Alertmanager builds it: one attachment. Members have Slack's names; absent means that Alertmanager has none. */
export interface SlackMessage<Text> {
  readonly channel?: Text;
  readonly username?: Text;
  readonly icon_emoji?: Text;
  readonly icon_url?: Text;
  readonly link_names?: boolean;
  readonly text?: Text;
  readonly attachment: SlackAttachment<Text>;
}

export interface SlackAttachment<Text> {
  readonly title?: Text;
  readonly title_link?: Text;
  readonly pretext?: Text;
  readonly text?: Text;
  readonly fallback?: Text;
  readonly callback_id?: Text;
  readonly fields?: ReadonlyArray<{ readonly title: Text; readonly value: Text; readonly short: boolean }>;
  readonly actions?: ReadonlyArray<SlackAction<Text>>;
  readonly image_url?: Text;
  readonly thumb_url?: Text;
  readonly footer?: Text;
  readonly color?: Text;
  readonly mrkdwn_in: readonly string[];
}

export interface SlackAction<Text> {
  readonly type?: Text;
  readonly text?: Text;
  readonly url?: Text;
  readonly style?: Text;
  readonly name?: Text;
  readonly value?: Text;
  readonly confirm?: { readonly text?: Text; readonly title?: Text; readonly ok_text?: Text; readonly dismiss_text?: Text };
}

/** A request to Slack as the receive function hands it over. */
export interface SlackRequest extends HttpSettings {
  readonly url: Setting;
  /** Where the message goes, for logs: the one thing of a message that Slack's own errors do not name. */
  readonly channel?: string;
  readonly body: string;
}

/** What an entry's messages say of it, by transport. */
export interface TransportSettings {
  readonly webhook: WebhookSettings;
  readonly email: EmailSettings;
  readonly slack: SlackSettings;
  readonly sysdig: SysdigSettings;
}

/** What the receive function hands over, by transport. */
export interface TransportRequests {
  readonly webhook: WebhookRequest;
  readonly email: EmailRequest;
  readonly slack: SlackRequest;
  readonly sysdig: SysdigRequest;
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
