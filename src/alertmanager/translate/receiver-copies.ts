import { createHash } from 'crypto';
import type { AlertmanagerFile, ReceiverConfig } from '../model';
import { everyRoute, PlannedRoute } from '../routes/route-plan';

/** A receiver of the definition: one of the user's, for the routes with one route key. */
export interface ReceiverCopy {
  readonly source: ReceiverConfig;
  /** What the definition calls it. */
  readonly name: string;
  /** What `name` is longer than the user's name; absent for the first copy. */
  readonly suffix?: string;
  readonly routeKey: string;
}

/** The receivers of the definition, and which of them a route uses. */
export interface ReceiverCopies {
  /** In the order of the file, the copies of a receiver one after the other. A receiver without a route has none. */
  readonly copies: readonly ReceiverCopy[];
  nameFor(route: PlannedRoute): string;
}

/**
 * The route key is part of the dedup key but templates cannot print it, so a receiver that pages is written once for every
 * route key that leads to it. The first copy keeps the name; the names of the others end in a suffix of letters, digits and
 * underscores, which `.Receiver` prints unchanged, so that the relay can take it off again. A receiver that only publishes to
 * topics of the user's needs one copy for all its routes.
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
  const needed = source.pagerduty_configs.length > 0 ? routeKeys : routeKeys.slice(0, source.sns_configs.length > 0 ? 1 : 0);
  return needed.map((key, index) => {
    if (index === 0) {
      return { source, name: source.name, routeKey: key };
    }
    const suffix = freeSuffix(source.name, index + 1, key, names);
    names.add(source.name + suffix);
    return { source, name: source.name + suffix, suffix, routeKey: key };
  });
}

function freeSuffix(receiver: string, number: number, key: string, names: ReadonlySet<string>): string {
  const hash = createHash('sha256').update(key).digest('hex');
  let length = 8;
  while (names.has(`${receiver}__route_${number}_${hash.slice(0, length)}`)) {
    length += 1;
  }
  return `__route_${number}_${hash.slice(0, length)}`;
}

function routeOfReceiver(receiver: string, key: string): string {
  return JSON.stringify([receiver, key]);
}
