import { MailSimulator } from './mail-simulator';
import type { ReceiverSimulator, TransportEntry } from './receiver-simulator';
import { SlackSimulator } from './slack-simulator';
import { SysdigSimulator } from './sysdig-simulator';
import { WebhookSimulator } from './webhook-simulator';
import type { Transport } from '../../src/contract/queued-notification';

type AllSimulators = { readonly [T in Transport]: ReceiverSimulator<T> };

/** The simulators, by the transport that they take notifications of. */
export interface ReceiverSimulators extends AllSimulators {
  readonly webhook: WebhookSimulator;
  readonly email: MailSimulator;
  readonly slack: SlackSimulator;
  readonly sysdig: SysdigSimulator;
}

export async function startReceiverSimulators(): Promise<ReceiverSimulators> {
  return {
    webhook: await WebhookSimulator.start(),
    email: await MailSimulator.start(),
    slack: await SlackSimulator.start(),
    sysdig: await SysdigSimulator.start(),
  };
}

export function listSimulators(simulators: ReceiverSimulators): ReceiverSimulator[] {
  return Object.values(simulators);
}

/** The entries of the secret that send the notifications of every entry of a definition to this machine. */
export function secretsForEntries(simulators: ReceiverSimulators, entries: readonly TransportEntry[]): Record<string, string> {
  return Object.assign({}, ...entries.map((entry) => secretsForEntry(simulators, entry))) as Record<string, string>;
}

function secretsForEntry<T extends Transport>(simulators: AllSimulators, entry: TransportEntry<T>): Readonly<Record<string, string>> {
  return simulators[entry.transport].secretsFor(entry);
}
