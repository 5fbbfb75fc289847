/**
 * JSON with everything beyond the Basic Multilingual Plane escaped, as well as the two characters that SQS refuses: valid for
 * every reader, and independent of what the queue makes of rare characters.
 */
export function escapedJson(value: unknown): string {
  return JSON.stringify(value).replace(/[\ud800-\udfff\ufffe\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}
