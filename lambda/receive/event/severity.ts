import { PAGERDUTY_SEVERITIES, type PagerDutySeverity } from '../../../src/contract/pagerduty-event';
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
  const severity = Object.hasOwn(map, name) ? map[name] : PAGERDUTY_SEVERITIES.find((known) => known === name);
  return severity === undefined ? { severity: DEFAULT_SEVERITY, isUnknown: true } : { severity, isUnknown: false };
}

export function isSeverityMap(value: unknown): value is SeverityMap {
  return isRecord(value) && Object.values(value).every((severity) => PAGERDUTY_SEVERITIES.some((known) => known === severity));
}

/** The first of PagerDuty's severities, worst first, that any alert has; or what one of them says instead. */
export function worstSeverity(printed: ReadonlyArray<string | undefined>): string | undefined {
  const names = printed.map((severity) => severity?.trim().toLowerCase());
  return PAGERDUTY_SEVERITIES.find((known) => names.includes(known)) ?? printed.find((severity) => severity !== undefined);
}
