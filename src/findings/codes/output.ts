/** Codes of findings about the findings themselves. */
export const OUTPUT_FINDINGS = {
  'findings-not-listed': {
    meaning: 'A file has more findings than are listed for one file.',
    reason: 'Nobody reads more at once. Errors are listed before warnings; the rest is counted.',
    remedy: 'Fix the findings that are listed, and run the synthesis again.',
  },
} as const;
