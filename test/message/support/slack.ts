import { asciiJson, nativeRoute } from './configuration';
import type { AlertmanagerFile } from '../../../src/alertmanager/model';

/** Where the entries of the tests post to. */
const HOST = 'https://hooks.example.com';

/** The file for Alertmanager's own Slack notifier, each entry with its path at the test's server. */
export function nativeSlackYaml(file: AlertmanagerFile, url: string): string {
  return asciiJson({
    templates: file.templates,
    route: nativeRoute(file.route),
    receivers: file.receivers.map(({ name, slack_configs: entries }) => ({
      name, slack_configs: entries.map((entry) => ({ ...entry, api_url: entry.api_url?.replace(HOST, url) })),
    })),
  });
}
