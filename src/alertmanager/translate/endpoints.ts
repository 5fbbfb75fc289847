import { isServiceKey } from './routing-key-names';
import { PagerDutyEndpoint } from '../../contract/pagerduty-event';
import type { FindingReporter } from '../../findings/reporter';
import type { AlertmanagerFile, ConfigPath, PagerDutyConfig } from '../model';

/** An endpoint as `PagerDutyRegion` describes it: a short name and a URL. */
export interface NamedEndpoint {
  readonly name: string;
  readonly url: string;
}

/** Where the events of a configuration go. */
export interface Endpoints {
  readonly urls: { readonly [name: string]: string };
  readonly defaultName: string;
  /** The endpoint of an entry, by name. */
  of(config: PagerDutyConfig): string;
}

/** What an entry asks for, before the prop has been heard. */
interface RequestedRegion {
  /** Undefined: a host that is not PagerDuty's, or nothing at all. */
  readonly region?: RegionName;
  readonly unknownHost: boolean;
}

type RegionName = keyof typeof PagerDutyEndpoint;
const NO_REQUEST: RequestedRegion = { unknownHost: false };

/**
 * Finds the endpoint of every entry from its `url`, the `global.pagerduty_url` and the prop. The prop stands for the
 * default, so it replaces `global.pagerduty_url`; an entry's own `url` is more specific and stays. A host that is not
 * PagerDuty's needs a custom endpoint in the prop, to which it is then sent.
 *
 * @param used the entries whose receiver is on a route, with their place in the file.
 */
export function findEndpoints(
  file: AlertmanagerFile,
  used: ReadonlyMap<PagerDutyConfig, ConfigPath>,
  prop: NamedEndpoint | undefined,
  reporter: FindingReporter,
): Endpoints {
  const custom = prop !== undefined && !isRegionName(prop.name) ? prop : undefined;
  const globalRequest = prop && !custom ? NO_REQUEST : resolveRegion(file.global?.pagerduty_url);
  const requests = new Map<PagerDutyConfig, RequestedRegion>();
  for (const config of used.keys()) {
    requests.set(config, resolveEntryRegion(config, globalRequest));
  }
  const defaultName = prop?.name ?? findMajorityRegion([...requests.values()]);
  reportGlobalUrl(file, prop, custom !== undefined, [...used.keys()], reporter);
  reportEntryUrls(used, prop, custom !== undefined, reporter);
  return {
    urls: { ...PagerDutyEndpoint, ...(custom && { [custom.name]: custom.url }) },
    defaultName,
    // Without the prop, an entry that asks for nothing means the US, whatever most others ask for.
    of: (config) => requests.get(config)?.region ?? prop?.name ?? 'us',
  };
}

/** The v1 API exists in the US only, and Alertmanager ignores every `url` for it. */
function resolveEntryRegion(config: PagerDutyConfig, globalRequest: RequestedRegion): RequestedRegion {
  if (isServiceKey(config)) {
    return NO_REQUEST;
  }
  return config.url ? resolveRegion(config.url) : globalRequest;
}

function resolveRegion(text: string | undefined): RequestedRegion {
  const url = text ? parseUrl(text) : undefined;
  if (!url) {
    return NO_REQUEST;
  }
  const region = (Object.keys(PagerDutyEndpoint) as RegionName[]).find((name) => new URL(PagerDutyEndpoint[name]).hostname === url.hostname);
  return { region, unknownHost: region === undefined };
}

/** Undefined for what is not a URL: reading the file has refused that already. */
function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function isRegionName(name: string): name is RegionName {
  return Object.hasOwn(PagerDutyEndpoint, name);
}

/** The region that most entries ask for; the US, where Alertmanager sends without any `url`, if there is no majority. */
function findMajorityRegion(requests: readonly RequestedRegion[]): RegionName {
  const europe = requests.filter((request) => request.region === 'eu').length;
  return europe > requests.length - europe ? 'eu' : 'us';
}

function reportGlobalUrl(
  file: AlertmanagerFile, prop: NamedEndpoint | undefined, isCustom: boolean, used: readonly PagerDutyConfig[], reporter: FindingReporter,
): void {
  const text = file.global?.pagerduty_url;
  if (!text || !used.some((config) => !config.url && !isServiceKey(config))) {
    return;
  }
  const path = ['global', 'pagerduty_url'];
  const request = resolveRegion(text);
  if (request.unknownHost && !isCustom) {
    reportUnknownHost(text, path, reporter);
  } else if (prop && request.region && request.region !== prop.name) {
    reporter.warning(path, {
      code: 'pagerduty-region-conflict',
      message: `global.pagerduty_url is PagerDuty's ${request.region.toUpperCase()} host, but the prop pagerDutyRegion says ${prop.name.toUpperCase()}: `
      + 'the prop decides for all receivers without a url of their own',
      fix: 'remove one of the two; routing keys are only known in the region where the account was opened',
    });
  }
}

function reportEntryUrls(
  used: ReadonlyMap<PagerDutyConfig, ConfigPath>, prop: NamedEndpoint | undefined, isCustom: boolean, reporter: FindingReporter,
): void {
  for (const [config, place] of used) {
    if (!config.url || isServiceKey(config)) {
      continue;
    }
    const request = resolveRegion(config.url);
    const path = [...place, 'url'];
    if (request.region) {
      reportPath(config.url, path, reporter);
    }
    if (request.unknownHost && !isCustom) {
      reportUnknownHost(config.url, path, reporter);
    } else if (prop && request.region && request.region !== prop.name) {
      reporter.warning(path, {
        code: 'pagerduty-region-conflict',
        message: `the url is PagerDuty's ${request.region.toUpperCase()} host, but the prop pagerDutyRegion says ${prop.name.toUpperCase()}: `
        + `the events of this receiver go to ${request.region.toUpperCase()}`,
        fix: 'remove the url, so that the prop decides, or acknowledge this if the receiver belongs to another account',
      });
    }
  }
}

/** Change events never page: a receiver that sends them would page after the move. */
function reportPath(text: string, path: ConfigPath, reporter: FindingReporter): void {
  const pathname = parseUrl(text)?.pathname.replace(/\/+$/, '') ?? '';
  if (pathname.startsWith('/v2/change')) {
    reporter.error(path, {
      code: 'pagerduty-url-path',
      message: 'the url is that of PagerDuty\'s change events, which do not page; the relay would send alerts, which do',
      fix: 'remove the receiver, or route alerts that must not page to a receiver without integrations',
    });
  } else if (pathname !== '' && pathname !== '/v2/enqueue') {
    reporter.warning(path, {
      code: 'pagerduty-url-path',
      message: 'only the host of the url is used; events go to /v2/enqueue of the Events API v2',
      fix: 'write the url with the path /v2/enqueue, or acknowledge this',
    });
  }
}

/** Names the host only: the path of some integrations contains their key. */
function reportUnknownHost(text: string, path: ConfigPath, reporter: FindingReporter): void {
  const hosts = Object.values(PagerDutyEndpoint).map((url) => new URL(url).hostname).join(' and ');
  reporter.error(path, {
    code: 'pagerduty-url-unknown-host',
    message: `the host "${parseUrl(text)?.host ?? ''}" is none of PagerDuty's (${hosts})`,
    fix: 'to send events there, set the prop pagerDutyRegion: PagerDutyRegion.endpoint(\'https://…\'); otherwise remove the url',
  });
}
