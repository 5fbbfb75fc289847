import type { ParityAppOptions } from './app-options';
import { readOptions, UsageError } from '../command/options';

export interface ParityArguments extends ParityAppOptions {
  readonly alerts?: string;
  readonly alertmanager?: string;
}

export const HELP = `usage: npm run parity -- --config alertmanager.yml [--alerts alerts.json] [OPTIONS]

Sends the same alerts to two Alertmanagers, one with its own notifiers and one with the construct's definition and the
relay, and compares what PagerDuty and webhooks receive. Prints each pair of notifications as a line of JSON
{"step", "integration", "receiver", "native", "relayed", "equal", "differences"}, and "N of M notifications equal or explained"
at the end. Errors that an Alertmanager has logged are printed as well: they say why a notification is missing.

  --config FILE        the alertmanager.yml; integrations that are not translated are skipped in both runs
  --alerts FILE        {"steps": [{"alerts": [{"labels": {…}, "annotations": {…}, "generatorURL": "…", "resolved": false}]}]};
                       each step is flushed before the next one. Default: an alert for each route, firing, then resolved
  --templates DIR      directory of the template files, if it differs from the one in the configuration
  --details FORMAT     format of the details that the construct sends: text (default) or structured
  --endpoint URL       the URL of PagerDutyRegion.endpoint(), if the configuration uses your own PagerDuty URL
  --alertmanager PATH  Alertmanager to use instead of the installed one, for both runs
  --help               print this help

Exit codes: 0 all notifications are equal, except for the differences in docs/parity.md; 1 they are not, there were none, or
the configuration is refused; 2 invalid arguments.
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
    throw new UsageError(`--details: "${details}" is not a format; use text or structured`);
  }
  const { alerts, alertmanager, templates: templateDirectory, endpoint } = values;
  return { config, details, alerts, alertmanager, templateDirectory, endpoint };
}
