import { CfnOutput, Lazy } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { AlertingWorkspace } from './amp/alerting-workspace';
import { RuleNamespaces } from './amp/rule-namespaces';
import { AmpPagerDutyAlertingProps } from './amp-pagerduty-alerting-props';
import { Alarms } from './monitoring/alarms';
import { MeteredConstruct } from './monitoring/metered-construct';
import { readProps } from './read-props';

/** The actions of a Prometheus server that sends metrics. */
const REMOTE_WRITE_ACTIONS = ['aps:RemoteWrite'];

/** The actions of a client that queries metrics, such as Grafana. */
const QUERY_ACTIONS = ['aps:QueryMetrics', 'aps:GetSeries', 'aps:GetLabels', 'aps:GetMetricMetadata'];

/**
 * Prometheus alerting on Amazon Managed Service for Prometheus (AMP) that pages through PagerDuty, configured by the
 * `alertmanager.yml` and the rule files of an open-source Alertmanager and Prometheus.
 *
 * @example
 * new AmpPagerDutyAlerting(this, 'Alerting', {
 *   alertManagerConfig: AlertManagerConfig.fromFile('alertmanager.yml'),
 *   rules: [RuleGroups.fromFile('rules.yml')],
 * });
 */
export class AmpPagerDutyAlerting extends MeteredConstruct {
  /** The workspace: send metrics to it. */
  public readonly workspace: aps.CfnWorkspace;

  /** The rule groups namespaces, in the order of the `rules` property. */
  public readonly ruleGroupsNamespaces: aps.CfnRuleGroupsNamespace[];

  /** The topic that AMP publishes notifications to. Their attributes can be filtered by: `status`, `receiver`, `severity`. */
  public readonly topic: sns.ITopic;

  /** Makes PagerDuty events of notifications, and queues them. */
  public readonly receiveFunction: lambda.Function;

  /** The FIFO queue of events, with a message group per incident. */
  public readonly queue: sqs.Queue;

  /** Delivers events to PagerDuty. */
  public readonly deliverFunction: lambda.Function;

  /** Events that could not be delivered within the retry window, or that PagerDuty refused. FIFO. */
  public readonly deadLetterQueue: sqs.Queue;

  /** Notifications that the receive function failed on, or that SNS could not hand over to it. */
  public readonly receiveDeadLetterQueue: sqs.Queue;

  /** The secret with the routing keys. If the construct creates it, it is empty until you enter the keys. */
  public readonly routingKeySecret: secretsmanager.ISecret;

  /** The alarms. The id of each is the title of its section in the runbook. Empty if the `alarms` property is false. */
  public readonly alarms: cloudwatch.Alarm[];

  /**
   * @param props - all properties are optional
   * @throws an error that lists all findings, if the configuration, a rule, or a property is invalid
   */
  constructor(scope: Construct, id: string, props: AmpPagerDutyAlertingProps = {}) {
    super(scope, id);

    // The definition names the topic, which is created after the workspace, because its policy names the workspace.
    const topicArn = Lazy.string({ produce: () => this.topic.topicArn });
    const plan = readProps(this, props, topicArn);
    const logRetention = props.logRetention ?? logs.RetentionDays.THREE_MONTHS;

    this.workspace = new AlertingWorkspace(this, 'Workspace', {
      workspace: props.workspace,
      alias: props.workspaceAlias,
      removalPolicy: props.workspaceRemovalPolicy,
      alertManagerDefinition: plan.alertManagerDefinition,
      logRetention,
    }).workspace;

    const relay = plan.delivery._bind(this, { ...plan, workspace: this.workspace, routingKeys: props.routingKeys, logRetention });
    this.topic = relay.topic;
    this.receiveFunction = relay.receiveFunction;
    this.queue = relay.queue;
    this.deliverFunction = relay.deliverFunction;
    this.deadLetterQueue = relay.deadLetterQueue;
    this.receiveDeadLetterQueue = relay.receiveDeadLetterQueue;
    this.routingKeySecret = relay.routingKeySecret;

    this.ruleGroupsNamespaces = new RuleNamespaces(this, 'Rules', {
      workspace: this.workspace,
      namespaces: plan.namespaces,
      after: relay.ready,
    }).all;

    this.alarms = props.alarms === false ? [] : new Alarms(this, 'Alarms', {
      workspace: this.workspace,
      relay,
      routingKeyFailures: this.metricRoutingKeyFailures(),
      actions: props.alarmActions ?? [],
    }).all;

    if (props.outputs) {
      this.createOutputs();
    }
  }

  /** The base URL of the workspace's Prometheus API. Ends in `/api/v1/`. */
  public get prometheusEndpoint(): string {
    return this.workspace.attrPrometheusEndpoint;
  }

  /** The URL for `remote_write` in the `prometheus.yml` that sends metrics to the workspace. `sigv4` is required, too. */
  public get remoteWriteUrl(): string {
    return `${this.prometheusEndpoint}remote_write`;
  }

  /**
   * Grants permission to send metrics to the workspace. A principal in another account also needs a resource policy of the
   * workspace.
   *
   * @param grantee - the principal, for example the role of a Prometheus server
   */
  public grantRemoteWrite(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, REMOTE_WRITE_ACTIONS);
  }

  /**
   * Grants permission to query metrics of the workspace. A principal in another account also needs a resource policy of the
   * workspace.
   *
   * @param grantee - the principal, for example the role of a Grafana workspace
   */
  public grantQuery(grantee: iam.IGrantable): iam.Grant {
    return this.grant(grantee, QUERY_ACTIONS);
  }

  private grant(grantee: iam.IGrantable, actions: string[]): iam.Grant {
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.workspace.attrArn] });
  }

  private createOutputs(): void {
    new CfnOutput(this, 'WorkspaceId', { value: this.workspace.attrWorkspaceId, description: 'The id of the AMP workspace' });
    new CfnOutput(this, 'RemoteWriteUrl', { value: this.remoteWriteUrl, description: 'Where a Prometheus server sends metrics to' });
    new CfnOutput(this, 'RoutingKeySecretArn', {
      value: this.routingKeySecret.secretArn,
      description: 'The secret to put the PagerDuty routing keys into',
    });
  }
}
