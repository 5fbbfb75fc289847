import { TransportContext, transportSnsConfig } from './transport-config';
import { TransportSectionName } from '../../../contract/message';
import { Transport } from '../../../contract/queued-notification';
import type { SysdigEndpoint, SysdigEndpoints, SysdigSettings } from '../../../contract/sysdig';
import { goDurationMilliseconds } from '../../../go/duration';
import type { WebhookConfig } from '../../model';
import type { SysdigRegion } from '../../targets/sysdig-region';
import type { WebhookTarget } from '../../targets/webhook-target';
import { alertList } from '../alert-list';
import { jsonSection } from '../section';
import type { YamlMap } from '../yaml-writer';

/** The receivers that are bound to another service than the server that their `url` names. */
export interface WebhookTargets {
  readonly [receiver: string]: WebhookTarget;
}

/** The target that an entry is bound to. */
export interface BoundTarget {
  readonly target: WebhookTarget;
  /** The name of the entry in the secret with the token. By default, it depends on nothing but the receiver. */
  readonly tokenName: string;
}

/** The target of a receiver; undefined for a receiver that posts to its own server. */
export function bindTarget(targets: WebhookTargets, receiver: string): BoundTarget | undefined {
  const target = Object.hasOwn(targets, receiver) ? targets[receiver] : undefined;
  return target && { target, tokenName: target._sysdig.tokenName ?? `${receiver}/sysdig` };
}

/** The default of {@link SysdigOptions.defaultSeverity}: `error`, as for PagerDuty. */
const DEFAULT_SEVERITY = 3;

/** The `sns_config` that stands for an entry which is bound to Sysdig Monitor: a message with the alerts that an event is made of. */
export function sysdigSnsConfig(
  config: WebhookConfig, entry: string, { target, tokenName }: BoundTarget, endpoints: NamedEndpoints, context: TransportContext,
): YamlMap {
  const { region, scope, severities, defaultSeverity } = target._sysdig;
  const timeoutMs = config.timeout === undefined ? 0 : goDurationMilliseconds(config.timeout);
  const settings: SysdigSettings = {
    endpoint: endpoints.nameOf(region),
    token: { secret: tokenName },
    ...(scope !== undefined && { scope: sorted(scope) }),
    ...(severities !== undefined && { severities: sorted(severities, (name) => name.trim().toLowerCase()) }),
    defaultSeverity: defaultSeverity ?? DEFAULT_SEVERITY,
    ...(config.max_alerts !== undefined && { maxAlerts: config.max_alerts }),
    ...(timeoutMs > 0 && { timeoutMs }),
  };
  return transportSnsConfig({
    transport: Transport.SYSDIG,
    entry,
    settings,
    sendResolved: config.send_resolved ?? true,
    templateName: 'sysdig',
    // A truncated message loses alerts, and nothing else.
    sections: [jsonSection([TransportSectionName.ALERTS], alertList('.Alerts', '\n'))],
  }, context);
}

/** In other languages, the order of a map differs between two runs. */
function sorted<T>(map: { readonly [name: string]: T }, rename = (name: string): string => name): { [name: string]: T } {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [rename(name), value] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The endpoints of a configuration, each with a name. */
export class NamedEndpoints {
  private readonly names = new Map<string, string>();
  private readonly endpoints = new Map<string, SysdigEndpoint>();

  /** The name of the endpoint of a region. Two regions of one name, such as two own installations, get numbers. */
  public nameOf(region: SysdigRegion): string {
    const endpoint = region._endpoint();
    const key = JSON.stringify(endpoint);
    const known = this.names.get(key);
    if (known !== undefined) {
      return known;
    }
    let name = region._name;
    for (let number = 2; this.endpoints.has(name); number += 1) {
      name = `${region._name}-${number}`;
    }
    this.names.set(key, name);
    this.endpoints.set(name, endpoint);
    return name;
  }

  public all(): SysdigEndpoints {
    return Object.fromEntries(this.endpoints);
  }
}
