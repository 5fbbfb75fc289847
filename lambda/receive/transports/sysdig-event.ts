import { commonPairs, type Alert } from './alerts';
import { sysdigScope } from './sysdig-scope';
import { parseSeverity, worstSeverity } from './sysdig-severity';
import type { GroupHead } from '../../../src/contract/message';
import type { SysdigEvent, SysdigSettings } from '../../../src/contract/sysdig';

/** What an event is made of. */
export interface SysdigData {
  readonly head: Pick<GroupHead, 'status' | 'receiver' | 'firing' | 'resolved' | 'groupLabels'>;
  readonly settings: SysdigSettings;
  /** The alerts that arrived, in Alertmanager's order. */
  readonly alerts: readonly Alert[];
}

/** The limits of Sysdig are not published. These are ours. */
const MAX_DESCRIPTION_CHARACTERS = 8192;
const MAX_NAMES = 3;
const MAX_VALUES = 20;

/** The tag with the status of an event, unless a label has this name. */
const STATUS_TAG = 'status';

/**
 * The event of a notification. Annotations that all alerts share are the scope, labels that all alerts share are the tags, and what has
 * no place in either stands in the description, so that nothing is lost. A resolved group is an event of its own: events have no state.
 */
export function sysdigEvent({ head, settings, alerts }: SysdigData): SysdigEvent & { readonly isSeverityKnown: boolean } {
  const sent = settings.maxAlerts === undefined ? alerts : alerts.slice(0, settings.maxAlerts);
  // That of the group, even if no alert that fires is among those that arrived.
  const { status } = head;
  const labels = commonPairs(sent.map((alert) => alert.labels));
  const annotations = commonPairs(sent.map((alert) => alert.annotations));
  const scope = sysdigScope(annotations, settings);
  const severity = worstSeverity(sent, settings);
  const name = nameOf(head, sent);
  const description = describe({ head, settings, sent, labels: new Map(labels), annotations: new Map(annotations), inScope: scope.annotations });
  return {
    name: status === 'resolved' ? `${name} (resolved)` : name,
    ...(description !== '' && { description }),
    severity: severity ?? settings.defaultSeverity,
    ...(scope.text !== undefined && { scope: scope.text }),
    tags: { [STATUS_TAG]: status, ...Object.fromEntries(labels) },
    isSeverityKnown: severity !== undefined,
  };
}

function nameOf({ groupLabels, receiver }: SysdigData['head'], alerts: readonly Alert[]): string {
  const grouped = groupLabels.find(([label]) => label === 'alertname')?.[1];
  if (grouped !== undefined && grouped !== '') return grouped;
  const names = [...new Set(alerts.map(({ labels }) => labels.alertname ?? '').filter((name) => name !== ''))];
  return names.length === 0 ? receiver : listed(names, MAX_NAMES);
}

interface Described extends Pick<SysdigData, 'head' | 'settings'> {
  readonly sent: readonly Alert[];
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  readonly inScope: ReadonlySet<string>;
}

/** The annotation that describes the alerts, and a line for whatever else the event does not say. */
function describe({ head, settings, sent, labels, annotations, inScope }: Described): string {
  const lead = ['description', 'summary', 'message'].find((name) => !inScope.has(name) && (annotations.get(name) ?? '') !== '');
  const isTold = (name: string): boolean => name === lead || inScope.has(name);
  const missing = head.firing + head.resolved - sent.length;
  const lines = [
    ...(sent.length + missing > 1 ? [`alerts: ${head.firing} firing, ${head.resolved} resolved`] : []),
    ...linesOf(sent.map((alert) => withoutSeverity(alert.annotations, settings)), isTold),
    ...linesOf(sent.map((alert) => alert.labels), (name) => labels.has(name)),
    ...(missing > 0 ? [`alerts not shown: ${missing}`] : []),
  ];
  const text = [...(lead === undefined ? [] : [annotations.get(lead) ?? '']), ...(lines.length === 0 ? [] : [lines.join('\n')])].join('\n\n');
  const characters = [...text];
  return characters.length <= MAX_DESCRIPTION_CHARACTERS ? text : `${characters.slice(0, MAX_DESCRIPTION_CHARACTERS - 1).join('')}…`;
}

/** The severity of an event says it, if it is one that is known. */
function withoutSeverity(annotations: Alert['annotations'], { severities }: SysdigSettings): Alert['annotations'] {
  const { severity, ...others } = annotations;
  return severity === undefined || parseSeverity(severity, severities) !== undefined ? others : annotations;
}

function linesOf(maps: ReadonlyArray<Readonly<Record<string, string>>>, isTold: (name: string) => boolean): string[] {
  const names = [...new Set(maps.flatMap(Object.keys))].filter((name) => !isTold(name)).sort();
  return names.map((name) => `${name}: ${listed([...new Set(maps.flatMap((map) => (Object.hasOwn(map, name) ? [map[name]] : [])))], MAX_VALUES)}`);
}

function listed(values: readonly string[], most: number): string {
  const rest = values.length - most;
  return `${values.slice(0, most).join(', ')}${rest > 0 ? `, and ${rest} more` : ''}`;
}
