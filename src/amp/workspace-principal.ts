import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { IAlertingWorkspace } from './workspace';

/** The service principal of AMP: the same in every partition. */
const AMP_PRINCIPAL = 'aps.amazonaws.com';

/** AMP, on behalf of this one workspace of the account of the scope. */
export function workspacePrincipal(scope: Construct, workspace: IAlertingWorkspace): iam.IPrincipal {
  return new iam.ServicePrincipal(AMP_PRINCIPAL, {
    conditions: {
      ArnEquals: { 'aws:SourceArn': workspace.workspaceArn },
      StringEquals: { 'aws:SourceAccount': Stack.of(scope).account },
    },
  });
}

/**
 * AMP, on behalf of any workspace of the account and Region of the scope.
 *
 * For policies of what must exist before the workspace does: naming the workspace there would close a circle in the
 * template, because the workspace's definition names the topic.
 */
export function anyWorkspacePrincipal(scope: Construct): iam.IPrincipal {
  const stack = Stack.of(scope);
  return new iam.ServicePrincipal(AMP_PRINCIPAL, {
    conditions: {
      ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'aps', resource: 'workspace', resourceName: '*' }) },
      StringEquals: { 'aws:SourceAccount': stack.account },
    },
  });
}
