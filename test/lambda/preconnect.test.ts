import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSignedCertificate } from './certificate';
import { queuedEvent } from './deliver/events';
import { FunctionProcess, type Environment } from './function-process';
import { snsEvent, snsNotification } from './notifications';
import { messageBody } from '../../lambda/receive/event-queue';
import { CommonEnvironment, DeliverEnvironment, ReceiveEnvironment } from '../../src/contract/environment';
import { until } from '../message/support/loopback';

/** The bundles open the connections of their first request while they start. */

const certificate = selfSignedCertificate();
const ANSWERS = {
  sqs: { MessageId: 'message' },
  secrets: { SecretString: 'Pd7'.repeat(11).slice(0, 32), CreatedDate: 1_700_000_000 },
  tables: { Responses: {}, UnprocessedKeys: {} },
  pagerDuty: { status: 'success', message: 'Event processed', dedup_key: 'd' },
};
type ServiceName = keyof typeof ANSWERS;
const NAMES = Object.keys(ANSWERS) as ServiceName[];

let folder: string;
let running: FunctionProcess | undefined;
const servers = new Map<ServiceName, Server>();
/** What happened, in its order. */
const log: string[] = [];
const sockets = new Set<Socket>();
/** The first connection of each service. */
const opened = new Map<ServiceName, Socket>();
/** Whether the first request to each service came on its first connection. */
const firstSockets = new Map<ServiceName, boolean>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'preconnect-'));
  writeFileSync(join(folder, 'ca.pem'), certificate.cert);
  for (const name of NAMES) {
    const server = createServer(certificate, (request, response) => {
      log.push(`${name} request`);
      if (!firstSockets.has(name)) firstSockets.set(name, opened.get(name) === request.socket);
      request.resume();
      request.on('end', () => response.writeHead(name === 'pagerDuty' ? 202 : 200).end(JSON.stringify(ANSWERS[name])));
    });
    server.on('secureConnection', (socket: Socket) => {
      if (!opened.has(name)) opened.set(name, socket);
    });
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      log.push(`${name} connection`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.set(name, server);
  }
});

beforeEach(() => {
  log.length = 0;
  opened.clear();
  firstSockets.clear();
});

afterEach(async () => running?.stop());

afterAll(async () => {
  sockets.forEach((socket) => socket.destroy());
  await Promise.all(Array.from(servers.values(), async (server) => new Promise((resolve) => server.close(resolve))));
  rmSync(folder, { recursive: true });
});

function environment(): Environment {
  const url = (name: ServiceName): string => `https://127.0.0.1:${(servers.get(name)?.address() as AddressInfo).port}`;
  return {
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    AWS_ENDPOINT_URL_SQS: url('sqs'),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url('secrets'),
    AWS_ENDPOINT_URL_DYNAMODB: url('tables'),
    [CommonEnvironment.WORKSPACE_ID]: 'ws-1',
    [ReceiveEnvironment.QUEUE_URL]: `${url('sqs')}/000000000000/events.fifo`,
    [ReceiveEnvironment.SEVERITY_MAP]: '{}',
    [DeliverEnvironment.DEAD_LETTER_QUEUE_URL]: `${url('sqs')}/000000000000/dead.fifo`,
    [DeliverEnvironment.ROUTING_KEY_SECRET_ARN]: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:keys',
    [DeliverEnvironment.ROUTING_KEY_NAMES]: '["default"]',
    [DeliverEnvironment.PAGERDUTY_ENDPOINTS]: JSON.stringify({ us: `${url('pagerDuty')}/v2/enqueue` }),
    [DeliverEnvironment.DEFAULT_ENDPOINT]: 'us',
    [DeliverEnvironment.WATERMARK_TABLE]: 'watermarks',
    [DeliverEnvironment.RETRY_WINDOW_SECONDS]: '86400',
  };
}

const happened = (): string => log.join(', ');

const of = (what: 'connection' | 'request'): string[] => log.filter((entry) => entry.endsWith(what)).sort();

test('receive connects to Amazon SQS, and its first notification takes this connection', async () => {
  running = new FunctionProcess('receive', environment());
  await until(() => log.length > 0, happened);
  expect(log).toEqual(['sqs connection']);
  await running.invoke(snsEvent(snsNotification('disk full')));
  expect([...firstSockets]).toEqual([['sqs', true]]);
});

test('deliver connects to everything that a page needs, and its first page takes these connections', async () => {
  const connections = ['pagerDuty connection', 'secrets connection', 'tables connection'];
  running = new FunctionProcess('deliver', environment());
  await until(() => log.length >= 3, happened);
  expect(of('connection')).toEqual(connections);
  expect(of('request')).toEqual([]);
  const record = { messageId: 'm', receiptHandle: 'r', body: messageBody(queuedEvent('i', 'trigger', { routingKey: {} })), attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()), MessageGroupId: 'g' } };
  expect(await running.invoke({ Records: [record] })).toEqual({ batchItemFailures: [] });
  // A request that takes too long on a busy machine is sent again, on another connection.
  expect([...firstSockets].sort()).toEqual([['pagerDuty', true], ['secrets', true], ['tables', true]]);
});

test('behind a proxy, nothing is opened ahead', async () => {
  running = new FunctionProcess('receive', { ...environment(), NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: 'http://127.0.0.1:1' });
  await expect(running.invoke({ Records: [] })).resolves.toBeUndefined();
  expect(log).toEqual([]);
});
