import { CfnOutput, Lazy } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { RuleNamespaces } from './amp/rule-namespaces';
import { IAlertingWorkspace } from './amp/workspace';
import { AmpPagerDutyAlertingProps } from './amp-pagerduty-alerting-props';
import { AlarmName } from './monitoring/alarm-name';
import { Alarms } from './monitoring/alarms';
import { readProps } from './read-props';
import { Relay } from './relay/relay';

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
export class AmpPagerDutyAlerting extends Construct {
  /** The workspace: send metrics to it. */
  public readonly workspace: IAlertingWorkspace;

  /** The rule groups namespaces, in the order of the `rules` property. */
  public readonly ruleGroupsNamespaces: aps.CfnRuleGroupsNamespace[];

  /** What delivers notifications to PagerDuty: topic, queues, functions, and their metrics. */
  public readonly relay: Relay;

  /** The secret with the routing keys. If the construct creates it, it is empty until you enter the keys. */
  public readonly routingKeySecret: secretsmanager.ISecret;

  /** The alarms. The id of each is the title of its section in the runbook. Empty if the `alarms` property is false. */
  public readonly alarms: cloudwatch.Alarm[];

  private readonly _alarms?: Alarms;

  /**
   * @param props - all properties are optional
   * @throws an error that lists all findings, if the configuration, a rule, or a property is invalid
   */
  constructor(scope: Construct, id: string, props: AmpPagerDutyAlertingProps = {}) {
    super(scope, id);

    // The definition names the topic, which is created after the workspace, because its policy names the workspace.
    const topicArn = Lazy.string({ produce: () => this.relay.topic.topicArn });
    const plan = readProps(this, props, topicArn);

    const workspace = plan.workspace._bind(this, 'Workspace', plan);
    this.workspace = workspace;

    this.relay = plan.delivery._bind(this, { ...plan, workspace });
    this.routingKeySecret = this.relay._routingKeySecret;

    const dependencies = [...this.relay._dependencies, ...workspace.deployDefinition(this.relay._dependencies)];
    this.ruleGroupsNamespaces = new RuleNamespaces(this, 'Rules', { workspace, namespaces: plan.namespaces, dependencies }).namespaces;
    new RuleNamespaces(this, 'Heartbeat', { workspace, namespaces: plan.heartbeatNamespaces, dependencies });

    this._alarms = plan.alarms ? new Alarms(this, 'Alarms', { ...plan, workspace, relay: this.relay }) : undefined;
    this.alarms = this._alarms?.alarms ?? [];

    if (props.outputs) {
      createOutputs(this);
    }
  }

  /**
   * One of the alarms.
   *
   * @param name - the name of the alarm
   * @throws an error if the construct does not have the alarm, because the `alarms` property is false
   */
  public alarm(name: AlarmName): cloudwatch.Alarm {
    const alarm = this.alarms.find(({ node }) => node.id === name);
    if (alarm === undefined) {
      throw new Error(`${this.node.path} has no alarm ${name}: ${this.alarms.length === 0 ? 'alarms is false' : `it has ${this.alarms.map(({ node }) => node.id).join(', ')}`}`);
    }
    return alarm;
  }

  /**
   * Adds actions for the ALARM and OK transitions of every alarm, in addition to the `alarmActions` property. They must not publish
   * to this construct's own topic: synthesis fails in that case.
   *
   * @param actions - the actions
   * @throws an error if the `alarms` property is false
   */
  public addAlarmAction(...actions: cloudwatch.IAlarmAction[]): void {
    if (this._alarms === undefined) {
      throw new Error(`${this.node.path} has no alarms to add actions to: alarms is false`);
    }
    this._alarms.addAction(...actions);
  }

  /** The base URL of the workspace's Prometheus API. Ends in `/api/v1/`. */
  public get prometheusEndpoint(): string {
    return this.workspace.prometheusEndpoint;
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
    return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [this.workspace.workspaceArn] });
  }
}

function createOutputs(alerting: AmpPagerDutyAlerting): void {
  new CfnOutput(alerting, 'WorkspaceId', { value: alerting.workspace.workspaceId, description: 'The id of the AMP workspace' });
  new CfnOutput(alerting, 'RemoteWriteUrl', { value: alerting.remoteWriteUrl, description: 'Where a Prometheus server sends metrics to' });
  new CfnOutput(alerting, 'RoutingKeySecretArn', {
    value: alerting.routingKeySecret.secretArn,
    description: 'The secret to put the PagerDuty routing keys into',
  });
}
