import { Token } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import { Construct, IDependable } from 'constructs';
import type { IAlertingWorkspace } from './workspace';
import { Finding } from '../findings/finding';
import { FindingReporter } from '../findings/reporter';

/** A rule groups namespace to be: its name, and the rule file in it. */
export interface RuleNamespace {
  readonly namespace: string;
  readonly data: string;
}

export interface RuleNamespacesProps {
  readonly workspace: IAlertingWorkspace;
  readonly namespaces: readonly RuleNamespace[];
  /** What must exist before the first alert can fire. */
  readonly dependencies: readonly IDependable[];
}

/** The rule groups namespaces of the workspace. */
export class RuleNamespaces extends Construct {
  public readonly namespaces: aps.CfnRuleGroupsNamespace[];
  /** Identifies the workspace within the app. */
  public readonly workspaceId: string;

  constructor(scope: Construct, id: string, props: RuleNamespacesProps) {
    super(scope, id);
    this.workspaceId = props.workspace.workspaceId;
    this.namespaces = props.namespaces.map(({ namespace, data }, index) => {
      // By name, so that another one in the list does not replace those behind it.
      const childId = Token.isUnresolved(namespace) ? `Namespace${index}` : namespace;
      const resource = new aps.CfnRuleGroupsNamespace(this, childId, { name: namespace, data, workspace: props.workspace.workspaceArn });
      resource.node.addDependency(...props.dependencies);
      return resource;
    });
  }
}

/** Namespaces that another construct of the app brings to the same workspace. */
export function checkNamespacesOfApp(scope: Construct, workspace: IAlertingWorkspace, namespaces: readonly RuleNamespace[]): readonly Finding[] {
  const reporter = FindingReporter.forProps();
  const others = scope.node.root.node.findAll()
    .filter((node): node is RuleNamespaces => node instanceof RuleNamespaces && node.workspaceId === workspace.workspaceId)
    .flatMap((node) => node.namespaces);
  for (const { namespace } of namespaces) {
    const other = others.find(({ name }) => name === namespace);
    if (other !== undefined) {
      reporter.error('rules', {
        code: 'namespace-duplicate',
        message: `${other.node.path} brings the namespace "${namespace}" to the workspace already`,
        fix: 'give each RuleGroups a namespace of its own',
        subject: namespace,
      });
    }
  }
  return reporter.findings;
}
