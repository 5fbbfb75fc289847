/**
 * Why a text cannot be a routing key, which is 32 letters and digits; undefined if it can be one. Only what is surely something else
 * counts: PagerDuty decides about the rest.
 */
export function problemOfKey(key: string): string | undefined {
  if (key.includes('{{')) {
    return 'is a template';
  }
  if (/[${}<>%\s]/.test(key) || /^(?:change[-_]?me|your[-_]|xxx+$|todo\b|insert[-_]|replace[-_])/i.test(key)) {
    return 'is a placeholder';
  }
  return /^[\w+-]{20}$/.test(key) ? 'has 20 characters, as keys of PagerDuty\'s REST API have' : undefined;
}
