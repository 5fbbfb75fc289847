import https from 'node:https';
import net from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';
import { systemClock } from '../clock';

const HTTPS_PORT = 443;

/**
 * The first event follows the start of a function at once. If it does not, Lambda can have frozen the instance meanwhile, and servers, or what is
 * between, give up a connection without a request.
 */
const MAX_WAIT_MS = 5000;

/** A connection that does not stand after this time has probably lost a packet: another attempt is faster. */
const MAX_CONNECTING_MS = 500;

type OnCreated = (error: Error | null, stream: Duplex) => void;

interface Waiting {
  readonly socket: Duplex;
  readonly since: number;
}

/** A pool of connections that can be opened ahead of their first request. */
export class PreconnectingAgent extends https.Agent {
  /** Connections that no request has taken yet, by host and port. */
  private readonly waiting = new Map<string, Waiting>();
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
    this.waiting.set(key, { socket, since: systemClock.now() });
    this.openedAhead.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      if (this.waiting.get(key)?.socket === socket) this.waiting.delete(key);
    });
  }

  /** Node.js calls it for each request for which no connection is free. One that resolves names its own way opens its own. */
  public override createConnection(options: https.RequestOptions, callback?: OnCreated): Duplex | null | undefined {
    const key = keyOf(options.host, options.port);
    const waiting = this.waiting.get(key);
    if (!waiting || options.lookup) return this.connect(options, callback);
    this.waiting.delete(key);
    if (isUsable(waiting)) return waiting.socket;
    waiting.socket.destroy();
    return this.connect(options, callback);
  }

  /** Whether a connection was opened ahead, so that the other side can have closed it before its first request. */
  public isOpenedAhead(socket: object): boolean {
    return this.openedAhead.has(socket);
  }

  public closeIdle(): void {
    const free = Object.values(this.freeSockets).flatMap((sockets) => sockets ?? []);
    for (const socket of [...free, ...Array.from(this.waiting.values(), (waiting) => waiting.socket)]) socket.destroy();
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

function isUsable({ socket, since }: Waiting): boolean {
  const waitedMs = Math.abs(systemClock.now() - since);
  const isSlow = socket instanceof net.Socket && socket.connecting && waitedMs > MAX_CONNECTING_MS;
  // What arrived before a request is no answer to it: some load balancers write one when they close a connection.
  return !socket.destroyed && socket.writable && socket.readableLength === 0 && waitedMs <= MAX_WAIT_MS && !isSlow;
}

function keyOf(host: unknown, port: unknown): string {
  return `${String(host)} ${String(port)}`;
}
