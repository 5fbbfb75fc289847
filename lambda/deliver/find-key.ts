import { createHash } from 'node:crypto';
import { DEFAULT_ROUTING_KEY_NAME, type RoutingKeyReference } from '../../src/contract/queued-event';
import { SecretProblem, type SecretContent } from '../shared/secret';

export type FoundKey =
  | { readonly found: true; readonly key: string }
  | { readonly found: false; readonly code: KeyProblem; readonly reason: string };

/** Why the secret has no key for an event. */
export const KeyProblem = {
  ...SecretProblem,
  /** The secret is one bare key, and the configuration knows several names. */
  BARE_KEY_AMBIGUOUS: 'secret-bare-key-ambiguous',
  /** The secret has no member of this name. */
  NAME_MISSING: 'key-name-missing',
  /** The member of this name is not a string. */
  NAME_WRONG_TYPE: 'key-wrong-type',
  /** The member of this name is an empty text. */
  KEY_EMPTY: 'key-empty',
  /** The message held a routing key that is not in the secret. */
  HASH_MISSING: 'key-hash-missing',
} as const;
export type KeyProblem = (typeof KeyProblem)[keyof typeof KeyProblem];

/** Finds the routing key of an event in the secret. `configuredNames` are those that the configuration refers to. */
export function findKey(secret: SecretContent, reference: RoutingKeyReference, configuredNames: readonly string[]): FoundKey {
  if (secret.kind === 'unusable') return { found: false, code: secret.code, reason: secret.reason };
  if (secret.kind === 'key') return findBareKey(secret.key, reference, configuredNames);
  if (reference.name !== undefined) return memberOf(secret.keys, onlyName(secret.keys, configuredNames) ?? reference.name);
  const byHash = reference.sha256 === undefined ? undefined : findByHash(Array.from(secret.keys.values()), reference.sha256);
  if (byHash !== undefined && (byHash.found || reference.orDefault !== true)) return byHash;
  return memberOf(secret.keys, defaultName(secret.keys, configuredNames));
}

function findBareKey(key: string, { name, sha256, orDefault }: RoutingKeyReference, configuredNames: readonly string[]): FoundKey {
  if (sha256 !== undefined && name === undefined && orDefault !== true) return findByHash([key], sha256);
  if (name !== undefined && configuredNames.length > 1) {
    return missing(KeyProblem.BARE_KEY_AMBIGUOUS, `the secret is one bare routing key, but the configuration uses ${configuredNames.length} names: make it a JSON object`);
  }
  return { found: true, key };
}

function findByHash(candidates: readonly unknown[], hash: string): FoundKey {
  const keys = candidates.filter((candidate): candidate is string => typeof candidate === 'string').map((candidate) => candidate.trim());
  const key = keys.find((candidate) => createHash('sha256').update(candidate, 'utf8').digest('hex') === hash);
  return key === undefined
    ? missing(KeyProblem.HASH_MISSING, 'the routing key that stood in the message is not in the secret: add it under any name')
    : { found: true, key };
}

function memberOf(keys: ReadonlyMap<string, unknown>, name: string): FoundKey {
  const value = keys.get(name);
  if (value === undefined) return missing(KeyProblem.NAME_MISSING, `the secret has no routing key named "${name}"`);
  if (typeof value !== 'string') return missing(KeyProblem.NAME_WRONG_TYPE, `the routing key named "${name}" in the secret is not a string`);
  const key = value.trim();
  return key === '' ? missing(KeyProblem.KEY_EMPTY, `the routing key named "${name}" in the secret is empty`) : { found: true, key };
}

/** With one name in the configuration, the only entry of the secret is its key, whatever that entry is called. */
function onlyName(keys: ReadonlyMap<string, unknown>, configuredNames: readonly string[]): string | undefined {
  return configuredNames.length <= 1 && keys.size === 1 ? Array.from(keys.keys())[0] : undefined;
}

/** For events that name no key: see `RoutingKeyReference`. */
function defaultName(keys: ReadonlyMap<string, unknown>, configuredNames: readonly string[]): string {
  if (keys.has(DEFAULT_ROUTING_KEY_NAME)) return DEFAULT_ROUTING_KEY_NAME;
  const names = Array.from(keys.keys());
  return names.length === 1 ? names[0] : configuredNames.find((name) => keys.has(name)) ?? DEFAULT_ROUTING_KEY_NAME;
}

function missing(code: KeyProblem, reason: string): FoundKey {
  return { found: false, code, reason };
}
