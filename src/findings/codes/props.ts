/** Codes of findings about the props of the construct. */
export const PROP_FINDINGS = {
  'endpoint-invalid': {
    meaning: 'The address given to `PagerDutyRegion.endpoint()` is no https URL that events can be posted to.',
    reason: 'Every event carries a routing key, so it must be encrypted on its way.',
    remedy: 'Give the whole address, with `https://` and path, and without credentials or fragment.',
  },
} as const;
