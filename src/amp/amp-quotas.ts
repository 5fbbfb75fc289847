import { Duration } from 'aws-cdk-lib';

/**
 * Quotas of Amazon Managed Service for Prometheus (AMP) that AWS raises on request. The configuration and the rules are checked
 * against them at synthesis. Specify those that AWS has raised for the account and Region of the workspace.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP_quotas.html
 */
export interface AmpQuotas {
  /**
   * Maximum number of routes in an alert manager definition, including the root route. Must be at least 1.
   *
   * @default 100
   */
  readonly routes?: number;

  /**
   * Maximum number of inhibition rules in an alert manager definition. Must be at least 1.
   *
   * @default 100
   */
  readonly inhibitRules?: number;

  /**
   * Maximum number of template files in an alert manager definition. Must be at least 1.
   *
   * @default 100
   */
  readonly templates?: number;

  /**
   * Maximum number of alerting and recording rules in a workspace, across all namespaces. Must be at least 1.
   *
   * @default 2000
   */
  readonly rules?: number;

  /**
   * Minimum evaluation interval of a rule group. Must be a whole number of milliseconds, at least 1.
   *
   * @default Duration.seconds(30)
   */
  readonly minimumRuleInterval?: Duration;
}
