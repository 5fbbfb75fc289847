import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selfSignedCertificate } from './certificate';
import { queuedEvent } from './deliver/events';
import { PagerDutyServer } from './deliver/pagerduty-server';
import { SecretsServer, startDynamoDb, type DynamoDb } from './emulator';
import { FunctionProcess, type Environment } from './function-process';
import { messageBody } from '../../lambda/receive/event-queue';
import { AlertManagerConfig, Delivery } from '../../src';
import { CommonEnvironment, DeliverEnvironment, NotifyEnvironment } from '../../src/contract/environment';
import { idOf, synthesize } from '../construct/synthesized';

/** The bundles of deliver and notify behind a proxy, with the variables that the construct sets for them. */

const KEY = 'Pd7'.repeat(11).slice(0, 32);
const certificate = selfSignedCertificate();

let folder: string;
let secrets: SecretsServer;
let tables: DynamoDb;
let pagerDuty: PagerDutyServer;
let proxy: http.Server;
let running: FunctionProcess | undefined;
/** What the proxy does with a request to connect. */
let treat: (client: Socket, target: string) => void;
const asked: string[] = [];
const opened = new Set<Socket>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'proxy-'));
  writeFileSync(join(folder, 'ca.pem'), certificate.cert);
  [secrets, tables, pagerDuty] = await Promise.all([SecretsServer.start(), startDynamoDb(), PagerDutyServer.start(certificate)]);
  secrets.secret = JSON.stringify({ default: KEY });
  proxy = http.createServer();
  proxy.on('connection', (socket: Socket) => opened.add(socket));
  proxy.on('connect', ({ url }: http.IncomingMessage, client: Socket) => {
    asked.push(String(url));
    client.on('error', () => undefined);
    treat(client, String(url));
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
});

beforeEach(() => {
  asked.length = 0;
  pagerDuty.reset();
});

afterEach(async () => running?.stop());

afterAll(async () => {
  opened.forEach((socket) => socket.destroy());
  await Promise.all([secrets.stop(), tables.stop(), pagerDuty.close(), new Promise((resolve) => proxy.close(resolve))]);
  rmSync(folder, { recursive: true });
});

/** The variables that the construct sets for both functions, with services and queues on this machine. */
function environment(): Environment {
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const { stack, alerting, resources } = synthesize({
    delivery: Delivery.relay({ httpsProxy: address, notify: { httpsProxy: address, allowLocalAddresses: true } }),
    alertManagerConfig: AlertManagerConfig.fromString(
      '{route: {receiver: a}, receivers: [{name: a, webhook_configs: [{url: "https://hooks.example.com/x"}]}]}'),
  });
  const set = Object.fromEntries([alerting.relay.notifyFunction, alerting.relay.deliverFunction].flatMap((fn) => {
    const { Properties } = resources[idOf(stack, fn?.functionArn ?? '')];
    const { Variables } = Properties?.Environment as { Variables: Record<string, unknown> };
    return Object.entries(Variables).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  }));
  return {
    ...set,
    NO_PROXY: '.amazonaws.com',
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
    AWS_ENDPOINT_URL_DYNAMODB: tables.url,
    [CommonEnvironment.WORKSPACE_ID]: 'ws-1',
    [DeliverEnvironment.QUEUE_URL]: 'http://127.0.0.1:9/queue',
    [DeliverEnvironment.DEAD_LETTER_QUEUE_URL]: 'http://127.0.0.1:9/dead',
    [DeliverEnvironment.ROUTING_KEY_SECRET_ARN]: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:keys',
    [NotifyEnvironment.SECRET_ARN]: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:keys',
    [DeliverEnvironment.PAGERDUTY_ENDPOINTS]: JSON.stringify({ us: pagerDuty.url.href }),
    [DeliverEnvironment.DEFAULT_ENDPOINT]: 'us',
    [DeliverEnvironment.WATERMARK_TABLE]: tables.tableName,
  };
}

async function invoke(bundle: 'deliver' | 'notify' = 'deliver', body = messageBody(queuedEvent('i', 'trigger', { routingKey: {} }))): Promise<unknown> {
  running = new FunctionProcess(bundle, environment());
  return running.invoke({
    Records: [{
      messageId: 'm', receiptHandle: 'r', body, attributes: { MessageGroupId: 'g', SentTimestamp: String(Date.now()), ApproximateReceiveCount: '1' },
    }],
  });
}

/** A notification for the webhook whose URL is in the secret. */
async function notify(url: string): Promise<unknown> {
  secrets.secret = JSON.stringify({ default: KEY, hook: url });
  return invoke('notify', JSON.stringify({
    version: 1,
    transport: 'webhook',
    entry: 'e',
    status: 'firing',
    receiver: 'r',
    notificationId: 'n',
    publishedAt: new Date().toISOString(),
    request: { url: 'hook', body: '{"status":"firing"}' },
  }));
}

test('a page goes through the tunnel of the proxy, and requests to AWS do not', async () => {
  treat = (client, target) => {
    const [host, port] = target.split(':');
    const server = connect(Number(port), host, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      client.pipe(server).pipe(client);
    });
    server.on('error', () => client.destroy());
  };
  expect(await invoke()).toEqual({ batchItemFailures: [] });
  expect(pagerDuty.events).toMatchObject([{ routing_key: KEY, event_action: 'trigger' }]);
  expect(asked).toEqual([pagerDuty.url.host]);
});

test('a proxy that refuses the tunnel keeps the event in the queue', async () => {
  treat = (client) => client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  expect(await invoke()).toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
  expect(pagerDuty.events).toEqual([]);
  expect(asked).toEqual([pagerDuty.url.host]);
});

test('a webhook on the internet goes through the proxy; while that refuses, the notification stays in the queue', async () => {
  treat = (client) => client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  // An address for documentation: nobody has it, and nothing but the proxy is asked for it.
  expect(await notify('https://192.0.2.1/hook')).toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
  expect(asked).toEqual(['192.0.2.1:443']);
});

test('a webhook on an address that is not public is reached without the proxy', async () => {
  treat = (client) => client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  expect(await notify(pagerDuty.url.href)).toEqual({ batchItemFailures: [] });
  expect(pagerDuty.events).toEqual([{ status: 'firing' }]);
  expect(asked).toEqual([]);
});
