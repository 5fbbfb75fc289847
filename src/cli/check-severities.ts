import { parse } from 'yaml';
import type { AlertmanagerFile } from '../alertmanager/model';
import { PAGERDUTY_SEVERITIES, SEVERITY_ALIASES } from '../contract/pagerduty-event';
import type { Finding } from '../findings/finding';
import { FindingReporter } from '../findings/reporter';
import type { ParsedRuleGroups } from '../rules/parsed-rule-groups';

/** Whether the severity of an event depends on the alerts. */
export function hasTemplatedSeverity(config: AlertmanagerFile): boolean {
  return severitiesOf(config).some((severity) => severity.includes('{{'));
}

/** What is printed when the severities of alerts cannot be checked because no rules were given. */
export const SEVERITY_NOTE = 'the severity comes from a template: values other than '
  + `${[...PAGERDUTY_SEVERITIES, ...Object.keys(SEVERITY_ALIASES)].join(', ')} page as error; give the rules as well to check their labels`;

/** Warns about severities that PagerDuty does not have. They page as `error`, where Alertmanager's event was refused. */
export function checkSeverities(configs: readonly AlertmanagerFile[], namespaces: readonly ParsedRuleGroups[]): readonly Finding[] {
  const constant = configs.flatMap(severitiesOf).filter((severity) => !severity.includes('{{'));
  const labels = configs.length === 0 || configs.some(hasTemplatedSeverity) ? namespaces.flatMap(({ data }) => labelsOf(data)) : [];
  const reporter = FindingReporter.forProps();
  for (const severity of new Set([...constant, ...labels].filter((name) => !isKnown(name)))) {
    reporter.warning({}, {
      code: 'severity-unknown',
      message: `the severity ${JSON.stringify(severity)} is not one of PagerDuty's (${PAGERDUTY_SEVERITIES.join(', ')}): its alerts page as error`,
      fix: `map it in the construct, as in delivery: Delivery.relay({ severities: { ${JSON.stringify(severity)}: PagerDutySeverity.INFO } }); `
        + 'or route its alerts to a receiver without integrations to silence them',
      subject: severity,
    });
  }
  return reporter.findings;
}

function severitiesOf(config: AlertmanagerFile): string[] {
  return config.receivers.flatMap((receiver) => receiver.pagerduty_configs.flatMap(({ severity }) => severity || []));
}

function isKnown(severity: string): boolean {
  const name = severity.trim().toLowerCase();
  return PAGERDUTY_SEVERITIES.some((known) => known === name) || Object.hasOwn(SEVERITY_ALIASES, name);
}

/** The fixed severities of alerts in a namespace. */
function labelsOf(data: string): string[] {
  const severities = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
    } else if (isRecord(value)) {
      const { alert, labels } = value;
      if (alert !== undefined && isRecord(labels) && typeof labels.severity === 'string' && !labels.severity.includes('{{')) {
        severities.add(labels.severity);
      }
      Object.values(value).forEach(visit);
    }
  };
  try {
    visit(parse(data, { schema: 'failsafe', uniqueKeys: false }));
  } catch {
    // What is not YAML was reported.
  }
  return [...severities];
}

function isRecord(value: unknown): value is { readonly [field: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
