import * as fs from 'fs';
import type { Step, StepAlert } from './alerts-file';
import type { MatcherConfig, RouteConfig } from '../../src/alertmanager/model';
import { readConfig } from '../../src/alertmanager/read/read-config';

/**
 * Alerts for a configuration that one has no alerts for: for every route one that matches it, with two instances; they
 * fire, one instance is resolved, and at last all are.
 */
export function sampleSteps(configFile: string): Step[] {
  const { config } = readConfig(fs.readFileSync(configFile, 'utf8'), configFile);
  const alerts = config ? matchersOfRoutes(config.route, []).flatMap(alertsFor) : [];
  return [
    { alerts },
    { alerts: alerts.map((alert) => ({ ...alert, resolved: alert.labels.instance?.startsWith('db-2') })) },
    { alerts: alerts.map((alert) => ({ ...alert, resolved: true })) },
  ];
}

/** The matchers from the root down to every route. */
function matchersOfRoutes(route: RouteConfig, above: readonly MatcherConfig[]): Array<readonly MatcherConfig[]> {
  const all = [...above, ...route.matchers];
  return [all, ...route.routes.flatMap((child) => matchersOfRoutes(child, all))];
}

function alertsFor(matchers: readonly MatcherConfig[], number: number): StepAlert[] {
  const labels: Record<string, string> = {
    alertname: `SampleAlert${number}`, severity: 'critical', job: 'node', service: 'shop', cluster: 'eu-1', namespace: 'default', team: 'storage',
  };
  for (const { name, type, value } of matchers) {
    if (type === '=' || type === '=~') {
      labels[name] = type === '=' ? value : exampleOf(value);
    } else if (matches(type, value, labels[name] ?? '')) {
      labels[name] = 'something-else';
    }
  }
  // A matcher for an empty value wants the label to be absent.
  const present = Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''));
  return ['db-1:9100', 'db-2:9100'].map((instance) => ({
    labels: { ...present, instance: labels.instance ?? instance, pod: `shop-${instance.slice(0, 4)}` },
    annotations: {
      summary: `${instance} says "no" – since 5 min`,
      description: `disk of ${instance}:\n\t97 % full, \\ & <b>growing</b> 🚒`,
      message: `{"instance": "${instance}"}`,
      runbook_url: 'https://runbooks.example.com/disk?x=1&y=a b',
      dashboard: 'https://grafana.example.com/d/disk',
    },
    generatorURL: `http://prometheus.example.com/graph?g0.expr=up+%3D%3D+0&g0.tab=${number}`,
  }));
}

/** Whether a negative matcher forbids this value. */
function matches(type: MatcherConfig['type'], value: string, label: string): boolean {
  return type === '!=' ? label === value : type === '!~' && new RegExp(`^(?:${value})$`).test(label);
}

/** A text that a regular expression matches, for the expressions that people write into routes; else the expression as it is. */
function exampleOf(expression: string): string {
  const [first = ''] = expression.replace(/^\^?\(?(\?:)?/, '').replace(/\)?\$?$/, '').split('|');
  const simple = first.replace(/\[([^\]^])[^\]]*\][*+]?/g, '$1').replace(/\\d[*+]?/g, '7').replace(/\.[*+]/g, 'any').replace(/\\(.)/g, '$1').replace(/[()?^$]/g, '');
  return simple === '' ? 'any' : simple;
}
