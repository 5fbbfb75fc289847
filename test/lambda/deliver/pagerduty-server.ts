import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** How the server treats one request. */
export type Behavior =
  | { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }
  | 'hang' | 'reset' | 'hang-after-headers' | 'garbage' | 'close-when-idle';

export const ACCEPTED: Behavior = { status: 202, body: '{"status":"success","message":"Event processed","dedup_key":"x"}' };

/** What arrived: enough of the Events API v2 to assert on. */
export interface PostedEvent {
  readonly routing_key: string;
  readonly event_action: string;
  readonly dedup_key: string;
}

/** Plays PagerDuty on this machine: behaves as told, request by request, and accepts when it has not been told. */
export class PagerDutyServer {
  /** With a certificate it speaks https, like PagerDuty. */
  static async start(certificate?: { readonly key: string; readonly cert: string }): Promise<PagerDutyServer> {
    const server = new PagerDutyServer(certificate);
    await new Promise<void>((resolve) => server.http.listen(0, '127.0.0.1', resolve));
    return server;
  }

  readonly events: PostedEvent[] = [];
  /** The events that were not refused, in the order of arrival. */
  readonly accepted: PostedEvent[] = [];
  readonly headers: http.IncomingHttpHeaders[] = [];
  readonly connections = new Set<Socket>();
  connectionsOpened = 0;
  private behaviors: Behavior[] = [];
  private readonly http: http.Server | https.Server;

  private constructor(private readonly certificate?: { readonly key: string; readonly cert: string }) {
    const listener: http.RequestListener = (request, response) => void this.answer(request, response);
    this.http = certificate === undefined ? http.createServer(listener) : https.createServer(certificate, listener);
    this.http.on('connection', (socket: Socket) => {
      this.connectionsOpened++;
      this.connections.add(socket);
      socket.on('close', () => this.connections.delete(socket));
    });
  }

  get url(): URL {
    return new URL(`${this.certificate === undefined ? 'http' : 'https'}://127.0.0.1:${(this.http.address() as AddressInfo).port}/v2/enqueue`);
  }

  /** The behaviors of the next requests. */
  next(...behaviors: readonly Behavior[]): this {
    this.behaviors.push(...behaviors);
    return this;
  }

  /** Accepts the next requests again. */
  forget(): void {
    this.behaviors = [];
  }

  reset(): void {
    this.forget();
    this.events.length = 0;
    this.accepted.length = 0;
    this.headers.length = 0;
  }

  async close(): Promise<void> {
    this.connections.forEach((socket) => socket.destroy());
    await new Promise((resolve) => this.http.close(resolve));
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const event = JSON.parse(body) as PostedEvent;
    this.events.push(event);
    this.headers.push(request.headers);
    const behavior = this.behaviors.shift() ?? ACCEPTED;
    if (typeof behavior === 'string' || behavior.status < 400) this.accepted.push(event);
    switch (behavior) {
      case 'hang': return;
      case 'reset': request.socket.resetAndDestroy(); return;
      case 'garbage': request.socket.end('no HTTP at all\r\n\r\n'); return;
      case 'hang-after-headers':
        response.writeHead(202);
        response.write('{"status":');
        return;
      case 'close-when-idle':
        response.writeHead(202).end();
        // Closed without a word once the client has put the connection back into its pool.
        setTimeout(() => request.socket.destroy(), 20);
        return;
      default:
        response.writeHead(behavior.status, behavior.headers).end(behavior.body);
    }
  }
}
