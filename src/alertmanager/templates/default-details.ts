/** The default details of Alertmanager 0.30 and later, which people also write out. */
const ALERT_LIST = /^\s*\{\{-?\s*\.Alerts\.(Firing|Resolved)\s*\|\s*toJson\s*-?\}\}\s*$/;

/**
 * Which alerts a detail lists that is one of Alertmanager's defaults, written out: `{{ .Alerts.Firing | toJson }}`. The relay
 * writes the same list without `toJson`, which AMP might not have.
 */
export function listedAlerts(template: unknown): 'Firing' | 'Resolved' | undefined {
  const match = typeof template === 'string' ? ALERT_LIST.exec(template) : null;
  return match ? match[1] as 'Firing' | 'Resolved' : undefined;
}
