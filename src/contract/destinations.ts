import type { SysdigEndpoints } from './sysdig';

/** Where the notifications of a configuration go. The translation decides it, and the functions have it in their environment. */
export interface Destinations {
  /** The names of the routing keys that messages refer to. */
  readonly routingKeyNames: readonly string[];
  /** The URLs of the endpoints, by the names used in messages. */
  readonly endpoints: { readonly [name: string]: string };
  /** The name of the endpoint of messages that name none. */
  readonly defaultEndpoint: string;
  /** Whether the configuration has receivers other than PagerDuty's: whether a message is for the notify function. */
  readonly usesNotify: boolean;
  /** Where the notify function posts events of Sysdig Monitor to, by the names used in messages. */
  readonly sysdigEndpoints: SysdigEndpoints;
}
