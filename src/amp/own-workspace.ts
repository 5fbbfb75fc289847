import { CfnDeletionPolicy, Stack } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import { Construct } from 'constructs';
import { checkSingleWriter } from './check-single-writer';
import { createWorkspaceLogs } from './workspace-logs';
import { WorkspaceResource } from './workspace-resource';
import { WAYS_TO_GIVE_A_WORKSPACE, type BoundWorkspace, type WorkspaceContext, type WorkspaceSource } from './workspace-source';
import type { Finding } from '../findings/finding';
import { FindingReporter } from '../findings/reporter';

/** What the user does instead of setting the definition on the workspace. */
const GIVE_CONFIGURATION = 'leave alertManagerDefinition unset, and give your configuration to the construct: '
  + 'alertManagerConfig: AlertManagerConfig.fromFile(…)';

/** A `CfnWorkspace` of the user, in the stack of the construct. */
export class OwnWorkspaceSource implements WorkspaceSource {
  constructor(private readonly workspace: aps.CfnWorkspace) {}

  public check(scope: Construct): Finding[] {
    const reporter = FindingReporter.forProps();
    if (!isWorkspaceResource(this.workspace)) {
      reporter.error('workspace', {
        code: 'workspace-invalid', message: 'the value given to AlertingWorkspace.of() is not a CfnWorkspace', fix: WAYS_TO_GIVE_A_WORKSPACE,
      });
      return reporter.findings;
    }
    const { node, alertManagerDefinition } = this.workspace;
    if (alertManagerDefinition !== undefined) {
      reporter.error('workspace', {
        code: 'workspace-has-definition',
        message: `the workspace ${node.path} has an alert manager definition already`,
        fix: GIVE_CONFIGURATION,
      });
    }
    if (reporter.errorCount === 0) {
      checkSingleWriter(scope, { workspaceArn: this.workspace.attrArn, workspaceId: this.workspace.attrWorkspaceId }, reporter);
    }
    const [theirs, ours] = [Stack.of(this.workspace), Stack.of(scope)];
    if (theirs !== ours) {
      reporter.error('workspace', {
        code: 'workspace-other-stack',
        message: `the workspace ${node.path} is in the stack ${theirs.node.path}, the construct in ${ours.node.path}`,
        fix: 'use AlertingWorkspace.existing(workspace), which needs only its ARN; or create the construct in the scope of the other stack: '
          + 'new AmpPagerDutyAlerting(Stack.of(workspace), …); or bring the workspace into this stack with cdk import or CfnInclude',
      });
    }
    const { deletionPolicy, updateReplacePolicy } = this.workspace.cfnOptions;
    const isRetained = deletionPolicy === CfnDeletionPolicy.RETAIN || deletionPolicy === CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
    if (!isRetained || updateReplacePolicy !== CfnDeletionPolicy.RETAIN) {
      reporter.warning('workspace', {
        code: 'workspace-not-retained',
        message: `the workspace ${node.path} is deleted with its metrics when it leaves the stack or is replaced`,
        fix: 'call applyRemovalPolicy(RemovalPolicy.RETAIN) on it; to change settings of a workspace that the construct created, '
          + 'use the options of AlertingWorkspace.create() instead',
      });
    }
    return reporter.findings;
  }

  public bind(scope: Construct, id: string, context: WorkspaceContext): BoundWorkspace {
    return new OwnWorkspace(scope, id, this.workspace, context);
  }
}

/** The user's resource, completed with the definition and, unless it has one, a log group. */
class OwnWorkspace extends WorkspaceResource {
  constructor(scope: Construct, id: string, public readonly cfnWorkspace: aps.CfnWorkspace, context: WorkspaceContext) {
    super(scope, id);
    const definition = context.alertManagerDefinition;
    cfnWorkspace.alertManagerDefinition = definition;
    cfnWorkspace.loggingConfiguration ??= createWorkspaceLogs(this, context.logRetention, context.encryptionKey);
    this.checkResource((reporter) => {
      if (cfnWorkspace.alertManagerDefinition !== definition) {
        reporter.error('workspace', {
          code: 'workspace-has-definition',
          message: `the alert manager definition of ${cfnWorkspace.node.path} was changed after the construct had set it`,
          fix: GIVE_CONFIGURATION,
        });
      }
    });
  }
}

/** JavaScript lets through what TypeScript refuses: nothing, an ARN, a reference of the CDK. */
function isWorkspaceResource(workspace: unknown): workspace is aps.CfnWorkspace {
  return workspace instanceof aps.CfnWorkspace;
}
