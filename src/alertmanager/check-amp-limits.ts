import type { AlertmanagerFile, ConfigPath, ParsedConfig, RouteConfig } from './model';
import { configReporter } from './report';
import { DEFAULT_QUOTAS, Quotas } from '../amp/read-quotas';
import type { FindingCode } from '../findings/codes';
import type { Finding } from '../findings/finding';
import type { FindingReporter } from '../findings/reporter';
import { parseDuration } from '../prometheus/duration';

/** The quotas of AMP that an `alertmanager.yml` can exceed. AWS raises them for an account, on request. */
export type AmpLimits = Pick<Quotas, 'routes' | 'inhibitRules' | 'templates'>;

/** What the definition has beside the configuration. */
export interface DefinitionCounts {
  /** The template files of the definition, the construct's own included. If undefined, the entries of `templates` count. */
  readonly templateFiles?: number;
  /** Whether it has the route of the heartbeat. */
  readonly heartbeat?: boolean;
}

/** Notifications are remembered this long; a longer `repeat_interval` has no effect. */
const MAX_REPEAT_INTERVAL_MS = 5 * 24 * 60 * 60 * 1000;

/**
 * What is right for Alertmanager but too much for AMP.
 *
 * @param definition what is known of the definition beside the configuration.
 */
export function checkAmpLimits(reading: ParsedConfig, limits: AmpLimits = DEFAULT_QUOTAS, definition: DefinitionCounts = {}): readonly Finding[] {
  const reporter = configReporter(reading);
  if (reading.config) {
    checkCounts(reading.config, limits, definition, reporter);
    checkRepeatIntervals(reading.config.route, ['route'], reporter);
  }
  return reporter.findings;
}

function checkCounts(config: AlertmanagerFile, limits: AmpLimits, { templateFiles, heartbeat }: DefinitionCounts, reporter: FindingReporter): void {
  const refuseMoreThan = (limit: keyof AmpLimits, count: number, what: string, path: ConfigPath, code: FindingCode, remedy: string): void => {
    if (count > limits[limit]) {
      reporter.error(path, {
        code,
        message: `the configuration has ${count} ${what}, and AMP takes ${limits[limit]}`,
        fix: `${remedy}; if AWS has raised the quota, set the prop quotas: { ${limit}: … }`,
      });
    }
  };
  const routes = heartbeat ? 'routes with the one of the heartbeat' : 'routes';
  refuseMoreThan('routes', countRoutes(config.route) + (heartbeat ? 1 : 0), routes, ['route'], 'amp-too-many-routes',
    `join routes that differ only in the values of a label into one with a regular expression${heartbeat ? ', or set heartbeat: false' : ''}`);
  refuseMoreThan('inhibitRules', config.inhibit_rules?.length ?? 0, 'inhibit rules', ['inhibit_rules'], 'amp-too-many-inhibit-rules',
    'join rules that differ only in the values of a label into one with a regular expression');
  refuseMoreThan('templates', templateFiles ?? config.templates?.length ?? 0, 'template files', ['templates'], 'amp-too-many-templates',
    'join several template files into one: the construct adds a file of its own for the messages');
}

function countRoutes(route: RouteConfig): number {
  return route.routes.reduce((sum, child) => sum + countRoutes(child), 1);
}

function checkRepeatIntervals(route: RouteConfig, path: ConfigPath, reporter: FindingReporter): void {
  const interval = route.repeat_interval === undefined ? undefined : parseDuration(route.repeat_interval);
  if (interval !== undefined && interval > MAX_REPEAT_INTERVAL_MS) {
    reporter.warning([...path, 'repeat_interval'], {
      code: 'amp-repeat-interval-too-long',
      message: `repeat_interval is ${route.repeat_interval}, and AMP repeats after 5 days at the latest`,
      fix: 'write 5d or less, so that the file says what happens',
    });
  }
  route.routes.forEach((child, index) => checkRepeatIntervals(child, [...path, 'routes', index], reporter));
}
