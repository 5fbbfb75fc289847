import { CREDENTIALS } from '../aws/credentials';
import { setRhythm, shortenRoute, type Rhythm, type Timings } from '../monitoring/timings';
import { redirectMail } from '../receivers/redirect-mails';
import { GoMap, printGoYaml, readGoYaml } from '../yaml/go-yaml';

/** An alert manager definition as open-source Alertmanager runs it. */
export interface LocalDefinition {
  /** The Alertmanager configuration. */
  readonly configuration: string;
  /** Template files by name; they belong beside the configuration. */
  readonly templateFiles: ReadonlyMap<string, string>;
  /** What was changed, in words. */
  readonly changes: readonly string[];
}

/** Where things go on this machine. */
export interface LocalAddresses {
  /** The URL that Alertmanager publishes to. */
  readonly publishUrl: string;
  /** The port of the mail server, which the definition names. */
  readonly mailPort: number;
}

/** Adds what AMP adds to a definition when it runs it: the endpoint to publish to, and the credentials. */
export function localDefinition(definition: string, addresses: LocalAddresses, timings?: Timings, rhythm?: Rhythm): LocalDefinition {
  const document = readGoYaml(definition);
  const configuration = readGoYaml(document.text('alertmanager_config') ?? '');
  const published = addEndpoint(configuration, addresses);
  const route = configuration.map('route');
  const shortened = [
    ...(timings && route ? shortenRoute(route, timings) : []),
    ...(rhythm && route ? setRhythm(route, rhythm) : []),
  ];
  return {
    configuration: printGoYaml(configuration),
    templateFiles: readTemplateFiles(document.map('template_files')),
    changes: [`api_url and credentials added to ${published} sns_configs`, ...new Set(shortened)],
  };
}

function addEndpoint(configuration: GoMap, { publishUrl, mailPort }: LocalAddresses): number {
  let count = 0;
  for (const receiver of configuration.maps('receivers')) {
    for (const [name] of receiver) {
      if (name !== 'name' && name !== 'sns_configs') {
        throw new Error(`receiver ${receiver.text('name') ?? ''}: the sandbox runs sns_configs, this receiver has ${name}`);
      }
    }
    for (const sns of receiver.maps('sns_configs')) {
      count += 1;
      const sigv4 = sns.map('sigv4') ?? new GoMap();
      sns.setText('api_url', publishUrl);
      const message = sns.text('message');
      if (message !== undefined) {
        sns.setText('message', redirectMail(message, mailPort));
      }
      sns.set('sigv4', sigv4.setText('access_key', CREDENTIALS.accessKeyId).setText('secret_key', CREDENTIALS.secretAccessKey));
    }
  }
  return count;
}

function readTemplateFiles(files: GoMap | undefined): Map<string, string> {
  return new Map([...files?.keys() ?? []].map((name) => [name, files?.text(name) ?? '']));
}
