/** Codes of findings about Prometheus rule files. */
export const RULE_FINDINGS = {
} as const;
