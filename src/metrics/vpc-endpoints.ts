import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { IAlertingWorkspace } from '../amp/workspace';

/**
 * Creates the interface endpoints that a writer or reader in a VPC without internet access needs: AMP's data plane, for this workspace
 * only, and AWS STS for roles.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-and-interface-VPC.html
 */
export function createVpcEndpoints(scope: Construct, vpc: ec2.IVpc, workspace: IAlertingWorkspace): ec2.InterfaceVpcEndpoint[] {
  // Not `vpc.addInterfaceEndpoint`: with a VPC of another stack, the VPC would depend on the workspace.
  const data = new ec2.InterfaceVpcEndpoint(scope, 'AmpEndpoint', { vpc, service: ec2.InterfaceVpcEndpointAwsService.PROMETHEUS_WORKSPACES });
  data.addToPolicy(new iam.PolicyStatement({ principals: [new iam.AnyPrincipal()], actions: ['aps:*'], resources: [workspace.workspaceArn] }));
  const sts = new ec2.InterfaceVpcEndpoint(scope, 'StsEndpoint', { vpc, service: ec2.InterfaceVpcEndpointAwsService.STS });
  return [data, sts];
}
