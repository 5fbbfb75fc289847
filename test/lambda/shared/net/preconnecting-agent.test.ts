import { once } from 'node:events';
import https from 'node:https';
import type { AddressInfo, LookupFunction, Socket } from 'node:net';
import { systemClock } from '../../../../lambda/shared/clock';
import type { PostResponse } from '../../../../lambda/shared/net/post-request';
import { PreconnectingAgent } from '../../../../lambda/shared/net/preconnecting-agent';
import { requestOnce, StaleConnectionError } from '../../../../lambda/shared/net/request-once';
import { selfSignedCertificate } from '../../certificate';

const certificate = selfSignedCertificate();

let server: https.Server;
let agent: PreconnectingAgent;
let url: URL;
/** Every connection that the server got. */
let sockets: Socket[];
let accepted: Promise<unknown>;
/** The names that clients asked for. */
let names: string[];

beforeEach(async () => {
  sockets = [];
  names = [];
  const noteName = (name: string, done: (error: null) => void): void => {
    names.push(name);
    done(null);
  };
  server = https.createServer({ ...certificate, SNICallback: noteName }, (request, response) => {
    request.resume();
    request.on('end', () => response.end('ok'));
  });
  server.on('secureConnection', (socket: Socket) => sockets.push(socket));
  server.on('tlsClientError', () => undefined);
  accepted = once(server, 'secureConnection');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  agent = new PreconnectingAgent({ keepAlive: true, ca: certificate.cert });
});

afterEach(async () => {
  agent.closeIdle();
  agent.destroy();
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
});

const send = async (): Promise<PostResponse> => requestOnce({ url, headers: {}, body: '{}', timeoutMs: 5000, maxBodyCharacters: 10 }, agent);

test('the first request takes the connection that was opened ahead, and the next ones keep it', async () => {
  agent.preconnect(url);
  agent.preconnect(url);
  await accepted;
  for (const _ of [1, 2, 3]) expect(await send()).toMatchObject({ status: 200, body: 'ok', isComplete: true });
  expect(sockets).toHaveLength(1);
  expect(names).toEqual([]);
});

test('a request that does not wait for the connection takes it, too', async () => {
  agent.preconnect(url);
  expect(await send()).toMatchObject({ status: 200 });
  expect(sockets).toHaveLength(1);
});

test('of two requests at once, one opens a connection of its own', async () => {
  agent.preconnect(url);
  await accepted;
  expect(await Promise.all([send(), send()])).toMatchObject([{ status: 200 }, { status: 200 }]);
  expect(sockets).toHaveLength(2);
});

test('a request to another port opens a connection of its own', async () => {
  agent.preconnect(new URL('https://127.0.0.1:1/'));
  expect(await send()).toMatchObject({ status: 200 });
  expect(sockets).toHaveLength(1);
});

test('a request that resolves names its own way opens a connection of its own', async () => {
  agent.preconnect(url);
  await accepted;
  const lookup: LookupFunction = (_name, _options, done) => done(new Error('not allowed'), '');
  const named = new URL(url);
  named.hostname = 'localhost';
  agent.preconnect(named);
  await expect(requestOnce({ url: named, headers: {}, body: '{}', timeoutMs: 5000, maxBodyCharacters: 10, lookup }, agent)).rejects.toThrow('not allowed');
});

test('a connection that the server closed before is not used', async () => {
  agent.preconnect(url);
  await accepted;
  // TLS 1.3: the client can still be in its handshake, of which the server needs no more.
  await send();
  agent.closeIdle();
  accepted = once(server, 'secureConnection');
  agent.preconnect(url);
  await accepted;
  sockets[1].destroy();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await send()).toMatchObject({ status: 200 });
  expect(sockets).toHaveLength(3);
});

test.each<[what: string, passedMs: number, connections: number]>([
  ['within seconds is used', 4_000, 1],
  ['later opens a connection of its own', 6_000, 2],
  ['after the clock was set back far opens one, too', -60_000, 2],
])('a first request %s', async (_what, passedMs, connections) => {
  agent.preconnect(url);
  await accepted;
  const now = systemClock.now();
  const clock = jest.spyOn(systemClock, 'now').mockReturnValue(now + passedMs);
  try {
    expect(await send()).toMatchObject({ status: 200 });
  } finally {
    clock.mockRestore();
  }
  expect(sockets).toHaveLength(connections);
});

const TIMEOUT_ANSWER = 'HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n';

test('what a load balancer writes before a request is no answer to it', async () => {
  agent.preconnect(url);
  await accepted;
  sockets[0].end(TIMEOUT_ANSWER);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await send()).toMatchObject({ status: 200 });
  expect(sockets).toHaveLength(2);
});

test('what it writes while the first request is on its way says nothing about the service', async () => {
  agent.preconnect(url);
  await accepted;
  server.once('request', ({ socket }: { readonly socket: Socket }) => socket.end(TIMEOUT_ANSWER));
  await expect(send()).rejects.toThrow(StaleConnectionError);
  expect(await send()).toMatchObject({ status: 200 });
});

test('a service that answers 408 to any other request has answered it', async () => {
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    request.resume();
    response.writeHead(408).end();
  });
  expect(await send()).toMatchObject({ status: 408 });
  expect(await send()).toMatchObject({ status: 408 });
  expect(sockets).toHaveLength(1);
});

test('one that the server closes at the first request says nothing about the service: it is worth another request', async () => {
  server.once('request', ({ socket }: { readonly socket: Socket }) => socket.destroy());
  agent.preconnect(url);
  await accepted;
  await expect(send()).rejects.toThrow(StaleConnectionError);
  expect(await send()).toMatchObject({ status: 200 });
});

test('a connection of a request itself that the server closes is an error of the service', async () => {
  server.once('request', ({ socket }: { readonly socket: Socket }) => socket.destroy());
  await expect(send()).rejects.not.toThrow(StaleConnectionError);
});

test.each(['https://127.0.0.1:1/', 'https://[::1]:1/'])('what cannot be opened ahead is forgotten, and the request says what is wrong: %s', async (text) => {
  const unreachable = new URL(text);
  agent.preconnect(unreachable);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await expect(requestOnce({ url: unreachable, headers: {}, body: '{}', timeoutMs: 5000, maxBodyCharacters: 10 }, agent)).rejects.toThrow(/ECONNREFUSED|EADDRNOTAVAIL/);
});

test('a certificate that nobody trusts is refused', async () => {
  const distrustful = new PreconnectingAgent({ keepAlive: true });
  distrustful.preconnect(url);
  await expect(requestOnce({ url, headers: {}, body: '{}', timeoutMs: 5000, maxBodyCharacters: 10 }, distrustful)).rejects.toThrow(/self-signed certificate/);
});

test('so is one for another name, which the server is told', async () => {
  const named = new URL(url);
  named.hostname = 'localhost';
  agent.preconnect(named);
  await expect(requestOnce({ url: named, headers: {}, body: '{}', timeoutMs: 5000, maxBodyCharacters: 10 }, agent)).rejects.toThrow(/altnames/);
  expect(names).toEqual(['localhost']);
});

test('connections that wait are closed with the idle ones', async () => {
  agent.preconnect(url);
  await accepted;
  const closed = once(sockets[0], 'close');
  agent.closeIdle();
  await closed;
  expect(await send()).toMatchObject({ status: 200 });
  expect(sockets).toHaveLength(2);
});
