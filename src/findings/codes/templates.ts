/** Codes of findings about Go templates and template files. */
export const TEMPLATE_FINDINGS = {
} as const;
