import * as aps from 'aws-cdk-lib/aws-aps';
import { Construct } from 'constructs';
import { AmpQuotas } from './amp/amp-quotas';
import { readQuotas } from './amp/read-quotas';
import { checkNamespacesOfApp, RuleNamespaces } from './amp/rule-namespaces';
import { checkTemplateSize } from './amp/template-size';
import { IAlertingWorkspace } from './amp/workspace';
import { checkWorkspaceReference, resolveWorkspaceReference } from './amp/workspace-reference';
import { dependenciesOfRules } from './amp/workspace-source';
import { warnOfAll } from './findings/annotate';
import { throwOnErrors } from './findings/findings-error';
import { presentOptions } from './findings/present-options';
import { FindingReporter } from './findings/reporter';
import { checkNamespaces, checkRuleQuotas } from './rules/check-namespaces';
import { readRules } from './rules/read-rules';
import { RuleGroups } from './rules/rule-groups';

/** Properties of {@link AmpRules}. */
export interface AmpRulesProps {
  /**
   * The workspace that evaluates the rules: `alerting.workspace` of an `AmpPagerDutyAlerting`, also of another stack, or the ARN, the id,
   * or a reference of any workspace in the account and Region of the stack. A text that is known at deployment only must be an ARN.
   */
  readonly workspace: IAlertingWorkspace | aps.IWorkspaceRef | string;

  /** Alerting and recording rules. Each creates a rule groups namespace, whose name must be unique in the workspace. */
  readonly rules: RuleGroups[];

  /**
   * Service quotas that AWS has increased for the account. The rules are checked against them.
   *
   * @default - the default quotas of AMP
   */
  readonly quotas?: AmpQuotas;
}

/**
 * Rules of another team or another stack for a workspace, with the same checks as those of `AmpPagerDutyAlerting`. The alerts take the
 * routes of the workspace's alert manager definition.
 *
 * @example
 * declare const alerting: AmpPagerDutyAlerting;
 *
 * new AmpRules(this, 'TeamRules', { workspace: alerting.workspace, rules: [RuleGroups.fromFile('team.yml')] });
 */
export class AmpRules extends Construct {
  /** The rule groups namespaces, in the order of the `rules` property. */
  public readonly ruleGroupsNamespaces: aps.CfnRuleGroupsNamespace[];

  /**
   * @param props - workspace and rules
   * @throws an error that lists all findings, if a rule or a property is invalid
   */
  constructor(scope: Construct, id: string, props: AmpRulesProps) {
    super(scope, id);
    const { workspace: reference, rules, quotas: given } = presentOptions(props);
    const { quotas, findings: wrongQuotas } = readQuotas(given);
    const reporter = FindingReporter.forProps();
    const namespaces = readRules(rules, quotas, reporter);
    // An existing workspace of another environment has its ARN as text, which the CDK has no reference to check for.
    checkWorkspaceReference(isWorkspace(reference) ? reference.workspaceArn : reference, this, reporter);
    throwOnErrors(reporter.findings, this.node.path);
    const workspace = isWorkspace(reference) ? reference : resolveWorkspaceReference(reference, this);
    const findings = [
      ...namespaces.flatMap((namespace) => namespace.findings),
      ...checkNamespaces(namespaces),
      ...checkNamespacesOfApp(this, workspace, namespaces),
      ...checkRuleQuotas(namespaces, quotas),
      ...wrongQuotas,
    ];
    throwOnErrors(findings, this.node.path);
    warnOfAll(this, findings);
    this.ruleGroupsNamespaces = new RuleNamespaces(this, 'Rules', {
      workspace, namespaces, dependencies: dependenciesOfRules(this, workspace),
    }).namespaces;
    checkTemplateSize(this);
  }
}

function isWorkspace(workspace: AmpRulesProps['workspace']): workspace is IAlertingWorkspace {
  return typeof workspace === 'object' && workspace !== null && 'workspaceArn' in workspace;
}
