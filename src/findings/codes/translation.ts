/** Codes of findings about what cannot be carried over to AMP unchanged. */
export const TRANSLATION_FINDINGS = {
} as const;
