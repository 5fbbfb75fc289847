/**
 * A run of letters and digits in which a routing key of 32 can hide, alone or glued to other text.
 */
const KEY_SHAPED = /[A-Za-z0-9]{32,}/g;

/** Hashes have a length of their own and stay readable, dedup keys among them: SHA-1, SHA-256, SHA-384, SHA-512. */
const HASH = /^(?:[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/;

const REDACTED = '[redacted]';

/** A text without anything that could be a routing key. */
export function redactKeys(text: string): string {
  return text.replace(KEY_SHAPED, (run) => (HASH.test(run) ? run : REDACTED));
}

/** A text without one known key, whatever it looks like, and without anything that could be another. */
export function redactKey(text: string, key: string): string {
  return redactKeys(key === '' ? text : text.split(key).join(REDACTED));
}
