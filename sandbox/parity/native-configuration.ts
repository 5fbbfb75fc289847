import * as fs from 'fs';
import * as path from 'path';
import type { RunningIntegration } from './integration';
import { readConfig } from '../../src/alertmanager/read/read-config';
import { loadTemplateFiles } from '../../src/alertmanager/templates/template-files';
import { setRhythm, type Rhythm } from '../monitoring/timings';
import { GoScalar, printGoYaml, readGoYaml } from '../yaml/go-yaml';

export interface NativeOptions {
  /** Path of the user's `alertmanager.yml`. */
  readonly config: string;
  readonly templateDirectory?: string;
  readonly rhythm: Rhythm;
  readonly integrations: ReadonlyArray<Pick<RunningIntegration, 'field' | 'redirect'>>;
}

/**
 * The user's configuration with Alertmanager's own notifiers, changed so that what they send comes to this machine. Integrations that are
 * not compared are removed, and timings are shortened.
 */
export function nativeConfiguration({ config, templateDirectory, rhythm, integrations }: NativeOptions): string {
  const text = fs.readFileSync(config, 'utf8');
  const document = readGoYaml(text);
  const reading = readConfig(text, config);
  const global = document.map('global');
  const resolveTimeout = global?.get('resolve_timeout');
  document.delete('global');
  if (resolveTimeout !== undefined) {
    document.set('global', readGoYaml('{}').set('resolve_timeout', resolveTimeout));
  }
  document.maps('receivers').forEach((receiver, position) => {
    const source = reading.config?.receivers[position];
    for (const { field, redirect } of integrations) {
      receiver.maps(field).forEach((entry, index) => {
        if (reading.config && source) {
          redirect(entry, { file: reading.config, receiver: source, index }, global);
        }
      });
    }
    receiver.keep(['name', ...integrations.map(({ field }) => field)]);
  });
  const route = document.map('route');
  if (route) {
    setRhythm(route, rhythm);
  }
  const baseDirectory = path.dirname(path.resolve(config));
  const { files } = loadTemplateFiles(reading, { baseDirectory, templateDirectory });
  document.set('templates', files.map((file) => new GoScalar(path.resolve(file.path))));
  return printGoYaml(document);
}
