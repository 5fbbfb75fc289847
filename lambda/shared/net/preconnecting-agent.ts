import https from 'node:https';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';

const HTTPS_PORT = 443;

type OnCreated = (error: Error | null, stream: Duplex) => void;

/** A pool of connections that can be opened ahead of their first request. */
export class PreconnectingAgent extends https.Agent {
  /** Connections that no request has taken yet, by host and port. */
  private readonly waiting = new Map<string, Duplex>();
  private readonly openedAhead = new WeakSet<object>();
  private context: tls.SecureContext | undefined;

  /** Opens a connection for the next request to this host. One that fails is forgotten: the request opens another, and reports what is wrong. */
  public preconnect({ hostname, port: givenPort }: URL): void {
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    const port = givenPort === '' ? HTTPS_PORT : Number(givenPort);
    const key = keyOf(host, port);
    if (this.waiting.has(key)) return;
    // What Node.js itself would connect with; an address is no server name.
    const options: https.AgentOptions & https.RequestOptions = { ...this.options, host, port, servername: net.isIP(host) === 0 ? host : '' };
    const socket = this.connect(options);
    if (!socket) return;
    this.waiting.set(key, socket);
    this.openedAhead.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      if (this.waiting.get(key) === socket) this.waiting.delete(key);
    });
  }

  /** Node.js calls it for each request for which no connection is free. */
  public override createConnection(options: https.RequestOptions, callback?: OnCreated): Duplex | null | undefined {
    const key = keyOf(options.host, options.port);
    const socket = this.waiting.get(key);
    if (!socket || socket.destroyed) return this.connect(options, callback);
    this.waiting.delete(key);
    return socket;
  }

  /** Whether a connection was opened ahead, so that the other side can have closed it before its first request. */
  public isOpenedAhead(socket: object): boolean {
    return this.openedAhead.has(socket);
  }

  public closeIdle(): void {
    const free = Object.values(this.freeSockets).flatMap((sockets) => sockets ?? []);
    for (const socket of [...free, ...Array.from(this.waiting.values())]) socket.destroy();
    this.waiting.clear();
  }

  /**
   * All connections share a context. It is made for the first of them and not before, because it needs the certificate authorities, which
   * Node.js reads on a thread of its own from the moment that `node:tls` is loaded.
   */
  private connect(options: https.RequestOptions, callback?: OnCreated): Duplex | null | undefined {
    this.context ??= tls.createSecureContext(this.options);
    const shared: https.RequestOptions & Pick<tls.ConnectionOptions, 'secureContext'> = { ...options, secureContext: this.context };
    return super.createConnection(shared, callback);
  }
}

function keyOf(host: unknown, port: unknown): string {
  return `${String(host)} ${String(port)}`;
}
