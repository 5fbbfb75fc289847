/** How a writer or reader of metrics gets its credentials, beyond those of the machine or task that it runs on. */
export interface AccessOptions {
  /**
   * The role to assume, for a workspace of another account. The machine's own role needs `sts:AssumeRole` on it; it must not be the
   * machine's own role.
   *
   * @default - the credentials of the machine or task
   */
  readonly roleArn?: string;

  /**
   * The external id that the trust policy of the role asks for.
   * Only together with `roleArn`.
   *
   * @default - none
   */
  readonly externalId?: string;
}

/** Settings of a collector that scrapes and sends metrics. */
export interface CollectorOptions extends AccessOptions {
  /**
   * What to scrape, as `host:port`.
   *
   * @default - the node exporter on the same machine, `localhost:9100`
   */
  readonly scrapeTargets?: string[];
}

/** The kind of Grafana data source that queries the workspace. */
export enum GrafanaPlugin {
  /** The plug-in for AMP, `grafana-amazonprometheus-datasource`. Choose it for Grafana 12 and later, and Amazon Managed Grafana. */
  AMAZON_PROMETHEUS = 'grafana-amazonprometheus-datasource',

  /** Grafana's own data source for Prometheus. Choose it for earlier versions; the server needs `GF_AUTH_SIGV4_AUTH_ENABLED=true`. */
  PROMETHEUS = 'prometheus',
}

/** How Grafana gets its credentials. */
export enum GrafanaAuth {
  /** The AWS SDK's default chain: environment variables, profile, role of the task or machine. */
  DEFAULT = 'default',

  /** The role of the EC2 instance. */
  EC2_IAM_ROLE = 'ec2_iam_role',

  /** The role that Amazon Managed Grafana or Grafana Cloud assumes. */
  GRAFANA_ASSUME_ROLE = 'grafana_assume_role',
}

/** Settings of the data sources for Grafana. */
export interface GrafanaOptions extends AccessOptions {
  /**
   * The plug-in that queries metrics.
   *
   * @default GrafanaPlugin.AMAZON_PROMETHEUS
   */
  readonly plugin?: GrafanaPlugin;

  /**
   * How Grafana gets its credentials.
   *
   * @default GrafanaAuth.DEFAULT
   */
  readonly auth?: GrafanaAuth;

  /**
   * Whether to add a data source for the alert manager: alerts and silences in Grafana.
   *
   * @default true
   */
  readonly alertmanager?: boolean;
}
