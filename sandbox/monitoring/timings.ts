import { milliseconds } from './duration';
import { formatDuration } from '../../src/prometheus/duration';
import { GoMap, GoScalar } from '../yaml/go-yaml';

/** Maximum waits and intervals in the sandbox, in milliseconds. Shorter ones stay unchanged. */
export interface Timings {
  /** Routes: `group_wait`. */
  readonly groupWait: number;
  /** Routes: `group_interval`. */
  readonly groupInterval: number;
  /** Rule groups: `interval`. */
  readonly ruleInterval: number;
  /** Alerting rules: `for` and `keep_firing_for`. */
  readonly pending: number;
}

/** For comparisons: every route waits exactly this long, whatever it says, and repeats nothing. In milliseconds. */
export interface Rhythm {
  readonly groupWait: number;
  readonly groupInterval: number;
}

const NEVER_REPEAT = '120h';

/** What one wants to watch: seconds instead of minutes. */
export const SHORT_TIMINGS: Timings = { groupWait: 1000, groupInterval: 1000, ruleInterval: 1000, pending: 2000 };

/** Alertmanager's and Prometheus' own defaults, for what a file does not say. */
const DEFAULTS = { group_wait: '30s', group_interval: '5m', interval: '1m' } as const;

/** Shortens the waits of a route and the routes below it. Returns what was changed, in words. */
export function shortenRoute(route: GoMap, timings: Timings): string[] {
  // The root says it for all below it that say nothing themselves.
  const changes = [
    ...shorten(route, 'group_wait', timings.groupWait, DEFAULTS.group_wait),
    ...shorten(route, 'group_interval', timings.groupInterval, DEFAULTS.group_interval),
  ];
  return [...changes, ...route.maps('routes').flatMap((child) => shortenChild(child, timings))];
}

/** Makes the route and all routes below it wait for the rhythm and nothing else. Returns what was changed, in words. */
export function setRhythm(route: GoMap, { groupWait, groupInterval }: Rhythm): string[] {
  route.set('group_wait', new GoScalar(formatDuration(groupWait)));
  route.set('group_interval', new GoScalar(formatDuration(groupInterval)));
  route.set('repeat_interval', new GoScalar(NEVER_REPEAT));
  route.maps('routes').forEach(inheritTimings);
  return [`every route: group_wait ${formatDuration(groupWait)}, group_interval ${formatDuration(groupInterval)}, repeat_interval ${NEVER_REPEAT}`];
}

function inheritTimings(route: GoMap): void {
  ['group_wait', 'group_interval', 'repeat_interval'].forEach((name) => route.delete(name));
  route.maps('routes').forEach(inheritTimings);
}

function shortenChild(route: GoMap, timings: Timings): string[] {
  return [
    ...shorten(route, 'group_wait', timings.groupWait),
    ...shorten(route, 'group_interval', timings.groupInterval),
    ...route.maps('routes').flatMap((child) => shortenChild(child, timings)),
  ];
}

/** Shortens the intervals and waits of a rule file. Returns what was changed, in words. */
export function shortenRules(file: GoMap, timings: Timings): string[] {
  return file.maps('groups').flatMap((group) => [
    ...shorten(group, 'interval', timings.ruleInterval, DEFAULTS.interval),
    ...group.maps('rules').flatMap((rule) => [
      ...shorten(rule, 'for', timings.pending),
      ...shorten(rule, 'keep_firing_for', timings.pending),
    ]),
  ]);
}

function shorten(map: GoMap, name: string, longest: number, byDefault?: string): string[] {
  const value = map.text(name) ?? byDefault;
  if (value === undefined || milliseconds(value) <= longest) {
    return [];
  }
  map.set(name, new GoScalar(formatDuration(longest)));
  return [`${name} ${value} -> ${formatDuration(longest)}`];
}
