import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { IAlertingWorkspace } from '../amp/workspace';

/**
 * Creates the interface endpoints that a writer or reader in a VPC without internet access needs: AMP's data plane, for this workspace
 * only, and AWS STS for roles.
 *
 * @throws Error when the VPC has them already.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-and-interface-VPC.html
 */
export function createVpcEndpoints(scope: Construct, vpc: ec2.IVpc, workspace: IAlertingWorkspace): ec2.InterfaceVpcEndpoint[] {
  // By VPC, because writers and readers can be in several.
  const id = `Endpoints${vpc.node.addr.slice(-8)}`;
  if (scope.node.tryFindChild(id) !== undefined) {
    throw new Error(`${scope.node.path} already has endpoints in ${vpc.node.path}: call addVpcEndpoints() once for each VPC`);
  }
  const parent = new Construct(scope, id);
  // Not `vpc.addInterfaceEndpoint`: with a VPC of another stack, the VPC would depend on the workspace.
  const data = new ec2.InterfaceVpcEndpoint(parent, 'Amp', { vpc, service: ec2.InterfaceVpcEndpointAwsService.PROMETHEUS_WORKSPACES });
  data.addToPolicy(new iam.PolicyStatement({ principals: [new iam.AnyPrincipal()], actions: ['aps:*'], resources: [workspace.workspaceArn] }));
  const sts = new ec2.InterfaceVpcEndpoint(parent, 'Sts', { vpc, service: ec2.InterfaceVpcEndpointAwsService.STS });
  return [data, sts];
}
