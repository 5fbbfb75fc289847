import { CfnOutput, Lazy, Stack } from 'aws-cdk-lib';
import * as aps from 'aws-cdk-lib/aws-aps';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { checkNamespacesOfApp, RuleNamespaces } from './amp/rule-namespaces';
import { checkTemplateSize } from './amp/template-size';
import { IAlertingWorkspace } from './amp/workspace';
import { WorkspaceGrants } from './amp/workspace-grants';
import { setDependenciesOfRules } from './amp/workspace-source';
import { AmpPagerDutyAlertingProps } from './amp-pagerduty-alerting-props';
import { throwOnErrors } from './findings/findings-error';
import { presentOptions } from './findings/present-options';
import { checkAccess, checkCollector, checkGrafana } from './metrics/check-access';
import { formatAlloy, formatCollector } from './metrics/collector';
import { formatGrafana } from './metrics/grafana';
import { AccessOptions, CollectorOptions, GrafanaOptions } from './metrics/metric-options';
import { formatRemoteWrite } from './metrics/prometheus';
import { createVpcEndpoints } from './metrics/vpc-endpoints';
import { addressOf, WorkspaceAddress } from './metrics/workspace-address';
import { AlarmName } from './monitoring/alarm-name';
import { Alarms } from './monitoring/alarms';
import { createDashboard } from './monitoring/dashboard';
import { DashboardOptions } from './monitoring/dashboard-options';
import { readProps } from './read-props';
import { Relay } from './relay/relay';

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
  private readonly heartbeat: boolean;
  private readonly grants: WorkspaceGrants;

  /**
   * @param props - all properties are optional
   * @throws an error that lists all findings, if the configuration, a rule, or a property is invalid
   */
  constructor(scope: Construct, id: string, props: AmpPagerDutyAlertingProps = {}) {
    super(scope, id);
    const given = presentOptions(props);

    // The definition names the topic, which is created after the workspace, because its policy names the workspace.
    const topicArn = Lazy.string({ produce: () => this.relay.topic.topicArn });
    const plan = readProps(this, given, topicArn);

    const workspace = plan.workspace._bind(this, 'Workspace', { ...plan, encryptionKey: plan.delivery._encryptionKey });
    this.workspace = workspace;
    this.grants = new WorkspaceGrants(this, workspace);
    // AmpRules of the same workspace can be there already.
    throwOnErrors(checkNamespacesOfApp(this, workspace, plan.namespaces), this.node.path);

    this.relay = plan.delivery._bind(this, { ...plan, workspace });
    this.routingKeySecret = this.relay._routingKeySecret;

    const dependencies = [...this.relay._dependencies, ...workspace.deployDefinition(this.relay._dependencies)];
    setDependenciesOfRules(workspace, dependencies);
    this.ruleGroupsNamespaces = new RuleNamespaces(this, 'Rules', { workspace, namespaces: plan.namespaces, dependencies }).namespaces;
    new RuleNamespaces(this, 'Heartbeat', { workspace, namespaces: plan.heartbeatNamespaces, dependencies });
    this.heartbeat = plan.heartbeat;
    checkTemplateSize(this);

    this._alarms = plan.alarms ? new Alarms(this, 'Alarms', { ...plan, workspace, relay: this.relay }) : undefined;
    this.alarms = this._alarms?.alarms ?? [];

    if (given.outputs) {
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

  /**
   * Adds a CloudWatch dashboard with the path from an alert to PagerDuty's acceptance: the states of the alarms, the heartbeat, AMP, topic,
   * receive function, queue, deliver function, dead-letter queues, and receivers other than PagerDuty's if the configuration has any.
   *
   * CloudWatch charges for each dashboard by the month, beyond the free tier of the account. You can add widgets to the result.
   *
   * @param options - name and time range
   * @throws an error if the construct already has a dashboard
   * @see https://aws.amazon.com/cloudwatch/pricing/
   */
  public addDashboard(options: DashboardOptions = {}): cloudwatch.Dashboard {
    if (this.node.tryFindChild(DASHBOARD_ID) !== undefined) {
      throw new Error(`${this.node.path} already has a dashboard: call addDashboard() once, and add widgets to its result`);
    }
    const { workspace, relay, alarms, heartbeat } = this;
    return createDashboard(this, DASHBOARD_ID, { workspace, relay, alarms, heartbeat, options: presentOptions(options) });
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
   * Returns `remote_write` for a `prometheus.yml` that sends metrics to the workspace, as YAML. It can contain tokens, so use it where
   * CloudFormation resolves them: user data, an SSM parameter, an environment variable of a task.
   *
   * @param options - the role to assume, for writers of other accounts
   */
  public prometheusRemoteWrite(options: AccessOptions = {}): string {
    return formatRemoteWrite(this.address, checkAccess(this, options));
  }

  /**
   * Returns a complete configuration of the OpenTelemetry Collector, and of AWS's distribution of it (ADOT), that scrapes targets and
   * sends metrics to the workspace. It can contain tokens, so use it where CloudFormation resolves them.
   *
   * @param options - what to scrape, and the role to assume
   */
  public collectorConfig(options: CollectorOptions = {}): string {
    return formatCollector(this.address, checkCollector(this, options));
  }

  /**
   * Returns a complete configuration of Grafana Alloy that scrapes targets and sends metrics to the workspace. It can contain tokens, so
   * use it where CloudFormation resolves them.
   *
   * @param options - what to scrape, and the role to assume
   */
  public alloyConfig(options: CollectorOptions = {}): string {
    return formatAlloy(this.address, checkCollector(this, options));
  }

  /**
   * Returns a provisioning file of Grafana with a data source for the metrics and one for the alert manager of the workspace. It can
   * contain tokens, so use it where CloudFormation resolves them. The role of Grafana needs `grantQuery`, `grantReadAlerts`, and, to
   * silence alerts, `grantManageSilences`.
   *
   * @param options - plug-in and credentials
   */
  public grafanaDataSources(options: GrafanaOptions = {}): string {
    return formatGrafana(this.address, checkGrafana(this, options));
  }

  /**
   * Creates the interface endpoints that writers and readers in a VPC without internet access need: AMP's data plane, limited to this
   * workspace, and AWS STS. Writers must use the endpoint of STS in the Region. Each endpoint costs by the hour and per Availability Zone.
   *
   * @param vpc - the VPC, which must not have these endpoints already. A second call for the same VPC is an error
   */
  public addVpcEndpoints(vpc: ec2.IVpc): ec2.InterfaceVpcEndpoint[] {
    return createVpcEndpoints(this, vpc, this.workspace);
  }

  /**
   * Grants permission to send metrics to the workspace. A principal in another account gets it through the policy of the workspace
   * (`AWS::APS::ResourcePolicy`), of which a workspace has one. If a customer-managed key encrypts the workspace, such a principal also
   * needs access to the key.
   *
   * @param grantee - the principal, for example the role of a Prometheus server
   */
  public grantRemoteWrite(grantee: iam.IGrantable): iam.Grant {
    return this.grants.remoteWrite(grantee);
  }

  /**
   * Grants permission to query metrics of the workspace. A principal in another account gets it through the policy of the workspace
   * (`AWS::APS::ResourcePolicy`), of which a workspace has one. If a customer-managed key encrypts the workspace, such a principal also
   * needs access to the key.
   *
   * @param grantee - the principal, for example the role of Grafana
   */
  public grantQuery(grantee: iam.IGrantable): iam.Grant {
    return this.grants.query(grantee);
  }

  /**
   * Grants permission to read rules, alerts, silences, and the status of the alert manager, as the alerting pages of Grafana do. A
   * principal in another account is a warning: AMP does not share these operations.
   *
   * @param grantee - the principal, for example the role of Grafana
   */
  public grantReadAlerts(grantee: iam.IGrantable): iam.Grant {
    return this.grants.readAlerts(grantee);
  }

  /**
   * Grants permission to create, change, and expire silences. A principal in another account is a warning: AMP does not share these
   * operations.
   *
   * @param grantee - the principal, for example the role of Grafana
   */
  public grantManageSilences(grantee: iam.IGrantable): iam.Grant {
    return this.grants.manageSilences(grantee);
  }

  /**
   * Grants permission to post alerts to the alert manager of the workspace, beside those of the rules. A principal in another account is
   * a warning: AMP does not share this operation.
   *
   * @param grantee - the principal, for example the role of a job that reports its failures
   */
  public grantPutAlerts(grantee: iam.IGrantable): iam.Grant {
    return this.grants.putAlerts(grantee);
  }

  private get address(): WorkspaceAddress {
    return addressOf(this.workspace, Stack.of(this).region);
  }
}

const DASHBOARD_ID = 'Dashboard';

function createOutputs(alerting: AmpPagerDutyAlerting): void {
  new CfnOutput(alerting, 'WorkspaceId', { value: alerting.workspace.workspaceId, description: 'The id of the AMP workspace' });
  new CfnOutput(alerting, 'RemoteWriteUrl', { value: alerting.remoteWriteUrl, description: 'Where a Prometheus server sends metrics to' });
  new CfnOutput(alerting, 'RoutingKeySecretArn', {
    value: alerting.routingKeySecret.secretArn,
    description: 'The secret to put the PagerDuty routing keys into',
  });
}
