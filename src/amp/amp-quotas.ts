import { Duration } from 'aws-cdk-lib';

/**
 * Quotas of Amazon Managed Service for Prometheus (AMP) that AWS raises on request. Configuration and rules are checked against
 * them when the app is synthesised: state those that AWS has raised for the account and region of the workspace.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP_quotas.html
 */
export interface AmpQuotas {
  /**
   * Nodes in the routing tree of an alert manager definition, the root included. At least 1.
   *
   * @default 100
   */
  readonly routes?: number;

  /**
   * Inhibition rules in an alert manager definition. At least 1.
   *
   * @default 100
   */
  readonly inhibitRules?: number;

  /**
   * Templates, that is template files, in an alert manager definition. At least 1.
   *
   * @default 100
   */
  readonly templates?: number;

  /**
   * Alerting and recording rules in a workspace, all namespaces together. At least 1.
   *
   * @default 2000
   */
  readonly rules?: number;

  /**
   * The shortest interval in which a group of rules can be evaluated. At least 1 millisecond, in whole milliseconds.
   *
   * @default Duration.seconds(30)
   */
  readonly minimumRuleInterval?: Duration;
}
