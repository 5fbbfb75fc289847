import type { Transport, TransportSettings } from './queued-notification';

/**
 * The message between Alertmanager and the relay: one SNS message per PagerDuty event.
 *
 * Go templates cannot capture their own output, so nothing that a user's template prints can be escaped inside the
 * message. Every rendered field therefore travels raw, in a section of its own between marker lines. The marker ends in a
 * hash that is fixed when the app is synthesized, so that no label or annotation can imitate it by accident. What the
 * construct prints itself goes into the head, where every dynamic string is printed with Go's `printf "%q"`.
 *
 * ```
 * message = marker SP head LF *( section ) marker SP "end"
 * section = marker SP kind SP path LF content LF
 * marker  = "cdk-amp-pagerduty/1:" 32HEXDIG
 * head    = JSON object on one line, strings in Go's %q form (see MessageHead)
 * kind    = "text" / "json"          ; "json": the content is JSON, strings in Go's %q form
 * path    = JSON array of strings and numbers, the place in the event, for example ["links",0,"href"]
 * ```
 *
 * The content of a text section is exactly what the template printed: it ends at the last LF before the next marker.
 * Short sections come first and long ones (details) last, and the end line at the very end, so that a message that was
 * cut at 256 KB still says what it is about, and that it was cut.
 *
 * This folder is imported by the construct, by the functions and by the tests, and imports nothing itself.
 */
export const MESSAGE_FORMAT = 'cdk-amp-pagerduty/1';

/** What follows the marker on the last line of a complete message. */
export const MESSAGE_END = 'end';

/** The marker that starts the first line of a message, and every line between sections. */
export function messageMarker(hash: string): string {
  return `${MESSAGE_FORMAT}:${hash}`;
}

/** How the content of a section is to be read. */
export const SectionKind = {
  /** The content is the value. */
  TEXT: 'text',
  /** The content is JSON in which strings are quoted by Go's `%q`. */
  JSON: 'json',
} as const;
export type SectionKind = (typeof SectionKind)[keyof typeof SectionKind];

/**
 * The most UTF-16 code units of what stands behind the marker on the line that starts a section. Paths are fixed at synth: the
 * limit keeps a line that a template printed from costing the reader more than a look.
 */
export const MAX_SECTION_LINE_CHARACTERS = 4096;

/** A place in the event, for example `['details', 'num_firing']` or `['links', 0, 'href']`. */
export type SectionPath = ReadonlyArray<string | number>;

/** The first element of a section's path, named as the field of `pagerduty_configs` that it holds. */
export const SectionName = {
  SUMMARY: 'description',
  SEVERITY: 'severity',
  SOURCE: 'source',
  CLIENT: 'client',
  CLIENT_URL: 'client_url',
  CLASS: 'class',
  COMPONENT: 'component',
  GROUP: 'group',
  LINKS: 'links',
  IMAGES: 'images',
  DETAILS: 'details',
} as const;
export type SectionName = (typeof SectionName)[keyof typeof SectionName];

/** What every head says. Everything but `status`, the counts, and the group labels is fixed at synthesis. */
export interface GroupHead {
  /** Alertmanager's status of the notification: `firing` while any of its alerts fires. */
  readonly status: 'firing' | 'resolved';
  /** The name of the receiver in the user's `alertmanager.yml`. */
  readonly receiver: string;
  /**
   * The end of the name of this copy of the receiver, which `receiver` does not have. Alertmanager's own templates print it, so
   * the relay removes it from every text section.
   */
  readonly receiverSuffix?: string;
  /** Alertmanager's key of the route: the matchers of every route from the root, joined by `/`. */
  readonly routeKey: string;
  /** How many alerts fire. */
  readonly firing: number;
  /** How many alerts are resolved. */
  readonly resolved: number;
  /** The labels that the notification is grouped by, as pairs of name and value. */
  readonly groupLabels: ReadonlyArray<readonly [string, string]>;
}

/** The head of a message that becomes a PagerDuty event. */
export interface MessageHead extends GroupHead {
  /** The name of the routing key in the secret. */
  readonly routingKey: string;
  /** Which of the endpoints of the deliver function to use; the default one when absent. */
  readonly endpoint?: string;
}

/** The head of a message that another transport sends. Its first member is `transport`: the relay distinguishes the two kinds by it. */
export interface TransportHead<T extends Transport = Transport> extends GroupHead {
  readonly transport: T;
  /** The entry in `alertmanager.yml`, for example `receivers.team.webhook_configs[0]`. */
  readonly entry: string;
  readonly settings: TransportSettings[T];
}

/** The first element of a section's path in a message of another transport. */
export const TransportSectionName = {
  /** What an action of a templated URL printed: `["url",0]`. */
  URL: 'url',
  /** What a template of a mail printed: `["email","to"]`, or `["email",0]` for the first header of the settings. */
  EMAIL: 'email',
  /** What a template of a Slack message printed: `["slack",0]`. The settings of the entry say which text it is. */
  SLACK: 'slack',
  EXTERNAL_URL: 'externalURL',
  /** The alerts as JSON, each on a line of its own, so that whole alerts can be distinguished from a truncated one. */
  ALERTS: 'alerts',
} as const;

/** The names of the message attributes that notifications carry, for filter policies of other subscribers. */
export const MessageAttributeName = {
  /** `firing` or `resolved`. */
  STATUS: 'status',
  /** The receiver's name in `alertmanager.yml`. */
  RECEIVER: 'receiver',
  /** What the severity template printed. */
  SEVERITY: 'severity',
  /** The name of the routing key in the secret: lets a message that arrived damaged still page the right service. */
  ROUTING_KEY: 'routing_key_name',
  /** The transport of a notification that is not for PagerDuty. */
  TRANSPORT: 'transport',
} as const;

/** Attributes that AMP itself adds when it needed to change what it was asked to publish. */
export const AmpAttributeName = {
  TRUNCATED: 'truncated',
  MODIFIED: 'modified',
} as const;
