import type { AlertmanagerFile, PagerDutyConfig, ReceiverConfig } from '../model';

/** The name that a routing key has in the secret, and what is known of the key. */
export interface NamedRoutingKey {
  readonly name: string;
  /** The key itself if the file spells it out. Only the command that fills the secret can look at it. */
  readonly literal?: string;
}

/** The routing keys of a configuration, by the entry of `pagerduty_configs` that uses them. */
export type RoutingKeyNames = ReadonlyMap<PagerDutyConfig, NamedRoutingKey>;

/**
 * Gives every distinct key a name: that of the first receiver that uses it, and `<receiver>-2`, `<receiver>-3` … for further
 * keys of the same receiver. Entries that use the same key, or the same key file, share the name. Names depend on nothing
 * but the file, so that a secret stays valid when routes change.
 */
export function nameRoutingKeys(file: AlertmanagerFile): RoutingKeyNames {
  const receiverNames = new Set(file.receivers.map((receiver) => receiver.name));
  const byIdentity = new Map<string, NamedRoutingKey>();
  const byConfig = new Map<PagerDutyConfig, NamedRoutingKey>();
  const taken = new Set<string>();
  for (const receiver of file.receivers) {
    for (const config of receiver.pagerduty_configs) {
      const identity = identityOf(config, receiver);
      let key = byIdentity.get(identity);
      if (!key) {
        key = { name: freeName(receiver.name, taken, receiverNames), literal: literalKey(config) };
        byIdentity.set(identity, key);
        taken.add(key.name);
      }
      byConfig.set(config, key);
    }
  }
  return byConfig;
}

/** The key that stands in the file. Alertmanager prefers the v1 key where both are given. */
export function literalKey(config: PagerDutyConfig): string | undefined {
  return config.service_key || (config.service_key_file ? undefined : config.routing_key || undefined);
}

/** The file that the key stands in, where the configuration names one instead of the key. */
export function keyFile(config: PagerDutyConfig): string | undefined {
  return literalKey(config) === undefined ? config.service_key_file || config.routing_key_file || undefined : undefined;
}

/** Whether the key is of PagerDuty's Events API v1. */
export function isServiceKey(config: PagerDutyConfig): boolean {
  return Boolean(config.service_key || config.service_key_file);
}

function identityOf(config: PagerDutyConfig, receiver: ReceiverConfig): string {
  const literal = literalKey(config);
  const file = keyFile(config);
  if (config.native_key) {
    return `secret:${config.native_key.secret_arn}:${config.native_key.secret_key ?? ''}`;
  }
  return literal !== undefined ? `key:${literal}` : file !== undefined ? `file:${file}` : `receiver:${receiver.name}`;
}

function freeName(receiver: string, taken: ReadonlySet<string>, receiverNames: ReadonlySet<string>): string {
  if (!taken.has(receiver)) {
    return receiver;
  }
  let number = 2;
  while (taken.has(`${receiver}-${number}`) || receiverNames.has(`${receiver}-${number}`)) {
    number += 1;
  }
  return `${receiver}-${number}`;
}
