import type { AlertmanagerFile, ConfigPath, ConfigReading, RouteConfig } from './model';
import { formatPath } from './read/config-path';
import type { FindingCode } from '../findings/codes';
import { Finding, FindingSeverity } from '../findings/finding';
import { isLabelName } from '../prometheus/names';

/** What Alertmanager accepts and AMP's engine might refuse, or understands differently. */
export function checkEngineDifferences(reading: ConfigReading): Finding[] {
  const { config } = reading;
  if (!config) {
    return [];
  }
  return [
    ...namesOf(config).filter(({ name }) => !isLabelName(name)).map(({ name, path, what }) => warning(reading, 'amp-label-name', path,
      `the label name ${JSON.stringify(name)} ${what} has characters other than letters, digits, and underscores`,
      `AMP's engine refuses the definition unless it runs in UTF-8 mode, which AWS does not document${hyphenFix(name)}`)),
    ...localIntervals(config).map((path) => warning(reading, 'amp-local-time', path,
      'the location Local is the time zone of the Alertmanager\'s machine, which is UTC on AMP',
      'name the zone, such as location: Europe/Berlin; without it, the intervals move by the difference to UTC')),
  ];
}

interface NamedLabel {
  readonly name: string;
  readonly path: ConfigPath;
  readonly what: string;
}

function namesOf(config: AlertmanagerFile): NamedLabel[] {
  return [
    ...namesOfRoute(config.route, ['route']),
    ...(config.inhibit_rules ?? []).flatMap((rule, index) => [
      ...rule.source_matchers.map(({ name }) => ({ name, path: ['inhibit_rules', index, 'source_matchers'], what: 'in a matcher' })),
      ...rule.target_matchers.map(({ name }) => ({ name, path: ['inhibit_rules', index, 'target_matchers'], what: 'in a matcher' })),
      ...(rule.equal ?? []).map((name, position) => ({ name, path: ['inhibit_rules', index, 'equal', position], what: 'in equal' })),
    ]),
  ];
}

function namesOfRoute(route: RouteConfig, path: ConfigPath): NamedLabel[] {
  return [
    ...(route.group_by ?? []).map((name, index) => ({ name, path: [...path, 'group_by', index], what: 'in group_by' })).filter(({ name }) => name !== '...'),
    ...route.matchers.map(({ name }) => ({ name, path: [...path, 'matchers'], what: 'in a matcher' })),
    ...route.routes.flatMap((child, index) => namesOfRoute(child, [...path, 'routes', index])),
  ];
}

/** Prometheus turns what a label name cannot have into underscores, so such a name is most often a typing error. */
function hyphenFix(name: string): string {
  const corrected = name.replace(/[^a-zA-Z0-9_]/g, '_').replace(/^(?=[0-9])/, '_');
  return isLabelName(corrected) ? `; if ${corrected} is meant, write that, otherwise acknowledge this warning` : '';
}

function localIntervals(config: AlertmanagerFile): ConfigPath[] {
  return (['time_intervals', 'mute_time_intervals'] as const).flatMap((field) => (config[field] ?? []).flatMap((interval, index) =>
    interval.time_intervals.flatMap((each, position) => (isLocal(each) ? [[field, index, 'time_intervals', position, 'location']] : []))));
}

function isLocal(interval: unknown): boolean {
  return typeof interval === 'object' && interval !== null && 'location' in interval && interval.location === 'Local';
}

function warning(reading: ConfigReading, code: FindingCode, path: ConfigPath, message: string, fix: string): Finding {
  const position = reading.positionOf(path);
  return { code, severity: FindingSeverity.WARNING, message, fix, path: formatPath(path), ...(position ? { position } : {}) };
}
