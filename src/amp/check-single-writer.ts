import { Construct, IConstruct } from 'constructs';
import type { IAlertingWorkspace } from './workspace';
import type { BoundWorkspace } from './workspace-source';
import type { FindingReporter } from '../findings/reporter';

/** Two constructs of one app that write the definition of one workspace would overwrite each other's. */
export function checkSingleWriter(
  scope: Construct, { workspaceArn, workspaceId }: Pick<IAlertingWorkspace, 'workspaceArn' | 'workspaceId'>, reporter: FindingReporter,
): void {
  const other = scope.node.root.node.findAll().filter(isBoundWorkspace)
    // By id as well: the ARN of a workspace that is given by its id has tokens.
    .find((node) => node.workspaceArn === workspaceArn || node.workspaceId === workspaceId);
  if (other) {
    reporter.error('workspace', {
      code: 'workspace-shared',
      message: `${other.node.scope?.node.path} writes the alert manager definition of this workspace already`,
      fix: 'use one AmpPagerDutyAlerting per workspace, and AmpRules for the rules of other stacks',
    });
  }
}

function isBoundWorkspace(node: IConstruct): node is Construct & BoundWorkspace {
  return 'deployDefinition' in node;
}
