import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'http';
import { createServer, type AddressInfo, type Server as ControlServer, type Socket } from 'net';
import { LOOPBACK, readBody } from '../../net/loopback';

/** A request of a function that waits for its answer. */
export interface HeldRequest {
  /** Counts the requests of the instance, from 1. */
  readonly number: number;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: string;
}

/** Where a function's requests and reports go. */
export interface Connected {
  onRequest(held: HeldRequest): void;
  onControl(socket: Socket): void;
  onReport(report: unknown): void;
}

/**
 * Everything that the functions talk to, at one address: the Lambda Runtime API, AWS, and PagerDuty. It answers nothing by itself: the
 * simulation decides what is answered, when, and whether at all.
 */
export class FunctionServer {
  public static async start(): Promise<FunctionServer> {
    const server = new FunctionServer();
    await Promise.all([server.http, server.control].map((part) => new Promise<void>((resolve) => part.listen(0, LOOPBACK, resolve))));
    return server;
  }

  private readonly instances = new Map<string, Connected>();
  private readonly http: Server;
  private readonly control: ControlServer;

  private constructor() {
    this.http = createHttpServer((request, response) => {
      void this.hold(request, response);
    });
    this.control = createServer((socket) => this.accept(socket));
    // The simulation is slower than the clock of this machine, and connections must not depend on it.
    this.http.keepAliveTimeout = 0;
    this.http.requestTimeout = 0;
    this.http.headersTimeout = 0;
  }

  public get host(): string {
    return `${LOOPBACK}:${(this.http.address() as AddressInfo).port}`;
  }

  public get controlPort(): number {
    return (this.control.address() as AddressInfo).port;
  }

  public add(id: string, instance: Connected): void {
    this.instances.set(id, instance);
  }

  public remove(id: string): void {
    this.instances.delete(id);
  }

  public async close(): Promise<void> {
    this.http.closeAllConnections();
    await Promise.all([this.http, this.control].map((part) => new Promise((resolve) => part.close(resolve))));
  }

  private async hold(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [id = '', number = ''] = String(request.headers['x-chaos-request'] ?? '').split(' ');
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    try {
      const body = (await readBody(request)).toString('utf8');
      this.instances.get(id)?.onRequest({ number: Number(number), request, response, body });
    } catch {
      // The instance was killed while it sent the request.
    }
  }

  private accept(socket: Socket): void {
    let unfinished = '';
    let instance: Connected | undefined;
    socket.setNoDelay(true);
    socket.setEncoding('utf8');
    socket.on('error', () => undefined);
    socket.on('data', (text: string) => {
      const lines = (unfinished + text).split('\n');
      unfinished = lines.pop() ?? '';
      for (const line of lines) {
        const message = JSON.parse(line) as { readonly instance?: string };
        if (message.instance === undefined) {
          instance?.onReport(message);
        } else {
          instance = this.instances.get(message.instance);
          instance?.onControl(socket);
        }
      }
    });
  }
}
