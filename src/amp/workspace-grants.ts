import { Lazy, Resource, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { IAlertingWorkspace } from './workspace';
import { warn } from '../findings/annotate';

/** The actions of a Prometheus server that sends metrics. */
const REMOTE_WRITE_ACTIONS = ['aps:RemoteWrite'];

/** The actions of a client that queries metrics, such as Grafana. */
const QUERY_ACTIONS = ['aps:QueryMetrics', 'aps:GetSeries', 'aps:GetLabels', 'aps:GetMetricMetadata'];

/** The actions of Grafana's pages for rules, alerts, and silences. */
const READ_ALERT_ACTIONS = [
  'aps:ListRules', 'aps:ListAlerts', 'aps:ListAlertManagerAlerts', 'aps:ListAlertManagerAlertGroups', 'aps:ListAlertManagerReceivers',
  'aps:ListAlertManagerSilences', 'aps:GetAlertManagerSilence', 'aps:GetAlertManagerStatus',
];

const MANAGE_SILENCE_ACTIONS = ['aps:PutAlertManagerSilences', 'aps:DeleteAlertManagerSilence'];

/** The action of a program that posts alerts of its own to the alert manager. */
const PUT_ALERT_ACTIONS = ['aps:CreateAlertManagerAlerts'];

/** Grants permissions on one workspace. */
export class WorkspaceGrants {
  private sharedWorkspace?: SharedWorkspace;

  constructor(private readonly scope: Construct, private readonly workspace: IAlertingWorkspace) {}

  public remoteWrite(grantee: iam.IGrantable): iam.Grant {
    return this.grantToAnyAccount(grantee, REMOTE_WRITE_ACTIONS);
  }

  public query(grantee: iam.IGrantable): iam.Grant {
    return this.grantToAnyAccount(grantee, QUERY_ACTIONS);
  }

  public readAlerts(grantee: iam.IGrantable): iam.Grant {
    return this.grantToOwnAccount(grantee, READ_ALERT_ACTIONS);
  }

  public manageSilences(grantee: iam.IGrantable): iam.Grant {
    return this.grantToOwnAccount(grantee, MANAGE_SILENCE_ACTIONS);
  }

  public putAlerts(grantee: iam.IGrantable): iam.Grant {
    return this.grantToOwnAccount(grantee, PUT_ALERT_ACTIONS);
  }

  /** In the policy of the principal, or of the workspace for principals of other accounts. */
  private grantToAnyAccount(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    const resourceArns = [this.workspace.workspaceArn];
    if (!this.needsResourcePolicy(grantee)) {
      const grant = iam.Grant.addToPrincipal({ grantee, actions, resourceArns });
      if (grant.success) {
        return grant;
      }
    }
    this.sharedWorkspace ??= new SharedWorkspace(this.scope, 'Sharing', this.workspace);
    return iam.Grant.addToPrincipalOrResource({ grantee, actions, resourceArns, resource: this.sharedWorkspace });
  }

  /** AMP ignores these actions in the policy of a workspace. */
  private grantToOwnAccount(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    const grant = iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.workspace.workspaceArn] });
    if (!grant.success || this.needsResourcePolicy(grantee)) {
      warn(this.scope, {
        code: 'grant-other-account',
        message: `${actions.join(', ')} cannot be granted to a principal of another account`,
        fix: 'grant them to a role in the account of the workspace, and let the principal assume the role',
      });
    }
    return grant;
  }

  private needsResourcePolicy(grantee: iam.IGrantable): boolean {
    const { principalAccount } = grantee.grantPrincipal;
    return principalAccount !== undefined
      && Token.compareStrings(principalAccount, Stack.of(this.scope).account) === TokenComparison.DIFFERENT;
  }
}

/** The policy of the workspace, of which there is one. */
class SharedWorkspace extends Resource implements iam.IResourceWithPolicy {
  private readonly document = new iam.PolicyDocument();

  constructor(scope: Construct, id: string, workspace: IAlertingWorkspace) {
    super(scope, id);
    new aps.CfnResourcePolicy(this, 'Policy', {
      workspaceArn: workspace.workspaceArn,
      policyDocument: Lazy.string({ produce: () => Stack.of(this).toJsonString(this.document) }),
    });
  }

  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    this.document.addStatements(statement);
    return { statementAdded: true, policyDependable: this };
  }
}
