import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AlertManagerConfig } from './alertmanager/alert-manager-config';
import { DetailsFormat, Incidents } from './alertmanager/options';
import { AlertingWorkspace } from './amp/alerting-workspace';
import { readQuotas } from './amp/read-quotas';
import type { RuleNamespace } from './amp/rule-namespaces';
import { WAYS_TO_GIVE_A_WORKSPACE } from './amp/workspace-source';
import { AmpPagerDutyAlertingProps } from './amp-pagerduty-alerting-props';
import { checkPropertyTypes } from './check-property-types';
import { checkSeverities } from './check-severities';
import type { Destinations } from './contract/destinations';
import { warnOfAll } from './findings/annotate';
import type { Finding } from './findings/finding';
import { throwOnErrors } from './findings/findings-error';
import { presentOptions } from './findings/present-options';
import { FindingReporter } from './findings/reporter';
import { HEARTBEAT_RULES } from './heartbeat-rules';
import { AlarmThresholds } from './monitoring/alarm-thresholds';
import { checkThresholds } from './monitoring/read-thresholds';
import { Delivery } from './relay/delivery';
import { Emails } from './relay/emails';
import { RoutingKeys } from './relay/routing-keys';
import { checkNamespaces, checkRuleQuotas } from './rules/check-namespaces';
import { readRules } from './rules/read-rules';

/** What the props ask for, checked, with the defaults. */
export interface AlertingPlan extends Destinations {
  readonly workspace: AlertingWorkspace;
  readonly delivery: Delivery;
  readonly alertManagerDefinition: string;
  /** How mails are sent. */
  readonly emails: Emails;
  readonly namespaces: readonly RuleNamespace[];
  /** The user's secret; without it, one is created. */
  readonly routingKeys?: RoutingKeys;
  readonly logRetention: logs.RetentionDays;
  readonly alarms: boolean;
  readonly actions: readonly cloudwatch.IAlarmAction[];
  readonly thresholds?: AlarmThresholds;
  readonly heartbeat: boolean;
  /** The rule groups namespace of the heartbeat, if there is one. */
  readonly heartbeatNamespaces: readonly RuleNamespace[];
}

/**
 * Reads configuration, rules and props, and reports all that is wrong with them together, before anything is created.
 *
 * @param topicArn of the topic to be created, as a token.
 * @throws FindingsError with the path of the construct and every finding, if one of them is an error.
 */
export function readProps(scope: Construct, props: AmpPagerDutyAlertingProps, topicArn: string): AlertingPlan {
  const reporter = FindingReporter.forProps();
  checkPropertyTypes(props, reporter);
  throwOnErrors(reporter.findings, scope.node.path);
  const delivery = props.delivery ?? Delivery.relay();
  const emails = props.emails ?? Emails.throughSmarthost();
  const workspace = props.workspace ?? AlertingWorkspace.create();
  const { quotas, findings: wrongQuotas } = readQuotas(props.quotas);
  const alarms = props.alarms ?? true;
  const heartbeat = props.heartbeat ?? alarms;
  const config = props.alertManagerConfig ?? AlertManagerConfig._default();
  const translation = config._translate({
    scopePath: scope.node.path,
    topicArn,
    region: Stack.of(scope).region,
    account: Stack.of(scope).account,
    incidents: props.incidents ?? Incidents.PER_GROUP,
    detailsFormat: props.detailsFormat ?? DetailsFormat.TEXT,
    pagerDutyRegion: props.pagerDutyRegion,
    heartbeat,
    notifyPermissions: delivery._notifyPermissions,
    webhookTargets: props.webhooks,
    sesIdentity: emails._sesIdentity,
    quotas,
  });
  const heartbeatNamespaces = heartbeat ? [HEARTBEAT_RULES] : [];

  const namespaces = readRules(props.rules ?? [], quotas, reporter);
  checkAlarms(props, reporter);
  const findings = [
    ...translation.findings,
    ...namespaces.flatMap((namespace) => namespace.findings),
    ...checkNamespaces([...namespaces, ...heartbeatNamespaces]),
    ...checkRuleQuotas([...namespaces, ...heartbeatNamespaces], quotas),
    ...checkSeverities([config._read().config].filter((read) => read !== undefined), namespaces, delivery._mappedSeverities),
    ...wrongQuotas,
    ...(props.pagerDutyRegion?._validate() ?? []),
    ...delivery._validate(scope),
    ...emails._validate(),
    ...(props.routingKeys?._validate(scope) ?? []),
    ...checkWorkspace(scope, workspace, translation.definition, reporter),
    ...reporter.findings,
  ];
  throwOnErrors(findings, scope.node.path);
  warnOfAll(scope, findings);
  return {
    ...translation,
    alertManagerDefinition: translation.definition,
    workspace,
    delivery,
    emails,
    namespaces,
    routingKeys: props.routingKeys,
    logRetention: props.logRetention ?? logs.RetentionDays.THREE_MONTHS,
    alarms,
    heartbeat,
    heartbeatNamespaces,
    actions: props.alarmActions ?? [],
    thresholds: presentOptions(props.alarmThresholds),
  };
}

/** JavaScript lets through what TypeScript refuses: a CfnWorkspace, a reference of the CDK, an ARN. */
function checkWorkspace(scope: Construct, workspace: unknown, definition: string, reporter: FindingReporter): readonly Finding[] {
  if (workspace instanceof AlertingWorkspace) {
    return workspace._validate(scope, definition);
  }
  reporter.error('workspace', {
    code: 'workspace-invalid',
    message: 'the workspace is not an AlertingWorkspace',
    fix: WAYS_TO_GIVE_A_WORKSPACE,
  });
  return [];
}

function checkAlarms({ alarms, alarmActions = [], alarmThresholds }: AmpPagerDutyAlertingProps, reporter: FindingReporter): void {
  checkThresholds(alarmThresholds ?? {}, reporter);
  if (alarms !== false) {
    return;
  }
  if (alarmActions.length > 0) {
    reporter.error('alarmActions', {
      code: 'alarm-actions-unused',
      message: `alarmActions has ${alarmActions.length} actions, but alarms is false`,
      fix: 'remove one of the two',
    });
  }
  if (alarmThresholds !== undefined) {
    reporter.error('alarmThresholds', {
      code: 'alarm-actions-unused',
      message: 'alarmThresholds is set, but alarms is false',
      fix: 'remove one of the two',
    });
  }
}
