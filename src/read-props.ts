import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AlertManagerConfig } from './alertmanager/alert-manager-config';
import { DetailsFormat, Incidents } from './alertmanager/options';
import { MAX_ALIAS_LENGTH } from './amp/alerting-workspace';
import { readQuotas } from './amp/read-quotas';
import { checkNamespaces, RuleNamespace } from './amp/rule-namespaces';
import { AmpPagerDutyAlertingProps } from './amp-pagerduty-alerting-props';
import { warn } from './findings/annotate';
import { FindingCode } from './findings/codes';
import { Finding, FindingSeverity } from './findings/finding';
import { throwOnErrors } from './findings/findings-error';
import { Delivery } from './relay/delivery';
import { checkRuleQuotas } from './rules/check-rule-quotas';

/** What the props ask for, checked. */
export interface AlertingPlan {
  readonly delivery: Delivery;
  readonly alertManagerDefinition: string;
  readonly routingKeyNames: readonly string[];
  readonly endpoints: { readonly [name: string]: string };
  readonly defaultEndpoint: string;
  readonly namespaces: readonly RuleNamespace[];
}

/**
 * Reads configuration, rules and props, and reports all that is wrong with them together, before anything is created.
 *
 * @param topicArn of the topic to be created, as a token.
 * @throws FindingsError with the path of the construct and every finding, if one of them is an error.
 */
export function readProps(scope: Construct, props: AmpPagerDutyAlertingProps, topicArn: string): AlertingPlan {
  const delivery = props.delivery ?? Delivery.relay();
  const { quotas, findings: wrongQuotas } = readQuotas(props.quotas);
  const translation = (props.alertManagerConfig ?? AlertManagerConfig._default())._translate({
    scopePath: scope.node.path,
    topicArn,
    region: Stack.of(scope).region,
    account: Stack.of(scope).account,
    incidents: props.incidents ?? Incidents.PER_GROUP,
    detailsFormat: props.detailsFormat ?? DetailsFormat.TEXT,
    pagerDutyRegion: props.pagerDutyRegion,
    quotas,
  });
  const namespaces = (props.rules ?? []).flatMap((rules) => rules._read(quotas));

  const findings = [
    ...translation.findings,
    ...namespaces.flatMap((namespace) => namespace.findings),
    ...checkNamespaces(namespaces),
    ...checkRuleQuotas(namespaces, quotas),
    ...wrongQuotas,
    ...(props.pagerDutyRegion?._validate() ?? []),
    ...delivery._validate(scope),
    ...(props.routingKeys?._validate(scope) ?? []),
    ...checkWorkspace(scope, props),
    ...checkAlarms(props),
  ];
  throwOnErrors(findings, scope.node.path);
  findings.forEach((finding) => warn(scope, finding));
  return { ...translation, delivery, alertManagerDefinition: translation.definition, namespaces };
}

function checkWorkspace(scope: Construct, { workspace, workspaceAlias: alias, workspaceRemovalPolicy }: AmpPagerDutyAlertingProps): Finding[] {
  const findings: Finding[] = [];
  if (alias !== undefined && !Token.isUnresolved(alias) && (alias.length < 1 || alias.length > MAX_ALIAS_LENGTH)) {
    findings.push(error('workspace-alias-invalid', 'workspaceAlias',
      `the alias "${alias}" has ${alias.length} characters`, `it has to have at least 1 and at most ${MAX_ALIAS_LENGTH}`));
  }
  if (workspace === undefined) {
    return findings;
  }
  if (workspace.alertManagerDefinition !== undefined) {
    findings.push(error('workspace-has-definition', 'workspace',
      `the workspace ${workspace.node.path} has an alert manager definition already`,
      'leave alertManagerDefinition unset, and give your configuration to the construct: alertManagerConfig: AlertManagerConfig.fromFile(…)'));
  }
  if (Stack.of(workspace) !== Stack.of(scope)) {
    findings.push(error('workspace-other-stack', 'workspace',
      `the workspace ${workspace.node.path} is in the stack ${Stack.of(workspace).node.path}, the construct in ${Stack.of(scope).node.path}`,
      'create both in one stack: the workspace names the topic, and the policy of the topic names the workspace'));
  }
  for (const [prop, value] of Object.entries({ workspaceAlias: alias, workspaceRemovalPolicy })) {
    if (value !== undefined) {
      findings.push(error('workspace-option-conflict', prop,
        `${prop} is given together with workspace`, `set it on the workspace ${workspace.node.path} itself`));
    }
  }
  return findings;
}

function checkAlarms({ alarms, alarmActions = [] }: AmpPagerDutyAlertingProps): Finding[] {
  return alarms === false && alarmActions.length > 0
    ? [error('alarm-actions-unused', 'alarmActions',
      `alarmActions has ${alarmActions.length} actions, but alarms is false`, 'leave out one of the two')]
    : [];
}

function error(code: FindingCode, path: string, message: string, fix: string): Finding {
  return { code, severity: FindingSeverity.ERROR, message, fix, path };
}
