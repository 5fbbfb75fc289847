import { parse } from 'yaml';

/** Fixed labels of an alerting rule, with its severity. */
export interface AlertLabels {
  readonly [name: string]: string;
  readonly severity: string;
}

/** The labels of all alerts of a namespace that have a fixed severity, without those that are templates. */
export function readAlertLabels(data: string): AlertLabels[] {
  const alerts: AlertLabels[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
    } else if (isRecord(value)) {
      const { alert, labels } = value;
      const known = typeof alert === 'string' && isRecord(labels)
        ? Object.fromEntries(Object.entries({ ...labels, alertname: alert }).filter((entry): entry is [string, string] =>
          typeof entry[1] === 'string' && !entry[1].includes('{{')))
        : {};
      if (known.severity !== undefined) {
        alerts.push({ ...known, severity: known.severity });
      }
      Object.values(value).forEach(visit);
    }
  };
  try {
    visit(parse(data, { schema: 'failsafe', uniqueKeys: false, maxAliasCount: -1 }));
  } catch {
    // What is not YAML was reported.
  }
  return alerts;
}

function isRecord(value: unknown): value is { readonly [field: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
