import { Token } from 'aws-cdk-lib';
import type { UsedWebhook } from './check-webhooks';
import type { WebhookTargets } from './sysdig';
import { MAX_SYSDIG_SEVERITY, SYSDIG_LABEL, SysdigEndpoints } from '../../../contract/sysdig';
import { didYouMean } from '../../../findings/near-miss';
import { formatPath } from '../../../findings/path';
import type { FindingReporter } from '../../../findings/reporter';
import type { AlertmanagerFile } from '../../model';
import type { SysdigOptions } from '../../targets/sysdig-options';
import { IbmCloudMonitoringOptions, SysdigRegion } from '../../targets/sysdig-region';
import { WebhookTarget } from '../../targets/webhook-target';

/** The most bytes of all endpoints in the environment of the notify function, which Lambda limits to 4 KB. */
const MAX_ENDPOINTS_BYTES = 2000;

/** What else is in the secret, and what the notify function must know. */
export interface TargetSurroundings {
  /** The names of the routing keys. */
  readonly keyNames: readonly string[];
  readonly endpoints: SysdigEndpoints;
}

/** The targets that can be translated; the others are findings. */
export function usableTargets(targets: WebhookTargets = {}): WebhookTargets {
  return Object.fromEntries(Object.entries(targets).filter(([, target]) => isUsable(target)));
}

/** JavaScript lets through what TypeScript refuses. */
function isUsable(target: unknown): target is WebhookTarget {
  return target instanceof WebhookTarget && target._sysdig.region instanceof SysdigRegion;
}

/** The places of the URLs that targets replace. */
export function boundUrls(file: AlertmanagerFile, targets: WebhookTargets): string[] {
  return file.receivers.flatMap(({ name, webhook_configs: webhooks }, index) => (
    Object.hasOwn(targets, name) ? webhooks.map((_, entry) => formatPath(['receivers', index, 'webhook_configs', entry, 'url'])) : []
  ));
}

/**
 * Checks the prop `webhooks`, and what it is bound to.
 *
 * @param used the webhooks that are on a route, bound ones and others.
 */
export function checkTargets(
  file: AlertmanagerFile, targets: WebhookTargets = {}, used: readonly UsedWebhook[], surroundings: TargetSurroundings, reporter: FindingReporter,
): void {
  for (const [receiver, target] of Object.entries(targets)) {
    checkTarget(receiver, target, reporter);
    checkReceiver(receiver, file, used, reporter);
  }
  checkBoundEntries(file, used, surroundings, reporter);
}

function checkTarget(receiver: string, target: WebhookTarget, reporter: FindingReporter): void {
  if (isUsable(target)) {
    checkSysdig(target._sysdig, (field, message, fix) =>
      reporter.error(formatPath(['webhooks', receiver, ...field]), { code: 'webhook-target-invalid', message, fix, subject: receiver }));
  } else {
    reporter.error(formatPath(['webhooks', receiver]), {
      code: 'webhook-target-invalid',
      message: 'the value is not a WebhookTarget with a SysdigRegion',
      fix: 'use WebhookTarget.sysdig({ region: SysdigRegion.US1 }), or remove the entry',
      subject: receiver,
    });
  }
}

type Report = (field: readonly string[], message: string, fix: string) => void;

function checkSysdig({ region, tokenName, scope = {}, severities = {}, defaultSeverity }: SysdigOptions, report: Report): void {
  checkRegion(region, report);
  if (tokenName !== undefined && (Token.isUnresolved(tokenName) || tokenName.trim() === '')) {
    report(['tokenName'], Token.isUnresolved(tokenName) ? 'the name is only known at deployment' : 'the name is empty',
      'write the name of an entry in the secret, or remove it for the default');
  }
  for (const [annotation, label] of Object.entries(scope)) {
    if (!SYSDIG_LABEL.test(label)) {
      report(['scope', annotation], `${JSON.stringify(label)} is not the name of a label of Sysdig`,
        'write a name such as host.hostName or kubernetes.namespace.name: letters, digits, and _ . : / -');
    }
  }
  const wrong = (severity: number): boolean => !Number.isInteger(severity) || severity < 0 || severity > MAX_SYSDIG_SEVERITY;
  const seen = new Set<string>();
  for (const [name, severity] of Object.entries(severities).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const normalized = name.trim().toLowerCase();
    if (normalized === '' || seen.has(normalized)) {
      report(['severities', name], normalized === '' ? 'the name is empty' : `${JSON.stringify(normalized)} is mapped twice: case does not count`, 'keep one entry per name');
    }
    seen.add(normalized);
    if (wrong(severity)) {
      report(['severities', name], `the severity is ${printed(severity)}`, RANGE);
    }
  }
  if (defaultSeverity !== undefined && wrong(defaultSeverity)) {
    report(['defaultSeverity'], `the severity is ${printed(defaultSeverity)}`, RANGE);
  }
}

const RANGE = `write a whole number from 0 (emergency) to ${MAX_SYSDIG_SEVERITY} (debug)`;

function printed(number: number): string {
  return Token.isUnresolved(number) ? 'only known at deployment' : String(number);
}

function checkRegion(region: SysdigRegion, report: Report): void {
  const ibm = region._ibm;
  const problem = [region.url, ibm?.instanceId, ibm?.teamId].some((text) => Token.isUnresolved(text))
    ? 'a value is only known at deployment'
    : ibm !== undefined ? problemOfIbm(ibm) : problemOfUrl(region.url);
  if (problem !== undefined) {
    report(['region'], problem, 'give the location and the GUID of an instance of IBM Cloud, or the https:// URL of your installation without a path');
  }
}

/** They become part of a host name, and of headers. JavaScript lets through that one is missing. */
function problemOfIbm({ location, instanceId, teamId }: Partial<IbmCloudMonitoringOptions>): string | undefined {
  if (location === undefined || instanceId === undefined) {
    return `the ${location === undefined ? 'location' : 'instanceId'} is missing`;
  }
  if (!/^[a-z][a-z0-9-]*$/.test(location)) {
    return `${JSON.stringify(location)} is not a location of IBM Cloud, such as us-south`;
  }
  const wrong = [instanceId, teamId].find((id) => id !== undefined && !/^[\w-]+$/.test(id));
  return wrong === undefined ? undefined : `${JSON.stringify(wrong)} is not an id: ids have letters, digits, and hyphens`;
}

function problemOfUrl(text: string): string | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return `${JSON.stringify(text)} is not a URL`;
  }
  if (url.username !== '' || url.password !== '') {
    // The URL is not quoted, because credentials must not appear in logs.
    return `the URL of ${url.host} contains credentials, which would be readable in the template`;
  }
  if (url.protocol !== 'https:') {
    return `the protocol of ${JSON.stringify(text)} is "${url.protocol}", and the token must be encrypted in transit`;
  }
  return url.pathname === '/' && url.search === '' && url.hash === '' ? undefined : `${JSON.stringify(text)} has more than a host`;
}

/** A receiver that is named in the prop must have one entry to bind, which is on a route. */
function checkReceiver(name: string, file: AlertmanagerFile, used: readonly UsedWebhook[], reporter: FindingReporter): void {
  const receiver = file.receivers.find((each) => each.name === name);
  const place = formatPath(['webhooks', name]);
  const count = receiver?.webhook_configs.length ?? 0;
  if (count !== 1) {
    const candidates = file.receivers.filter(({ webhook_configs: webhooks }) => webhooks.length > 0).map((each) => each.name);
    const shown = JSON.stringify(name);
    reporter.error(place, {
      code: 'webhook-target-receiver',
      message: receiver === undefined ? `the configuration has no receiver ${shown}`
        : count === 0 ? `the receiver ${shown} has no webhook_configs` : `the receiver ${shown} has ${count} webhook_configs, and each would become an event`,
      fix: count > 1 ? 'give the entry that the target stands for a receiver of its own, and route to both'
        : `${didYouMean(name, candidates)}receivers with webhook_configs: ${candidates.join(', ') || 'none'}`,
      subject: name,
    });
  } else if (!used.some(({ place: [, index] }) => file.receivers[Number(index)] === receiver)) {
    reporter.warning(place, {
      code: 'webhook-target-unused',
      message: `no route leads to the receiver ${JSON.stringify(name)}, so its target gets nothing`,
      fix: 'add a route to it, or remove the entry',
      subject: name,
    });
  }
}

/** The URL of an entry is what the target replaces. Its other fields about the server have no effect, either. */
function checkBoundEntries(
  file: AlertmanagerFile, used: readonly UsedWebhook[], { keyNames, endpoints }: TargetSurroundings, reporter: FindingReporter,
): void {
  const ownServers = used.filter(({ bound }) => bound === undefined);
  const otherNames = new Set([...keyNames, ...ownServers.flatMap(({ webhook }) => webhook.secrets.map(({ name }) => name))]);
  for (const { config, place, bound } of used) {
    if (bound === undefined) {
      continue;
    }
    const dropped = [
      ...Object.keys(config.http_config ?? file.global?.http_config ?? {}).filter((field) => !WITHOUT_EFFECT.has(field)).map((field) => `http_config.${field}`),
      ...(config.has_payload ? ['payload'] : []),
    ];
    if (dropped.length > 0) {
      reporter.warning(place, {
        code: 'webhook-target-field-dropped',
        message: `${dropped.join(', ')} no longer applies: the notify function posts events to the API of Sysdig`,
        fix: 'remove it, or acknowledge this',
      });
    }
    if (otherNames.has(bound.tokenName)) {
      reporter.error(place, {
        code: 'secret-name-taken',
        message: `the name ${JSON.stringify(bound.tokenName)} in the secret would stand for another value as well`,
        fix: 'give the token another name with tokenName',
      });
    }
  }
  const bytes = Buffer.byteLength(JSON.stringify(endpoints));
  if (bytes > MAX_ENDPOINTS_BYTES) {
    reporter.error('webhooks', {
      code: 'webhook-target-invalid',
      message: `the endpoints of all targets take ${bytes} bytes of the function's environment, more than the ${MAX_ENDPOINTS_BYTES} that are allowed`,
      fix: 'bind receivers to fewer different regions and instances',
    });
  }
}

/** Settings that every client has anyway; Alertmanager's own dumps spell them out. */
const WITHOUT_EFFECT = new Set(['follow_redirects', 'enable_http2']);
