/** Codes of findings about the props of the construct. */
export const PROP_FINDINGS = {
} as const;
