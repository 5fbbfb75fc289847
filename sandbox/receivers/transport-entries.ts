import type { TransportEntry } from './receiver-simulator';
import { MESSAGE_FORMAT } from '../../src/contract/message';
import { readGoYaml } from '../yaml/go-yaml';

/** The first line of a message for another transport than PagerDuty's; it ends in the call of the template that prints the rest. */
const HEAD = new RegExp(`^${MESSAGE_FORMAT}:[0-9a-f]{32} (\\{"transport":.*),\\{\\{ template [^\\n]*\\}\\}\\}$`, 'm');

/** The entries that a deployed definition notifies besides PagerDuty. Several copies of a receiver have the same entries. */
export function transportEntries(definition: string): TransportEntry[] {
  const configuration = readGoYaml(readGoYaml(definition).text('alertmanager_config') ?? '');
  const entries = configuration.maps('receivers').flatMap((receiver) => receiver.maps('sns_configs')).flatMap((sns) => {
    const head = HEAD.exec(sns.text('message') ?? '')?.[1];
    return head === undefined ? [] : [JSON.parse(`${head}}`) as TransportEntry];
  });
  return [...new Map(entries.map((entry) => [entry.entry, entry])).values()];
}

/** The names of the entries in the secret that settings refer to. */
export function secretNames(settings: unknown): string[] {
  if (typeof settings !== 'object' || settings === null) {
    return [];
  }
  return Object.entries(settings).flatMap(([name, value]: [string, unknown]) => (name === 'secret' ? [String(value)] : secretNames(value)));
}
