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

  constructor(scope: Construct, id: string, props: RuleNamespacesProps) {
    super(scope, id);
    this.namespaces = props.namespaces.map(({ namespace, data }, index) => {
      // By name, so that another one in the list does not replace those behind it.
      const childId = Token.isUnresolved(namespace) ? `Namespace${index}` : namespace;
      const resource = new aps.CfnRuleGroupsNamespace(this, childId, { name: namespace, data, workspace: props.workspace.workspaceArn });
      resource.node.addDependency(...props.dependencies);
      return resource;
    });
  }
}

/** A namespace that is there twice: the second would replace the rules of the first. */
export function checkNamespaces(namespaces: readonly RuleNamespace[]): readonly Finding[] {
  const reporter = FindingReporter.forProps();
  const names = namespaces.map(({ namespace }) => namespace);
  const duplicates = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  for (const name of duplicates) {
    reporter.error('rules', {
      code: 'namespace-duplicate',
      message: `${names.filter((other) => other === name).length} rule groups have the namespace "${name}"`,
      fix: 'give each RuleGroups a namespace of its own',
      subject: name,
    });
  }
  return reporter.findings;
}
