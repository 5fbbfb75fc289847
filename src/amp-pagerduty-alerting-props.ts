import { RemovalPolicy } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AlertManagerConfig } from './alertmanager/alert-manager-config';
import { DetailsFormat, Incidents } from './alertmanager/options';
import { AmpQuotas } from './amp/amp-quotas';
import { Delivery } from './relay/delivery';
import { PagerDutyRegion } from './relay/pagerduty-region';
import { RoutingKeys } from './relay/routing-keys';
import { RuleGroups } from './rules/rule-groups';

/** Properties of {@link AmpPagerDutyAlerting}. Each has a default that works. */
export interface AmpPagerDutyAlertingProps {
  /**
   * The `alertmanager.yml` of an open-source Alertmanager: routes, receivers, inhibition, templates.
   *
   * @default - everything goes to one PagerDuty service, grouped by `alertname`, with severity, summary, description and
   * links taken from the usual labels and annotations
   */
  readonly alertManagerConfig?: AlertManagerConfig;

  /**
   * Alerting and recording rules: for each, a rule groups namespace of its own is created.
   *
   * @default - no rules: nothing fires until rules are added to the workspace in another way
   */
  readonly rules?: RuleGroups[];

  /**
   * How notifications get from AMP to PagerDuty.
   *
   * @default Delivery.relay()
   */
  readonly delivery?: Delivery;

  /**
   * Where PagerDuty's routing keys come from.
   *
   * @default - a secret is created, empty; put the key in after the first deployment. Events that come earlier wait
   */
  readonly routingKeys?: RoutingKeys;

  /**
   * What becomes one incident.
   *
   * @default Incidents.PER_GROUP
   */
  readonly incidents?: Incidents;

  /**
   * The service region of the PagerDuty account, for receivers that name no address themselves.
   *
   * @default - the region that the addresses in the configuration belong to; without any, PagerDutyRegion.US
   */
  readonly pagerDutyRegion?: PagerDutyRegion;

  /**
   * How the details `firing` and `resolved` of an event look, unless the configuration has details of these names.
   *
   * @default DetailsFormat.TEXT
   */
  readonly detailsFormat?: DetailsFormat;

  /**
   * Quotas of AMP that AWS has raised for the account. Configuration and rules are checked against them.
   *
   * @default - what AWS grants to everybody
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP_quotas.html
   */
  readonly quotas?: AmpQuotas;

  /**
   * A workspace of your own, in the same stack and without an alert manager definition: the construct sets it. If it has no
   * logging configuration, it gets a log group.
   *
   * A workspace that exists already cannot be taken: its definition is part of the resource, not one of its own.
   *
   * @default - a workspace is created
   */
  readonly workspace?: aps.CfnWorkspace;

  /**
   * The name that the workspace is shown by: 1 to 100 characters, not necessarily unique. Not together with `workspace`.
   *
   * @default - made from the path of the construct
   * @see https://docs.aws.amazon.com/prometheus/latest/APIReference/API_CreateWorkspace.html
   */
  readonly workspaceAlias?: string;

  /**
   * What happens to the workspace, with all the metrics in it, when it is removed from the stack. Not together with
   * `workspace`.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE
   */
  readonly workspaceRemovalPolicy?: RemovalPolicy;

  /**
   * For how long the logs of the workspace and of the functions are kept.
   *
   * @default logs.RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Whether to create alarms for everything that can keep a page from arriving. CloudWatch charges for each, whether it
   * has actions or not; an alerting that nobody watches is dearer.
   *
   * @default true
   */
  readonly alarms?: boolean;

  /**
   * Whom the alarms tell, when they go on and when they go off. The way must not lead through this construct: an action on
   * its own topic is refused at synthesis.
   *
   * @default - nobody: the alarms are shown in the console only
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * Whether the stack has outputs with the id of the workspace, the URL for remote write and the ARN of the secret.
   *
   * @default false
   */
  readonly outputs?: boolean;
}
