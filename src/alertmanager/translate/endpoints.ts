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
interface Wish {
  /** Undefined: a host that is not PagerDuty's, or no wish at all. */
  readonly region?: RegionName;
  readonly foreign: boolean;
}

type RegionName = keyof typeof PagerDutyEndpoint;
const NO_WISH: Wish = { foreign: false };

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
  const globalWish = prop && !custom ? NO_WISH : wishOf(file.global?.pagerduty_url);
  const wishes = new Map<PagerDutyConfig, Wish>();
  for (const config of used.keys()) {
    wishes.set(config, wishOfEntry(config, globalWish));
  }
  const defaultName = prop?.name ?? mostWanted([...wishes.values()]);
  reportGlobalUrl(file, prop, custom !== undefined, [...used.keys()], reporter);
  reportEntryUrls(used, prop, custom !== undefined, reporter);
  return {
    urls: { ...PagerDutyEndpoint, ...(custom && { [custom.name]: custom.url }) },
    defaultName,
    // Without the prop, an entry that asks for nothing means the US, whatever most others ask for.
    of: (config) => wishes.get(config)?.region ?? prop?.name ?? 'us',
  };
}

/** The v1 API exists in the US only, and Alertmanager ignores every `url` for it. */
function wishOfEntry(config: PagerDutyConfig, globalWish: Wish): Wish {
  if (isServiceKey(config)) {
    return NO_WISH;
  }
  return config.url ? wishOf(config.url) : globalWish;
}

function wishOf(text: string | undefined): Wish {
  const url = text ? parseUrl(text) : undefined;
  if (!url) {
    return NO_WISH;
  }
  const region = (Object.keys(PagerDutyEndpoint) as RegionName[]).find((name) => new URL(PagerDutyEndpoint[name]).hostname === url.hostname);
  return { region, foreign: region === undefined };
}

/** Undefined for what is no URL: reading the file has refused that already. */
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
function mostWanted(wishes: readonly Wish[]): RegionName {
  const europe = wishes.filter((wish) => wish.region === 'eu').length;
  return europe > wishes.length - europe ? 'eu' : 'us';
}

function reportGlobalUrl(
  file: AlertmanagerFile, prop: NamedEndpoint | undefined, isCustom: boolean, used: readonly PagerDutyConfig[], reporter: FindingReporter,
): void {
  const text = file.global?.pagerduty_url;
  if (!text || !used.some((config) => !config.url && !isServiceKey(config))) {
    return;
  }
  const path = ['global', 'pagerduty_url'];
  const wish = wishOf(text);
  if (wish.foreign && !isCustom) {
    reportForeign(text, path, reporter);
  } else if (prop && wish.region && wish.region !== prop.name) {
    reporter.warning(path, {
      code: 'pagerduty-region-conflict',
      message: `global.pagerduty_url is PagerDuty's ${wish.region.toUpperCase()} host, but the prop pagerDutyRegion says ${prop.name.toUpperCase()}: `
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
    const wish = wishOf(config.url);
    const path = [...place, 'url'];
    if (wish.foreign && !isCustom) {
      reportForeign(config.url, path, reporter);
    } else if (prop && wish.region && wish.region !== prop.name) {
      reporter.warning(path, {
        code: 'pagerduty-region-conflict',
        message: `the url is PagerDuty's ${wish.region.toUpperCase()} host, but the prop pagerDutyRegion says ${prop.name.toUpperCase()}: `
        + `the events of this receiver go to ${wish.region.toUpperCase()}`,
        fix: 'remove the url, so that the prop decides, or acknowledge this if the receiver belongs to another account',
      });
    }
  }
}

/** Names the host only: the path of some integrations contains their key. */
function reportForeign(text: string, path: ConfigPath, reporter: FindingReporter): void {
  const hosts = Object.values(PagerDutyEndpoint).map((url) => new URL(url).hostname).join(' and ');
  reporter.error(path, {
    code: 'pagerduty-url-unknown-host',
    message: `the host "${parseUrl(text)?.host ?? ''}" is none of PagerDuty's (${hosts})`,
    fix: 'if events shall go there, say so with the prop pagerDutyRegion: PagerDutyRegion.endpoint(\'https://…\'); otherwise remove the url',
  });
}
