/** Codes of findings about the structure and the values of `alertmanager.yml`. */
export const CONFIG_FINDINGS = {
  'config-file-missing': {
    meaning: 'The file that `AlertManagerConfig.fromFile` names does not exist or cannot be read.',
    reason: 'Without it nothing can be deployed.',
    remedy: 'Correct the path; it is relative to the working directory of the app.',
  },
  'config-invalid-yaml': {
    meaning: 'The text is not valid YAML.',
    reason: 'Alertmanager and AMP would refuse it.',
    remedy: 'Correct the syntax at the position that is named.',
  },
} as const;
