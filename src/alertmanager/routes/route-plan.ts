import { routeKey } from './route-key';
import type { RouteConfig } from '../model';

/** What a route does, with everything that it inherits from the routes above. */
export interface PlannedRoute {
  readonly source: RouteConfig;
  /** The receiver of the alerts that end here. */
  readonly receiver: string;
  readonly key: string;
  readonly grouping: GroupBy;
  readonly children: readonly PlannedRoute[];
}

/** The labels that a route groups by; `all` is `group_by: ['...']`. */
export type GroupBy = 'all' | readonly string[];

/** Resolves inheritance in a tree of routes, as Alertmanager does when it starts. */
export function planRoutes(root: RouteConfig): PlannedRoute {
  return planRoute(root, undefined);
}

function planRoute(source: RouteConfig, parent: Omit<PlannedRoute, 'children'> | undefined): PlannedRoute {
  const own = {
    source,
    receiver: source.receiver || (parent?.receiver ?? ''),
    key: routeKey(parent?.key, source.matchers),
    grouping: ownGrouping(source) ?? parent?.grouping ?? [],
  };
  return { ...own, children: source.routes.map((child) => planRoute(child, own)) };
}

/** An empty `group_by` is none at all to Alertmanager up to 0.30, so that it inherits. */
function ownGrouping(route: RouteConfig): GroupBy | undefined {
  if (!route.group_by || route.group_by.length === 0) {
    return undefined;
  }
  return route.group_by.includes('...') ? 'all' : route.group_by;
}

/** The route and all below it, each before its children: the order in which Alertmanager tries them. */
export function everyRoute(route: PlannedRoute): PlannedRoute[] {
  return [route, ...route.children.flatMap(everyRoute)];
}
