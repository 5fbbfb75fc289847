import type { IncomingMessage, ServerResponse } from 'http';
import type { ListedCall, ReceiverSimulator, TransportEntry } from './receiver-simulator';
import type { Transport } from '../../src/contract/queued-notification';
import { readBody, serve, type LoopbackServer } from '../net/loopback';
import type { Fault } from '../pagerduty/faults';
import { sleep } from '../processes/wait';

/**
 * What the simulators of HTTP receivers share: a server, what it received, faults, and whoever wants to know of changes. `Faulty` is what
 * a plan of faults looks at.
 */
export abstract class HttpSimulator<T extends Transport, Call, Faulty = Call> implements ReceiverSimulator<T> {
  public abstract readonly transport: T;
  public abstract readonly title: string;
  public abstract readonly calls: readonly ListedCall[];
  /** Every request so far, oldest first. */
  public readonly received: Call[] = [];
  /** Decides what goes wrong with a request; nothing does without a plan. */
  public faults?: (call: Faulty) => Fault | undefined;
  private readonly listeners: Array<() => void> = [];
  private server?: LoopbackServer;

  public get url(): string {
    return this.server?.url ?? '';
  }

  public abstract secretsFor(entry: TransportEntry<T>): Readonly<Record<string, string>>;

  public onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  public async close(): Promise<void> {
    await this.server?.close();
  }

  protected async listen(): Promise<this> {
    this.server = await serve(async (request, response) => {
      const isCall = await this.handle(request, response, (await readBody(request)).toString('utf8'));
      if (isCall) this.listeners.forEach((listener) => listener());
    });
    return this;
  }

  /** Answers a request; resolves to whether it is one for the list of calls. */
  protected abstract handle(request: IncomingMessage, response: ServerResponse, body: string): Promise<boolean>;
}

/** Plays the first part of a fault: waits, or closes the connection. Resolves to whether there is somebody to answer. */
export async function playFault(fault: Fault | undefined, response: ServerResponse): Promise<boolean> {
  if (fault?.delay !== undefined) await sleep(fault.delay);
  if (fault?.drop !== undefined) response.destroy();
  return fault?.drop === undefined;
}
