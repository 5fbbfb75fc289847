import type { ReceiverSimulator, TransportEntry } from './receiver-simulator';
import { WebhookSimulator } from './webhook-simulator';
import type { Transport } from '../../src/contract/queued-notification';

/** The simulators, by the transport that they take notifications of. */
export interface ReceiverSimulators extends Readonly<Record<Transport, ReceiverSimulator>> {
  readonly webhook: WebhookSimulator;
}

export async function startReceiverSimulators(): Promise<ReceiverSimulators> {
  return { webhook: await WebhookSimulator.start() };
}

export function listSimulators(simulators: ReceiverSimulators): ReceiverSimulator[] {
  return Object.values(simulators);
}

/** The entries of the secret that send the notifications of every entry of a definition to this machine. */
export function secretsForEntries(simulators: ReceiverSimulators, entries: readonly TransportEntry[]): Record<string, string> {
  return Object.assign({}, ...entries.map((entry) => simulators[entry.transport].secretsFor(entry))) as Record<string, string>;
}
