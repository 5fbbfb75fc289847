import { freePort, serve } from '../../../sandbox/net/loopback';

test('a free port is below those of outgoing connections', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, async () => freePort()));

  expect(ports.filter((port) => port < 10_000 || port > 32_767)).toEqual([]);
});

test('a port that somebody listens on is not free', async () => {
  const port = await freePort();
  const server = await serve(async (_, response) => void response.end(), port);
  try {
    await expect(freePort({ lowest: port, highest: port })).rejects.toThrow(`no free port between ${port} and ${port} on 127.0.0.1`);
  } finally {
    await server.close();
  }
  expect(await freePort({ lowest: port, highest: port })).toBe(port);
});
