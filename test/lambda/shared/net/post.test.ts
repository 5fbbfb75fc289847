import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { post } from '../../../../lambda/shared/net/post';
import type { PostResponse } from '../../../../lambda/shared/net/post-request';
import { nodeForFunctions } from '../../../../sandbox/lambda/node-binary';

/** A server that writes these bytes to whoever connects, once a request has come. */
async function withRawServer<T>(answer: string | undefined, use: (url: URL) => Promise<T>): Promise<T> {
  const sockets: net.Socket[] = [];
  const server = net.createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => {
      if (answer === undefined) socket.end();
      else socket.write(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
  } finally {
    sockets.forEach((socket) => socket.destroy());
    await new Promise((resolve) => server.close(resolve));
  }
}

const send = async (url: URL): Promise<PostResponse> => post({ url, headers: {}, body: '{}', timeoutMs: 2000, maxBodyCharacters: 10 });

test('a protocol upgrade that nobody asked for settles as a response', async () => {
  const answer = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: foo\r\nConnection: Upgrade\r\n\r\n';
  expect(await withRawServer(answer, send)).toMatchObject({ status: 101, body: '' });
});

test('a connection that is closed without a response settles as an error', async () => {
  await expect(withRawServer(undefined, send)).rejects.toThrow();
});

test('a body that is cut off counts as incomplete, and so does one that is too long', async () => {
  const long = 'HTTP/1.1 202 Accepted\r\nContent-Length: 20\r\n\r\n01234567890123456789';
  expect(await withRawServer(long, send)).toMatchObject({ status: 202, body: '0123456789', isComplete: false });
  const whole = 'HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nok';
  expect(await withRawServer(whole, send)).toMatchObject({ status: 202, body: 'ok', isComplete: true });
});

test.each<[flag: string, connects: number]>([['1', 1], ['0', 0]])(
  'with NODE_USE_ENV_PROXY=%s, requests over https go through the proxy of the environment %i times', async (flag, connects) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'proxy-'));
    const bundle = path.join(folder, 'post.cjs');
    const seen: string[] = [];
    const proxy = http.createServer();
    proxy.on('connect', ({ url }: http.IncomingMessage, socket) => {
      seen.push(String(url));
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    try {
      const esbuild = spawnSync('npx', ['esbuild', '--bundle', path.resolve(__dirname, '../../../../lambda/shared/net/post.ts'), '--platform=node', `--outfile=${bundle}`]);
      expect(esbuild.status).toBe(0);
      writeFileSync(path.join(folder, 'main.cjs'), `
        const { post } = require('./post.cjs');
        post({ url: new URL('https://127.0.0.1:1/'), headers: {}, body: '{}', timeoutMs: 5000, maxBodyCharacters: 10 }).then(console.log, () => undefined);
      `);
      const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
      const child = spawn(nodeForFunctions().path, [path.join(folder, 'main.cjs')], { env: { HTTPS_PROXY: address, NODE_USE_ENV_PROXY: flag } });
      await new Promise((resolve) => child.on('exit', resolve));
      expect(seen).toEqual(Array(connects).fill('127.0.0.1:1'));
    } finally {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
      rmSync(folder, { recursive: true });
    }
  });
