import { createHash } from 'crypto';
import type { AlertmanagerFile, ReceiverConfig } from '../model';
import { everyRoute, PlannedRoute } from '../routes/route-plan';

/** A receiver of the definition: one of the user's, for the routes with one route key. */
export interface ReceiverCopy {
  readonly source: ReceiverConfig;
  /** The name in the definition. */
  readonly name: string;
  /** The end of `name` that the user's name does not have; absent for a receiver that keeps its name. */
  readonly suffix?: string;
  readonly routeKey: string;
}

/** The receivers of the definition, and which of them a route uses. */
export interface ReceiverCopies {
  /** In the order of the file, the copies of a receiver one after the other. A receiver without a route has none. */
  readonly copies: readonly ReceiverCopy[];
  nameFor(route: PlannedRoute): string;
}

/** The start of every suffix. Letters, digits, and underscores only: `.Receiver` prints them unchanged, `urlquery` as well. */
const SUFFIX_START = '__route_';

/** Matches the suffix of a copy's name, as a regular expression of Go. */
export const SUFFIX_PATTERN = `${SUFFIX_START}[0-9a-f]{12,}$`;

/** 48 bits: for two of 100 route keys to share a hash is a chance of 1 in 57 billion, and then the name gets more digits. */
const HASH_DIGITS = 12;

/**
 * The route key is part of the dedup key, but templates cannot print it. A receiver that the relay delivers is therefore written
 * once for each of its route keys, under a name that ends in a hash of the key.
 *
 * Alertmanager remembers what it has notified by group key, receiver name, and index. The name therefore depends on the receiver
 * and on the route key alone, for the first and only copy as well: no edit of another route can make Alertmanager forget which
 * incidents are open. A receiver that only publishes to topics of the user's keeps its name and needs one copy for all its routes.
 */
export function copyReceivers(file: AlertmanagerFile, root: PlannedRoute): ReceiverCopies {
  const names = new Set(file.receivers.map((receiver) => receiver.name));
  const keysByReceiver = routeKeysByReceiver(root);
  const copies = file.receivers.flatMap((source) => copiesOf(source, [...keysByReceiver.get(source.name) ?? []], names));
  const nameByRoute = new Map(copies.map((copy) => [routeOfReceiver(copy.source.name, copy.routeKey), copy.name]));
  return {
    copies,
    nameFor: (route) => nameByRoute.get(routeOfReceiver(route.receiver, route.key)) ?? route.receiver,
  };
}

/** Distinct route keys in the order of the tree. Routes with equal keys are one to Alertmanager's notification log, too. */
function routeKeysByReceiver(root: PlannedRoute): ReadonlyMap<string, ReadonlySet<string>> {
  const keys = new Map<string, Set<string>>();
  for (const route of everyRoute(root)) {
    keys.set(route.receiver, (keys.get(route.receiver) ?? new Set<string>()).add(route.key));
  }
  return keys;
}

function copiesOf(source: ReceiverConfig, routeKeys: readonly string[], names: Set<string>): ReceiverCopy[] {
  const { pagerduty_configs: pages, webhook_configs: webhooks, email_configs: mails, slack_configs: messages } = source;
  if (pages.length + webhooks.length + mails.length + messages.length === 0) {
    return routeKeys.slice(0, source.sns_configs.length > 0 ? 1 : 0).map((routeKey) => ({ source, name: source.name, routeKey }));
  }
  return routeKeys.map((routeKey) => {
    const suffix = freeSuffix(source.name, routeKey, names);
    names.add(source.name + suffix);
    return { source, name: source.name + suffix, suffix, routeKey };
  });
}

/** More digits only if the name is taken, which takes a receiver of the user's that is named like a copy. */
function freeSuffix(receiver: string, routeKey: string, names: ReadonlySet<string>): string {
  const hash = createHash('sha256').update(routeKey).digest('hex');
  let length = HASH_DIGITS;
  while (names.has(`${receiver}${SUFFIX_START}${hash.slice(0, length)}`) && length < hash.length) {
    length += 1;
  }
  return `${SUFFIX_START}${hash.slice(0, length)}`;
}

function routeOfReceiver(receiver: string, key: string): string {
  return JSON.stringify([receiver, key]);
}
