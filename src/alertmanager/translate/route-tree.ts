import type { ReceiverCopies } from './receiver-copies';
import type { YamlMap } from './yaml-writer';
import { writeMatcher } from '../matchers/print';
import { Incidents } from '../options';
import type { GroupBy, PlannedRoute } from '../routes/route-plan';

/** What decides how the tree of routes is written. */
export interface RouteTreeContext {
  readonly receivers: ReceiverCopies;
  readonly incidents: Incidents;
  /** Whether the receiver of this name in the user's file sends anything to PagerDuty. */
  pages(receiver: string): boolean;
}

/** The tree of routes for the definition: the user's own, with matchers in one syntax and receivers under their new names. */
export function routeTree(root: PlannedRoute, context: RouteTreeContext): YamlMap {
  return writeRoute(root, { grouping: [] }, context);
}

/** What Alertmanager would take from the route above if nothing was written. */
interface Inherited {
  readonly receiver?: string;
  readonly grouping: GroupBy;
}

function writeRoute(route: PlannedRoute, inherited: Inherited, context: RouteTreeContext): YamlMap {
  const { source } = route;
  const receiver = context.receivers.nameFor(route);
  const grouping = context.incidents === Incidents.PER_ALERT && context.pages(route.receiver) ? 'all' : route.grouping;
  return {
    receiver: receiver === inherited.receiver ? undefined : receiver,
    group_by: context.incidents === Incidents.PER_GROUP ? source.group_by : regrouped(grouping, inherited.grouping),
    continue: source.continue || undefined,
    matchers: listOrNothing(source.matchers.map(writeMatcher)),
    group_wait: source.group_wait,
    group_interval: source.group_interval,
    repeat_interval: source.repeat_interval,
    mute_time_intervals: listOrNothing(source.mute_time_intervals),
    active_time_intervals: listOrNothing(source.active_time_intervals),
    routes: listOrNothing(route.children.map((child) => writeRoute(child, { receiver, grouping }, context))),
  };
}

/**
 * With an incident per alert, what pages is regrouped, and what does not must not inherit that. With one per group every
 * route keeps the list that it has, also an empty one: up to 0.30 Alertmanager inherits then, later versions group everything
 * together, and AMP's engine decides which it is.
 */
function regrouped(grouping: GroupBy, inherited: GroupBy): readonly string[] | undefined {
  return sameGrouping(grouping, inherited) ? undefined : writeGrouping(grouping);
}

function sameGrouping(a: GroupBy, b: GroupBy): boolean {
  return a === 'all' || b === 'all' ? a === b : a.length === b.length && a.every((label, index) => label === b[index]);
}

/**
 * Alertmanager has no way to write "no labels" below a route that groups by some: an empty list inherits. A label that no
 * alert has, gives the one group that is meant.
 */
const NO_LABEL = '__ungrouped__';

function writeGrouping(grouping: GroupBy): readonly string[] {
  if (grouping === 'all') {
    return ['...'];
  }
  return grouping.length === 0 ? [NO_LABEL] : grouping;
}

function listOrNothing<T>(list: readonly T[] | undefined): readonly T[] | undefined {
  return list && list.length > 0 ? list : undefined;
}
