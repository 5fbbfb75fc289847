import { compareMatchers, printMatcher } from '../matchers/print';
import type { MatcherConfig } from '../model';

/**
 * Alertmanager's key of a route: the matchers of every route from the root down, for example `{}/{severity="page"}`. The
 * dedup key of PagerDuty is made from it, so it must be the one that Alertmanager itself would use, to the byte.
 *
 * @param parentKey the key of the route above; undefined for the root.
 */
export function routeKey(parentKey: string | undefined, matchers: readonly MatcherConfig[]): string {
  const own = `{${[...matchers].sort(compareMatchers).map(printMatcher).join(',')}}`;
  return parentKey === undefined ? own : `${parentKey}/${own}`;
}
