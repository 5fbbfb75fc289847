import { heartbeatReceiver, heartbeatRoute, withoutHeartbeat } from './heartbeat-route';
import type { OwnTemplates } from './own-templates';
import type { ReceiverCopies, ReceiverCopy } from './receiver-copies';
import { routeTree } from './route-tree';
import type { Topic } from './sns-config';
import { withUserReceiverName } from './user-receiver-name';
import { writeYaml, YamlMap, YamlValue } from './yaml-writer';
import { writeMatcher } from '../matchers/print';
import type { AlertmanagerFile, InhibitRuleConfig, ReceiverConfig, TemplateFile, TimeIntervalConfig } from '../model';
import type { Incidents } from '../options';
import type { PlannedRoute } from '../routes/route-plan';

/** The parts of a definition that are decided before it is written. */
export interface DefinitionParts {
  readonly file: AlertmanagerFile;
  readonly templates: readonly TemplateFile[];
  readonly routes: PlannedRoute;
  readonly receivers: ReceiverCopies;
  readonly incidents: Incidents;
  /** The templates of the construct, which `integrations` adds to. */
  readonly ownTemplates: OwnTemplates;
  /** Where the heartbeat is published to, if there is one. */
  readonly heartbeat?: Topic;
  /** The `sns_configs` of a receiver. */
  integrations(copy: ReceiverCopy): readonly YamlMap[];
}

/**
 * AMP's alert manager definition: the template files, and Alertmanager's configuration as a text in it.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-config.html
 */
export function writeDefinition(parts: DefinitionParts): string {
  // Writing the receivers defines the construct's templates.
  const written = receivers(parts);
  const own = parts.ownTemplates.file();
  const templates = [...parts.templates.map(({ name, text }) => ({ name, text: withUserReceiverName(text) })), ...(own ? [own] : [])];
  return writeYaml({
    template_files: templates.length > 0 ? Object.fromEntries(templates.map(({ name, text }) => [name, text])) : undefined,
    alertmanager_config: writeYaml(alertmanagerConfig(parts, templates.map(({ name }) => name), written)),
  });
}

/** In the order in which Alertmanager's documentation lists the sections. */
function alertmanagerConfig(parts: DefinitionParts, templates: readonly string[], written: readonly YamlMap[]): YamlMap {
  const { file } = parts;
  const intervals = [...(file.time_intervals ?? []), ...(file.mute_time_intervals ?? [])];
  const paging = new Set(file.receivers.filter((receiver) => receiver.pagerduty_configs.length > 0).map((receiver) => receiver.name));
  return {
    global: file.global?.resolve_timeout ? { resolve_timeout: file.global.resolve_timeout } : undefined,
    templates: templates.length > 0 ? templates : undefined,
    route: withHeartbeat(parts, routeTree(parts.routes, {
      receivers: parts.receivers, incidents: parts.incidents, pages: (name) => paging.has(name),
    })),
    inhibit_rules: file.inhibit_rules?.length ? file.inhibit_rules.map((rule) => inhibitRule(rule, parts.heartbeat !== undefined)) : undefined,
    receivers: parts.heartbeat === undefined ? written : [...written, heartbeatReceiver(parts.heartbeat)],
    time_intervals: intervals.length > 0 ? intervals.map(timeInterval) : undefined,
  };
}

/** A receiver that sends nothing, or that no route leads to, stays as a name. */
function receivers(parts: DefinitionParts): YamlMap[] {
  const copies = new Map<ReceiverConfig, ReceiverCopy[]>();
  for (const copy of parts.receivers.copies) {
    copies.set(copy.source, [...copies.get(copy.source) ?? [], copy]);
  }
  return parts.file.receivers.flatMap((receiver): YamlMap[] =>
    copies.get(receiver)?.map((copy) => ({ name: copy.name, sns_configs: parts.integrations(copy) })) ?? [{ name: receiver.name }]);
}

/** The route of the heartbeat comes first. No key of another route depends on its place. */
function withHeartbeat(parts: DefinitionParts, root: YamlMap): YamlMap {
  const { routes } = root;
  return parts.heartbeat === undefined ? root : { ...root, routes: [heartbeatRoute(), ...(Array.isArray(routes) ? routes : [])] };
}

function inhibitRule(rule: InhibitRuleConfig, hasHeartbeat: boolean): YamlMap {
  const written = {
    source_matchers: rule.source_matchers.length > 0 ? rule.source_matchers.map(writeMatcher) : undefined,
    target_matchers: rule.target_matchers.length > 0 ? rule.target_matchers.map(writeMatcher) : undefined,
    equal: rule.equal?.length ? rule.equal : undefined,
  };
  return hasHeartbeat ? withoutHeartbeat(written) : written;
}

/** `mute_time_intervals` is the old name of `time_intervals`; routes refer to both alike. */
function timeInterval(interval: TimeIntervalConfig): YamlMap {
  return { name: interval.name, time_intervals: interval.time_intervals.map(toYaml) };
}

/** Intervals are passed on as they were read; whatever is not a string, list or map in them is written as text. */
function toYaml(value: unknown): YamlValue {
  if (Array.isArray(value)) {
    return value.map(toYaml);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toYaml(item)]));
  }
  return value === null || typeof value === 'boolean' ? value : String(value);
}
