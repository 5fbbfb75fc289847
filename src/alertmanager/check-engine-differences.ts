import type { AlertmanagerFile, ConfigPath, ParsedConfig, RouteConfig } from './model';
import { configReporter } from './report';
import type { Finding } from '../findings/finding';
import type { FindingReporter } from '../findings/reporter';
import { isLabelName } from '../prometheus/names';

/** What Alertmanager accepts and AMP's engine might refuse, or understands differently. */
export function checkEngineDifferences(reading: ParsedConfig): readonly Finding[] {
  const reporter = configReporter(reading);
  if (reading.config) {
    warnAboutLabelNames(reading.config, reporter);
    warnAboutLocalTime(reading.config, reporter);
  }
  return reporter.findings;
}

function warnAboutLabelNames(config: AlertmanagerFile, reporter: FindingReporter): void {
  for (const { name, path, what } of namesOf(config).filter((label) => !isLabelName(label.name))) {
    reporter.warning(path, {
      code: 'amp-label-name',
      message: `the label name ${JSON.stringify(name)} ${what} has characters other than letters, digits, and underscores`,
      fix: `AMP's engine refuses the definition unless it runs in UTF-8 mode, which AWS does not document${hyphenFix(name)}`,
      subject: name,
    });
  }
}

function warnAboutLocalTime(config: AlertmanagerFile, reporter: FindingReporter): void {
  for (const path of localIntervals(config)) {
    reporter.warning(path, {
      code: 'amp-local-time',
      message: 'the location Local is the time zone of the Alertmanager\'s machine, which is UTC on AMP',
      fix: 'name the zone, such as location: Europe/Berlin; without it, the intervals move by the difference to UTC',
    });
  }
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
