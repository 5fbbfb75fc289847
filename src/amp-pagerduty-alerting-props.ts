import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AlertManagerConfig } from './alertmanager/alert-manager-config';
import { DetailsFormat, Incidents } from './alertmanager/options';
import { WebhookTarget } from './alertmanager/targets/webhook-target';
import { AlertingWorkspace } from './amp/alerting-workspace';
import { AmpQuotas } from './amp/amp-quotas';
import { AlarmThresholds } from './monitoring/alarm-thresholds';
import { Delivery } from './relay/delivery';
import { Emails } from './relay/emails';
import { PagerDutyRegion } from './relay/pagerduty-region';
import { RoutingKeys } from './relay/routing-keys';
import { RuleGroups } from './rules/rule-groups';

/** Properties of {@link AmpPagerDutyAlerting}. All are optional. */
export interface AmpPagerDutyAlertingProps {
  /**
   * The configuration of an open-source Alertmanager (`alertmanager.yml`): routes, receivers, inhibition rules, and templates.
   *
   * @default - all alerts go to one PagerDuty service, grouped by `alertname`; severity, summary, description, and links come from
   * the labels and annotations of the same names
   */
  readonly alertManagerConfig?: AlertManagerConfig;

  /**
   * Alerting and recording rules. The construct creates a rule groups namespace for each element.
   *
   * @default - no rules; no alert fires until you add rules to the workspace
   */
  readonly rules?: RuleGroups[];

  /**
   * The path that notifications take from AMP to PagerDuty.
   *
   * @default Delivery.relay()
   */
  readonly delivery?: Delivery;

  /**
   * The source of PagerDuty's routing keys.
   *
   * @default - the construct creates an empty secret; enter the key after the first deployment. Until then, events wait in the
   * queue for up to the retry window
   */
  readonly routingKeys?: RoutingKeys;

  /**
   * Which alerts share one PagerDuty incident.
   *
   * @default Incidents.PER_GROUP
   */
  readonly incidents?: Incidents;

  /**
   * The PagerDuty service region, for receivers that do not specify a URL.
   *
   * @default - the service region of the URLs in the configuration, or PagerDutyRegion.US if it contains none
   */
  readonly pagerDutyRegion?: PagerDutyRegion;

  /**
   * Services that take the notifications of webhook receivers, by the name of the receiver in the configuration. The entry of
   * `webhook_configs` stays in the file; its `url` is not used.
   *
   * @default - webhook receivers post to the URLs of the configuration
   */
  readonly webhooks?: { readonly [receiver: string]: WebhookTarget };

  /**
   * How the mails of `email_configs` are sent.
   *
   * @default Emails.throughSmarthost()
   */
  readonly emails?: Emails;

  /**
   * The format of the default details `firing` and `resolved` of an event. Details with these names in the configuration take
   * precedence.
   *
   * @default DetailsFormat.TEXT
   */
  readonly detailsFormat?: DetailsFormat;

  /**
   * AMP quotas that AWS has raised for your account. The configuration and the rules are checked against them.
   *
   * @default - the default quotas of AMP
   * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP_quotas.html
   */
  readonly quotas?: AmpQuotas;

  /**
   * The AMP workspace that evaluates the rules.
   *
   * @default AlertingWorkspace.create()
   */
  readonly workspace?: AlertingWorkspace;

  /**
   * How long CloudWatch Logs retains the logs of the workspace and of the functions.
   *
   * @default logs.RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Whether to create a CloudWatch alarm for each failure that can prevent a page.
   *
   * CloudWatch bills per alarm. Disable them only if you monitor the pipeline in another way.
   *
   * @default true
   */
  readonly alarms?: boolean;

  /**
   * Actions for the ALARM and OK transitions of every alarm.
   *
   * They must not publish to this construct's own topic: if the pipeline fails, they would notify nobody. Synthesis fails in that
   * case.
   *
   * @default - no actions; the alarms only appear in the console, and the app has a warning
   * @see {@link AmpPagerDutyAlerting.addAlarmAction}
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];

  /**
   * Thresholds of the alarms.
   *
   * @default - the defaults of {@link AlarmThresholds}
   */
  readonly alarmThresholds?: AlarmThresholds;

  /**
   * Whether to send a heartbeat: a rule that always fires, whose notification travels from AMP through topic, receive function,
   * queue, and deliver function every four to five minutes, and ends before the request to PagerDuty. The alarm `HeartbeatMissing` is in
   * ALARM if no heartbeat arrives.
   *
   * It detects failures that stop everything without an error, for example a definition that AMP does not apply. The rule has a rule
   * groups namespace, a route, and a receiver of its own, and survives routes and inhibition rules that match everything. A silence that
   * matches everything mutes it. Other subscribers of the topic can filter it by the attribute `receiver`.
   *
   * @default - true, unless `alarms` is false
   */
  readonly heartbeat?: boolean;

  /**
   * Whether to add stack outputs for the workspace id, the remote write URL, and the ARN of the routing key secret.
   *
   * @default false
   */
  readonly outputs?: boolean;
}
