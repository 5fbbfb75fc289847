import type { AccessOptions } from './metric-options';
import type { WorkspaceAddress } from './workspace-address';
import { entries, quoted } from './yaml-lines';

/** AWS's recommendation for AMP: larger requests than Prometheus' default, so that the request quota lasts longer. */
const QUEUE_CONFIG = ['    queue_config:', '      max_samples_per_send: 1000', '      max_shards: 200', '      capacity: 2500'];

/**
 * `remote_write` of a `prometheus.yml`.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-onboard-ingest-metrics-remote-write-EC2.html
 */
export function formatRemoteWrite({ region, remoteWriteUrl }: WorkspaceAddress, { roleArn, externalId }: AccessOptions): string {
  return [
    'remote_write:',
    `  - url: ${quoted(remoteWriteUrl)}`,
    ...QUEUE_CONFIG,
    '    sigv4:',
    ...entries('      ', { region, role_arn: roleArn, external_id: externalId }),
    '',
  ].join('\n');
}
