/** Which PromQL the expressions of rules can use. */
export enum PromqlVersion {
  /**
   * What the newest release of Cortex runs (1.21, with Prometheus 3.8). AMP is built on Cortex, so newer PromQL is an error.
   * Choose this unless AMP has accepted a newer expression.
   */
  CORTEX = 'CORTEX',
  /**
   * Everything that Prometheus 3.16 runs without a feature flag, such as `first_over_time` and the modifiers `anchored` and
   * `smoothed`. Where no released Cortex runs it, synthesis warns. Choose this once AMP has accepted such an expression.
   */
  PROMETHEUS_3_16 = 'PROMETHEUS_3_16',
}
