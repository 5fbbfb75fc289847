import { PAGERDUTY_SEVERITIES, SEVERITY_ALIASES, type PagerDutySeverity } from '../../../src/contract/pagerduty-event';
import { isRecord } from '../../shared/guards';

/** From a severity as templates print it, lower case, to one that PagerDuty accepts. */
export type SeverityMap = Readonly<Record<string, PagerDutySeverity>>;

/** What Alertmanager sends when nothing is configured. */
export const DEFAULT_SEVERITY: PagerDutySeverity = 'error';

export interface NormalizedSeverity {
  readonly severity: PagerDutySeverity;
  /** It was neither one of PagerDuty's nor in the map: PagerDuty would have refused the event. */
  readonly isUnknown: boolean;
}

/** The severity for PagerDuty, which refuses an event with any other than its four in lower case. */
export function normalizeSeverity(printed: string | undefined, map: SeverityMap): NormalizedSeverity {
  if (printed === undefined) return { severity: DEFAULT_SEVERITY, isUnknown: false };
  const name = printed.trim().toLowerCase();
  const severity = resolveSeverity(name, map) ?? worstOfList(name, map);
  return severity === undefined ? { severity: DEFAULT_SEVERITY, isUnknown: true } : { severity, isUnknown: false };
}

/** The severity that a name means: the map first, then PagerDuty's own, then their aliases. */
function resolveSeverity(name: string, map: SeverityMap): PagerDutySeverity | undefined {
  if (Object.hasOwn(map, name)) return map[name];
  return PAGERDUTY_SEVERITIES.find((known) => known === name) ?? (Object.hasOwn(SEVERITY_ALIASES, name) ? SEVERITY_ALIASES[name] : undefined);
}

/** A template over all alerts prints the severity of each. Undefined if anything but severities and separators is printed. */
function worstOfList(printed: string, map: SeverityMap): PagerDutySeverity | undefined {
  const severities = printed.split(/[\s,;|/]+/).filter((name) => name !== '').map((name) => resolveSeverity(name, map));
  return severities.includes(undefined) ? undefined : PAGERDUTY_SEVERITIES.find((known) => severities.includes(known));
}

export function isSeverityMap(value: unknown): value is SeverityMap {
  return isRecord(value) && Object.values(value).every((severity) => PAGERDUTY_SEVERITIES.some((known) => known === severity));
}

/** The first of PagerDuty's severities, worst first, that any alert has; or what one of them says instead. */
export function worstSeverity(printed: ReadonlyArray<string | undefined>): string | undefined {
  const names = printed.map((severity) => severity && resolveSeverity(severity.trim().toLowerCase(), {}));
  return PAGERDUTY_SEVERITIES.find((known) => names.includes(known)) ?? printed.find((severity) => severity !== undefined);
}
