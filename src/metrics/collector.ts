import { Fn, Token } from 'aws-cdk-lib';
import type { CollectorOptions } from './metric-options';
import type { WorkspaceAddress } from './workspace-address';
import { entries, quoted } from './yaml-lines';

const DEFAULT_TARGETS = ['localhost:9100'];

/**
 * A configuration of the OpenTelemetry Collector, and of AWS's distribution of it (ADOT).
 *
 * The exporter has its older name, which upstream knows as an alias and ADOT v0.49 knows alone.
 *
 * @see https://github.com/aws-observability/aws-otel-collector/blob/main/config/ecs/ecs-amp-prometheus.yaml
 */
export function formatCollector({ region, remoteWriteUrl }: WorkspaceAddress, { roleArn, externalId, scrapeTargets }: CollectorOptions): string {
  return [
    'extensions:',
    '  health_check:',
    '  sigv4auth:',
    ...entries('    ', { region, service: 'aps' }),
    ...(roleArn === undefined ? [] : ['    assume_role:', ...entries('      ', { arn: roleArn, sts_region: region, external_id: externalId })]),
    'receivers:',
    '  prometheus:',
    '    config:',
    '      scrape_configs:',
    '        - job_name: "node"',
    '          static_configs:',
    `            - targets: [${listTargets(scrapeTargets)}]`,
    'processors:',
    '  batch:',
    'exporters:',
    '  prometheusremotewrite:',
    `    endpoint: ${quoted(remoteWriteUrl)}`,
    '    auth:',
    '      authenticator: sigv4auth',
    'service:',
    '  extensions: [health_check, sigv4auth]',
    '  pipelines:',
    '    metrics:',
    '      receivers: [prometheus]',
    '      processors: [batch]',
    '      exporters: [prometheusremotewrite]',
    '',
  ].join('\n');
}

/**
 * A configuration of Grafana Alloy.
 *
 * @see https://grafana.com/docs/alloy/latest/reference/components/prometheus/prometheus.remote_write/
 */
export function formatAlloy(
  { region, remoteWriteUrl }: WorkspaceAddress, { roleArn, externalId, scrapeTargets }: CollectorOptions,
): string {
  const sigv4 = Object.entries({ region, role_arn: roleArn, external_id: externalId });
  return [
    'prometheus.scrape "node" {',
    `  targets    = [${listTargets(scrapeTargets, '{"__address__" = ', '}')}]`,
    '  forward_to = [prometheus.remote_write.amp.receiver]',
    '}',
    '',
    'prometheus.remote_write "amp" {',
    '  endpoint {',
    `    url = ${quoted(remoteWriteUrl)}`,
    '',
    '    sigv4 {',
    ...sigv4.flatMap(([name, value]) => (value === undefined ? [] : [`      ${name} = ${quoted(value)}`])),
    '    }',
    '  }',
    '}',
    '',
  ].join('\n');
}

/** The targets in quotes, separated by commas. How many they are is known at deployment only if the list is a token. */
function listTargets(targets: string[] = DEFAULT_TARGETS, before = '', after = ''): string {
  const separator = `"${after}, ${before}"`;
  return Token.isUnresolved(targets)
    ? `${before}"${Fn.join(separator, targets)}"${after}`
    : targets.map((target) => `${before}${quoted(target)}${after}`).join(', ');
}
