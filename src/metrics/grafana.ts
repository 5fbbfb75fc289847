import { GrafanaAuth, GrafanaOptions, GrafanaPlugin } from './metric-options';
import type { WorkspaceAddress } from './workspace-address';
import { entries, quoted } from './yaml-lines';

/**
 * A provisioning file of Grafana: a data source for metrics and, unless it is not wanted, one for the alert manager.
 *
 * @see https://grafana.com/docs/grafana/latest/administration/provisioning/#data-sources
 */
export function formatGrafana({ region, workspaceUrl }: WorkspaceAddress, options: GrafanaOptions): string {
  const { plugin = GrafanaPlugin.AMAZON_PROMETHEUS, auth = GrafanaAuth.DEFAULT, roleArn, externalId } = options;
  const isAmazon = plugin === GrafanaPlugin.AMAZON_PROMETHEUS;
  const signing = [
    '      sigV4Auth: true',
    ...entries('      ', { sigV4AuthType: auth, sigV4Region: region }),
  ];
  return [
    'apiVersion: 1',
    'datasources:',
    ...source('AMP', 'amp', plugin, workspaceUrl),
    '      httpMethod: "POST"',
    ...signing,
    ...(isAmazon
      ? entries('      ', { sigv4Service: 'aps', assumeRoleArn: roleArn, externalId })
      : entries('      ', { sigV4AssumeRoleArn: roleArn, sigV4ExternalId: externalId })),
    '      manageAlerts: true',
    ...(options.alertmanager === false ? [] : [
      ...source('AMP alert manager', 'amp-alertmanager', 'alertmanager', `${workspaceUrl}/alertmanager`),
      '      implementation: "prometheus"',
      ...signing,
      ...entries('      ', { sigV4AssumeRoleArn: roleArn, sigV4ExternalId: externalId }),
    ]),
    '',
  ].join('\n');
}

function source(name: string, uid: string, type: string, url: string): string[] {
  return [`  - name: ${quoted(name)}`, ...entries('    ', { uid, type, access: 'proxy', url }), '    jsonData:'];
}
