import { randomInt } from 'crypto';
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'http';
import { createServer, type AddressInfo } from 'net';

/** The only address that anything of the sandbox listens on. */
export const LOOPBACK = '127.0.0.1';

/**
 * Ports for programs that must be started with one. Systems give higher ports to outgoing connections, also between the search and the
 * start of the program.
 */
const PROGRAM_PORTS = { lowest: 10_000, highest: 32_767 };

/** A port that nobody listens on at this moment. */
export async function freePort({ lowest, highest } = PROGRAM_PORTS): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(lowest, highest + 1);
    if (await canListen(port)) {
      return port;
    }
  }
  throw new Error(`no free port between ${lowest} and ${highest} on ${LOOPBACK} in 100 attempts`);
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
    server.listen(port, LOOPBACK, () => server.close(() => resolve(true)));
  });
}

/** An HTTP server on the loopback address. */
export interface LoopbackServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Starts an HTTP server; a handler that throws answers 500 with the message. */
export function serve(handler: Handler, port = 0): Promise<LoopbackServer> {
  const server = createHttpServer((request, response) => {
    handler(request, response).catch((error: Error) => {
      if (!response.headersSent) {
        response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
      }
      response.end(`${error.message}\n`);
    });
  });
  // Clients keep their connections; a server that closes idle ones early makes them fail for no reason.
  server.keepAliveTimeout = 60_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => resolve(describe(server)));
  });
}

function describe(server: Server): LoopbackServer {
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://${LOOPBACK}:${port}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

/** The whole body of a request. More than the limit (bytes) is refused. */
export async function readBody(request: IncomingMessage, limit = 16 * 1024 * 1024): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > limit) {
      throw new Error(`the body is longer than ${limit} bytes`);
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
