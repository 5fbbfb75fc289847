import * as fs from 'fs';
import * as path from 'path';
import { readConfig } from '../../src/alertmanager/read/read-config';
import { loadTemplateFiles } from '../../src/alertmanager/templates/template-files';
import { nameRoutingKeys } from '../../src/alertmanager/translate/routing-key-names';
import { setRhythm, type Rhythm } from '../monitoring/timings';
import { madeUpRoutingKey } from '../pipeline/variables';
import { GoScalar, printGoYaml, readGoYaml } from '../yaml/go-yaml';

export interface NativeOptions {
  /** Path of the user's `alertmanager.yml`. */
  readonly config: string;
  readonly templateDirectory?: string;
  readonly rhythm: Rhythm;
  /** Where the events of a receiver's n-th `pagerduty_configs` entry are to be sent. */
  readonly endpoint: (receiver: string, index: number) => string;
}

/** Fields that determine how PagerDuty is reached, and with which key. They are replaced. */
const REPLACED = ['routing_key', 'routing_key_file', 'service_key', 'service_key_file', 'url', 'http_config'];

/**
 * The user's configuration with Alertmanager's own PagerDuty notifier, changed so that its events are sent to this machine. Other
 * integrations are removed, keys are placeholders, and timings are shortened. Keys of the Events API v1 become keys of v2, because
 * Alertmanager sends v1 to a fixed address.
 */
export function nativeConfiguration({ config, templateDirectory, rhythm, endpoint }: NativeOptions): string {
  const text = fs.readFileSync(config, 'utf8');
  const document = readGoYaml(text);
  const names = keyNames(text, config);
  const resolveTimeout = document.map('global')?.get('resolve_timeout');
  document.delete('global');
  if (resolveTimeout !== undefined) {
    document.set('global', readGoYaml('{}').set('resolve_timeout', resolveTimeout));
  }
  document.maps('receivers').forEach((receiver, position) => {
    const name = receiver.text('name') ?? '';
    receiver.maps('pagerduty_configs').forEach((entry, index) => {
      REPLACED.forEach((field) => entry.delete(field));
      entry.setText('routing_key', madeUpRoutingKey(names[position]?.[index] ?? name)).setText('url', endpoint(name, index));
    });
    receiver.keep(['name', 'pagerduty_configs']);
  });
  const route = document.map('route');
  if (route) {
    setRhythm(route, rhythm);
  }
  const baseDirectory = path.dirname(path.resolve(config));
  const { files } = loadTemplateFiles(readConfig(text, config), { baseDirectory, templateDirectory });
  document.set('templates', files.map((file) => new GoScalar(path.resolve(file.path))));
  return printGoYaml(document);
}

/** The names that the construct gives to the routing keys, by receiver and entry. */
function keyNames(text: string, file: string): string[][] {
  const { config } = readConfig(text, file);
  const names = config ? nameRoutingKeys(config) : new Map();
  return (config?.receivers ?? []).map((receiver) => receiver.pagerduty_configs.map((entry) => String(names.get(entry)?.name)));
}
