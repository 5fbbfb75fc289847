import type { AlertmanagerFile, ConfigPath, ConfigReading, RouteConfig } from './model';
import { formatPath } from './read/config-path';
import { DEFAULT_QUOTAS, Quotas } from '../amp/read-quotas';
import type { FindingCode } from '../findings/codes';
import { Finding, FindingSeverity } from '../findings/finding';
import { parseDuration } from '../prometheus/duration';

/** The quotas of AMP that an `alertmanager.yml` can exceed. AWS raises them for an account, on request. */
export type AmpLimits = Pick<Quotas, 'routes' | 'inhibitRules' | 'templates'>;

/** Notifications are remembered this long; a longer `repeat_interval` has no effect. */
const MAX_REPEAT_INTERVAL_MS = 5 * 24 * 60 * 60 * 1000;

/**
 * What is right for Alertmanager but too much for AMP.
 *
 * @param templateFiles the number of template files in the definition, the construct's own included, where it is known; otherwise the
 * entries of `templates` are counted.
 */
export function checkAmpLimits(reading: ConfigReading, limits: AmpLimits = DEFAULT_QUOTAS, templateFiles?: number): Finding[] {
  const { config } = reading;
  return config ? [
    ...checkCounts(reading, config, limits, templateFiles),
    ...checkRepeatIntervals(reading, config.route, ['route']),
  ] : [];
}

function checkCounts(reading: ConfigReading, config: AlertmanagerFile, limits: AmpLimits, templateFiles?: number): Finding[] {
  const tooMany = (count: number, limit: keyof AmpLimits, what: string, path: ConfigPath, code: FindingCode, remedy: string): Finding[] =>
    count <= limits[limit] ? [] : [{
      code,
      severity: FindingSeverity.ERROR,
      message: `the configuration has ${count} ${what}, and AMP takes ${limits[limit]}`,
      fix: `${remedy}; if AWS has raised the quota, say so with the prop quotas: { ${limit}: … }`,
      ...placeOf(reading, path),
    }];
  return [
    ...tooMany(countRoutes(config.route), 'routes', 'routes', ['route'], 'amp-too-many-routes',
      'join routes that differ only in the values of a label into one with a regular expression'),
    ...tooMany(config.inhibit_rules?.length ?? 0, 'inhibitRules', 'inhibit rules', ['inhibit_rules'], 'amp-too-many-inhibit-rules',
      'join rules that differ only in the values of a label into one with a regular expression'),
    ...tooMany(templateFiles ?? config.templates?.length ?? 0, 'templates', 'template files', ['templates'], 'amp-too-many-templates',
      'join several template files into one: the construct adds a file of its own for the messages'),
  ];
}

function countRoutes(route: RouteConfig): number {
  return route.routes.reduce((sum, child) => sum + countRoutes(child), 1);
}

function checkRepeatIntervals(reading: ConfigReading, route: RouteConfig, path: ConfigPath): Finding[] {
  const interval = route.repeat_interval === undefined ? undefined : parseDuration(route.repeat_interval);
  const own: Finding[] = interval === undefined || interval <= MAX_REPEAT_INTERVAL_MS ? [] : [{
    code: 'amp-repeat-interval-too-long',
    severity: FindingSeverity.WARNING,
    message: `repeat_interval is ${route.repeat_interval}, and AMP repeats after 5 days at the latest`,
    fix: 'write 5d or less, so that the file says what happens',
    ...placeOf(reading, [...path, 'repeat_interval']),
  }];
  return [...own, ...route.routes.flatMap((child, index) => checkRepeatIntervals(reading, child, [...path, 'routes', index]))];
}

function placeOf(reading: ConfigReading, path: ConfigPath): Pick<Finding, 'path' | 'position'> {
  const position = reading.positionOf(path);
  return { path: formatPath(path), ...(position ? { position } : {}) };
}
