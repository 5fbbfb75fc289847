import type { Setting } from './setting';

/**
 * Notifications as events of Sysdig Monitor. The construct binds an entry of `webhook_configs` to an endpoint, the receive function
 * makes an event of each notification, and the notify function posts it. Endpoints are in the environment of the notify function, so
 * that no message can choose where a token is sent to.
 */

/** The settings of an entry that is bound to Sysdig Monitor, fixed at synthesis. */
export interface SysdigSettings {
  /** The name of an endpoint of the notify function. */
  readonly endpoint: string;
  /** The entry in the secret with the API token, or with the API key of IBM Cloud. */
  readonly token: Setting;
  /** The annotations that are the scope, with the label of Sysdig that each stands for; all but texts when absent. */
  readonly scope?: { readonly [annotation: string]: string };
  /** The severities besides those that every entry knows, in lower case. */
  readonly severities?: { readonly [name: string]: number };
  /** The severity of an event without one. */
  readonly defaultSeverity: number;
  /** The most alerts that an event is made of; all of them when absent. */
  readonly maxAlerts?: number;
  /** Limit for one request; the function's own when absent. */
  readonly timeoutMs?: number;
}

/** A request as the receive function hands it over: complete but for its address and its credentials. */
export interface SysdigRequest {
  readonly endpoint: string;
  readonly token: Setting;
  readonly timeoutMs?: number;
  readonly body: string;
}

/** Where the notify function posts events to. */
export interface SysdigEndpoint {
  /** The whole URL that events are posted to. */
  readonly url: string;
  /** With IBM Cloud, the token in the secret is an API key, which is exchanged for an access token. */
  readonly ibm?: IbmAuthentication;
}

export interface IbmAuthentication {
  /** Where an API key is exchanged. */
  readonly tokenUrl: string;
  /** The GUID of the instance of IBM Cloud Monitoring. */
  readonly instanceId: string;
  /** The id of the team whose events these are; the default team when absent. */
  readonly teamId?: string;
}

/** The endpoints, by the names that messages use. */
export interface SysdigEndpoints {
  readonly [name: string]: SysdigEndpoint;
}

/** An event as the API takes it, below the member `event` of the body. */
export interface SysdigEvent {
  readonly name: string;
  readonly description?: string;
  /** From 0 (emergency) to 7 (debug), as in syslog. */
  readonly severity: number;
  /** `label = "value"`, joined by `and`. */
  readonly scope?: string;
  readonly tags: { readonly [name: string]: string };
}

/** The path of the API, which the URL of every region is followed by. */
export const SYSDIG_EVENTS_PATH = '/api/v2/events/';

/** Severities by name, from 0 to 7: those of syslog, and what else alerts call them. */
export const SYSDIG_SEVERITIES: { readonly [name: string]: number } = {
  emergency: 0,
  emerg: 0,
  fatal: 0,
  alert: 1,
  critical: 2,
  crit: 2,
  error: 3,
  err: 3,
  warning: 4,
  warn: 4,
  notice: 5,
  info: 6,
  information: 6,
  informational: 6,
  debug: 7,
};

export const MAX_SYSDIG_SEVERITY = 7;

/** What the name of a label in a scope consists of. */
export const SYSDIG_LABEL = /^[A-Za-z_][\w.:/-]*$/;

/** The name of a label without an entry in `scope`: annotations have no dots. */
export function sysdigLabel(annotation: string): string {
  return annotation.replace(/_/g, '.');
}
