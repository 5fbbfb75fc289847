import * as aps from 'aws-cdk-lib/aws-aps';

/** The Amazon Managed Service for Prometheus (AMP) workspace that evaluates the rules and sends the notifications. */
export interface IAlertingWorkspace {
  /** The ARN, for IAM policies and for rule groups namespaces. */
  readonly workspaceArn: string;

  /** The id, such as `ws-12345678-1234-1234-1234-123456789012`. */
  readonly workspaceId: string;

  /** The base URL of the Prometheus API. Ends in `/api/v1/`. */
  readonly prometheusEndpoint: string;

  /**
   * The CloudFormation resource, for settings that have no option here.
   *
   * @default - undefined for an existing workspace, which another stack or another tool owns
   */
  readonly cfnWorkspace?: aps.CfnWorkspace;
}
