import type { Alert } from './alerts';
import { MAX_SYSDIG_SEVERITY, SYSDIG_SEVERITIES, type SysdigSettings } from '../../../src/contract/sysdig';

/** Where an alert has its severity. The annotation is the place that Sysdig's own article uses. */
const SEVERITY = 'severity';

/**
 * The severity of an event: the worst of its alerts, that is, the lowest number. An alert that is resolved does not make an event worse
 * that others fire in.
 *
 * @returns undefined if no alert has a severity that is known.
 */
export function worstSeverity(alerts: readonly Alert[], { severities = {} }: Pick<SysdigSettings, 'severities'>): number | undefined {
  const firing = alerts.filter(({ status }) => status === 'firing');
  const known = (firing.length > 0 ? firing : alerts).map((alert) => severityOf(alert, severities)).filter((severity) => severity !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function severityOf({ annotations, labels }: Alert, severities: { readonly [name: string]: number }): number | undefined {
  return [annotations, labels].map((pairs) => (Object.hasOwn(pairs, SEVERITY) ? parseSeverity(pairs[SEVERITY], severities) : undefined))
    .find((severity) => severity !== undefined);
}

/** A number from 0 to 7, or one of the names. The user's own names come first. */
export function parseSeverity(text: string, severities: { readonly [name: string]: number } = {}): number | undefined {
  const name = text.trim().toLowerCase();
  if (Object.hasOwn(severities, name)) return severities[name];
  if (/^\d$/.test(name) && Number(name) <= MAX_SYSDIG_SEVERITY) return Number(name);
  return Object.hasOwn(SYSDIG_SEVERITIES, name) ? SYSDIG_SEVERITIES[name] : undefined;
}
