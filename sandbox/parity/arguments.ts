import type { ParityAppOptions } from './app-options';
import { readOptions, UsageError } from '../command/options';

export interface ParityArguments extends ParityAppOptions {
  readonly alerts?: string;
  readonly alertmanager?: string;
}

export const HELP = `usage: npm run parity -- --config alertmanager.yml [--alerts alerts.json] [OPTIONS]

Runs Alertmanager twice on the same alerts, once with its own PagerDuty notifier and once with the construct's definition
and the relay, and compares the events that PagerDuty gets, field by field. Prints every pair of events as a line of JSON
{"step", "receiver", "native", "relayed", "equal", "differences"}, and at last "N of M events equal".

  --config FILE        the alertmanager.yml; other integrations than pagerduty_configs are left out of both runs
  --alerts FILE        {"steps": [{"alerts": [{"labels": {…}, "annotations": {…}, "generatorURL": "…", "resolved": false}]}]};
                       each step is flushed before the next. Without it: an alert for every route, firing, then resolved
  --templates DIR      where the template files are, if not where the configuration says
  --details FORMAT     text (default) or structured: the details that the construct sends
  --endpoint URL       the PagerDutyRegion.endpoint() for configurations with a PagerDuty address of their own
  --alertmanager PATH  another Alertmanager, for both runs
  --help               this text

Exit codes: 0 all events are equal but for the differences that docs/parity.md explains; 1 they are not, or there were
none, or the configuration is refused; 2 the arguments are wrong.
`;

const OPTIONS = {
  config: { type: 'string' },
  alerts: { type: 'string' },
  templates: { type: 'string' },
  details: { type: 'string' },
  endpoint: { type: 'string' },
  alertmanager: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export function readArguments(args: readonly string[]): ParityArguments | 'help' {
  const values = readOptions(args, OPTIONS);
  if (values.help) {
    return 'help';
  }
  const { config, details } = values;
  if (config === undefined) {
    throw new UsageError('--config is missing: name the alertmanager.yml');
  }
  if (details !== undefined && details !== 'text' && details !== 'structured') {
    throw new UsageError(`--details: "${details}" is no format; text and structured are`);
  }
  const { alerts, alertmanager, templates: templateDirectory, endpoint } = values;
  return { config, details, alerts, alertmanager, templateDirectory, endpoint };
}
