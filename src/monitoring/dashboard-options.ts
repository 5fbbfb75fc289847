import { Duration } from 'aws-cdk-lib';

/** Settings of the dashboard. */
export interface DashboardOptions {
  /**
   * The name of the dashboard: 1 to 255 letters, digits, hyphens, and underscores. Dashboards of all Regions of an account share
   * their names.
   *
   * @default - CloudFormation generates a name
   */
  readonly dashboardName?: string;

  /**
   * The time range that the dashboard shows when it is opened.
   *
   * @default Duration.hours(3)
   */
  readonly defaultInterval?: Duration;
}
