import type { AlertmanagerFile, ReceiverConfig } from './alertmanager/model';
import { findReachableReceivers } from './alertmanager/routes/reachable-receivers';
import { printsSeverity } from './alertmanager/templates/printed-severity';
import { PAGERDUTY_SEVERITIES, SEVERITY_ALIASES } from './contract/pagerduty-event';
import type { Finding } from './findings/finding';
import { FindingReporter } from './findings/reporter';
import type { AlertLabels } from './rules/alert-labels';
import type { ParsedRuleGroups } from './rules/parsed-rule-groups';

/**
 * Warns about severities that PagerDuty does not have. They page as `error`, where Alertmanager's event was refused. The severity of an
 * alert counts if it can reach a receiver whose template prints it.
 *
 * @param configs - without any, every alert counts
 * @param mapped - the severities that the construct maps
 */
export function checkSeverities(
  configs: readonly AlertmanagerFile[], namespaces: readonly ParsedRuleGroups[], mapped: readonly string[] = [],
): readonly Finding[] {
  const constant = configs.flatMap(({ receivers }) => receivers.flatMap(severitiesOf)).filter((severity) => !isTemplate(severity));
  const isByAlert = configs.length === 0 || configs.some(hasTemplatedSeverity);
  const ofAlerts = (isByAlert ? readAlerts(namespaces, mapped) : [])
    .filter((labels) => configs.length === 0 || configs.some((config) => canPage(config, labels)))
    .map(({ severity }) => severity);
  const reporter = FindingReporter.forProps();
  for (const severity of new Set([...constant, ...ofAlerts].filter((name) => !isKnown(name, mapped)))) {
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

/** Where all severities are known at a glance, nothing is parsed: the reader of YAML is loaded on demand (docs/benchmarks.md). */
function readAlerts(namespaces: readonly ParsedRuleGroups[], mapped: readonly string[]): AlertLabels[] {
  const texts = namespaces.map(({ data }) => data).filter((data) => [...data.matchAll(SEVERITY_LABEL)].some(([, text]) => !isKnown(text, mapped)));
  if (texts.length === 0) {
    return [];
  }
  const { readAlertLabels } = require('./rules/alert-labels') as typeof import('./rules/alert-labels');
  return texts.flatMap(readAlertLabels);
}

const SEVERITY_LABEL = /\bseverity["']?\s*:\s*["']?([^\s"',}]*)/g;

/** Whether the severity of an event depends on the alerts. */
export function hasTemplatedSeverity({ receivers }: AlertmanagerFile): boolean {
  return receivers.flatMap(severitiesOf).some(isTemplate);
}

/** What the command prints if the severities of alerts cannot be checked, because no rules were given. */
export const SEVERITY_NOTE = 'the severity comes from a template: values other than '
  + `${[...PAGERDUTY_SEVERITIES, ...Object.keys(SEVERITY_ALIASES)].join(', ')} page as error; give the rules as well to check their labels`;

function canPage({ route, receivers }: AlertmanagerFile, labels: AlertLabels): boolean {
  const reached = findReachableReceivers(route, labels);
  const templates = receivers.filter(({ name }) => reached.has(name)).flatMap(severitiesOf);
  return templates.some((template) => printsSeverity(template, labels.severity));
}

function severitiesOf(receiver: ReceiverConfig): string[] {
  return receiver.pagerduty_configs.flatMap(({ severity }) => severity || []);
}

function isTemplate(text: string): boolean {
  return text.includes('{{');
}

function isKnown(severity: string, mapped: readonly string[]): boolean {
  const name = severity.trim().toLowerCase();
  return PAGERDUTY_SEVERITIES.some((known) => known === name) || Object.hasOwn(SEVERITY_ALIASES, name)
    || mapped.some((rendered) => rendered.trim().toLowerCase() === name);
}
