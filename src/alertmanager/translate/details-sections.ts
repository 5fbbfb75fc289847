import { alertList } from './alert-list';
import { jsonLiteral, jsonSection, Section, textSection } from './section';
import { SectionName, SectionPath } from '../../contract/message';
import type { DetailsValue, PagerDutyConfig } from '../model';
import { DetailsFormat } from '../options';
import { listedAlerts } from '../templates';

/**
 * The sections of `details`: the user's own first, then the counts, and the lists of alerts, which can be very long, at the
 * very end. A key of the user's replaces Alertmanager's default of that name, even if it is empty.
 */
export function detailsSections(config: PagerDutyConfig, format: DetailsFormat): Section[] {
  const details = config.details ?? {};
  const own = Object.entries(details).flatMap(([name, value]) =>
    topLevelSections(name, value, format === DetailsFormat.TEXT ? config.details_text?.[name] : undefined));
  const defaults = Object.entries(format === DetailsFormat.STRUCTURED ? STRUCTURED_DEFAULTS : TEXT_DEFAULTS)
    .filter(([name]) => !Object.hasOwn(details, name))
    .map(([, section]) => section);
  return [...own, ...defaults];
}

const FIRING_COUNT = '{{ .Alerts.Firing | len }}';
const RESOLVED_COUNT = '{{ .Alerts.Resolved | len }}';

/** Alertmanager's defaults up to 0.29. */
const TEXT_DEFAULTS: { readonly [name: string]: Section } = {
  num_firing: textSection(detail('num_firing'), FIRING_COUNT),
  num_resolved: textSection(detail('num_resolved'), RESOLVED_COUNT),
  firing: textSection(detail('firing'), '{{ template "pagerduty.default.instances" .Alerts.Firing }}'),
  resolved: textSection(detail('resolved'), '{{ template "pagerduty.default.instances" .Alerts.Resolved }}'),
};

/** Alertmanager's defaults from 0.30 on, without its `toJson`, which AMP might not have. */
const STRUCTURED_DEFAULTS: { readonly [name: string]: Section } = {
  num_firing: jsonSection(detail('num_firing'), FIRING_COUNT),
  num_resolved: jsonSection(detail('num_resolved'), RESOLVED_COUNT),
  firing: jsonSection(detail('firing'), alertList('.Alerts.Firing')),
  resolved: jsonSection(detail('resolved'), alertList('.Alerts.Resolved')),
};

function detail(name: string): SectionPath {
  return [SectionName.DETAILS, name];
}

/**
 * Up to 0.29 every detail is a text: a number or `true` is what stands in the file, an empty value is empty. A nested value
 * only exists from 0.30 on, so what is nested keeps its types in either format. So do the default lists of alerts where they are
 * written out.
 */
function topLevelSections(name: string, value: DetailsValue, text: string | undefined): Section[] {
  return text === undefined || listedAlerts(value) ? valueSections(detail(name), value) : [textSection(detail(name), text)];
}

/** Texts are templates and get a section each; empty lists and maps, numbers, booleans and null are JSON. */
function valueSections(path: SectionPath, value: DetailsValue): Section[] {
  if (typeof value === 'string') {
    const listed = listedAlerts(value);
    return [listed ? jsonSection(path, alertList(`.Alerts.${listed}`)) : textSection(path, value)];
  }
  const entries: ReadonlyArray<readonly [string | number, DetailsValue]> =
    Array.isArray(value) ? value.map((item, index) => [index, item] as const)
      : typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entries.length === 0) {
    return [jsonSection(path, jsonLiteral(value))];
  }
  return entries.flatMap(([key, item]) => valueSections([...path, key], item));
}
