/** What a routing key looks like: 32 letters and digits. Dedup keys have 64 and stay readable. */
const KEY_SHAPED = /(?<![A-Za-z0-9])[A-Za-z0-9]{32}(?![A-Za-z0-9])/g;

const REDACTED = '[redacted]';

/** A text without anything that could be a routing key. */
export function redactKeys(text: string): string {
  return text.replace(KEY_SHAPED, REDACTED);
}

/** A text without one known key, whatever it looks like, and without anything that could be another. */
export function redactKey(text: string, key: string): string {
  return redactKeys(key === '' ? text : text.split(key).join(REDACTED));
}
