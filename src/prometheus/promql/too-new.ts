/** What to do about PromQL that no released Cortex runs. It is reported as a warning; the caller decides whether it is an error. */
export const TOO_NEW_FIX = 'AMP is built on Cortex, and no released Cortex runs it: write the rule without it; '
  + 'if AMP has accepted such a rule, allow it with the option promql: PromqlVersion.PROMETHEUS_3_16';
