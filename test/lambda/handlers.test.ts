import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { selfSignedCertificate } from './certificate';
import { PagerDutyServer } from './deliver/pagerduty-server';
import { SecretsServer, startDynamoDb, startSqs, type DynamoDb, type Emulator } from './emulator';
import { FunctionProcess, type Environment } from './function-process';
import { snsEvent, snsNotification } from './notifications';
import { printMessage } from './relay-message';
import { CommonEnvironment, DeliverEnvironment, ReceiveEnvironment } from '../../src/contract/environment';

/** The functions as they are deployed: the bundles, their environment, and PagerDuty behind https. */

const KEY = 'Pd7'.repeat(11).slice(0, 32);
const certificate = selfSignedCertificate();

let folder: string;
let trusted: Environment;
let emulator: Emulator;
let secrets: SecretsServer;
let tables: DynamoDb;
let pagerDuty: PagerDutyServer;
let sqs: SQSClient;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'handlers-'));
  writeFileSync(join(folder, 'ca.pem'), certificate.cert);
  trusted = { NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
  [emulator, secrets, tables, pagerDuty] = await Promise.all([
    startSqs(), SecretsServer.start(), startDynamoDb(), PagerDutyServer.start(certificate),
  ]);
  secrets.secret = JSON.stringify({ db: KEY });
  sqs = new SQSClient({
    region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, endpoint: emulator.url, useQueueUrlAsEndpoint: false,
  });
});

afterAll(async () => {
  sqs.destroy();
  await Promise.all([emulator.stop(), secrets.stop(), tables.stop(), pagerDuty.close()]);
  rmSync(folder, { recursive: true });
});

const running: FunctionProcess[] = [];
beforeEach(() => pagerDuty.reset());
afterEach(async () => { await Promise.all(running.splice(0).map(async (process) => process.stop())); });

function start(bundle: 'receive' | 'deliver', environment: Environment): FunctionProcess {
  const started = new FunctionProcess(bundle, environment);
  running.push(started);
  return started;
}

let queues = 0;

async function createQueue(): Promise<string> {
  const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `events-${++queues}.fifo`, Attributes: { FifoQueue: 'true' } }));
  return url;
}

/** What the construct would set, for services on this machine. */
const receiveEnvironment = (queueUrl: string): Environment => ({
  [CommonEnvironment.WORKSPACE_ID]: 'ws-1',
  [ReceiveEnvironment.QUEUE_URL]: queueUrl,
  [ReceiveEnvironment.SEVERITY_MAP]: '{"page":"critical"}',
});
const deliverEnvironment = (queueUrl: string, deadLetterQueueUrl: string, table = tables.tableName): Environment => ({
  AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
  AWS_ENDPOINT_URL_DYNAMODB: tables.url,
  [CommonEnvironment.WORKSPACE_ID]: 'ws-1',
  [DeliverEnvironment.QUEUE_URL]: queueUrl,
  [DeliverEnvironment.DEAD_LETTER_QUEUE_URL]: deadLetterQueueUrl,
  [DeliverEnvironment.ROUTING_KEY_SECRET_ARN]: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:keys',
  [DeliverEnvironment.ROUTING_KEY_NAMES]: '["db"]',
  [DeliverEnvironment.PAGERDUTY_ENDPOINTS]: JSON.stringify({ us: pagerDuty.url.href }),
  [DeliverEnvironment.DEFAULT_ENDPOINT]: 'us',
  [DeliverEnvironment.WATERMARK_TABLE]: table,
  [DeliverEnvironment.RETRY_WINDOW_SECONDS]: '86400',
});

/** What the queue hands out next, which of a group may be one message only, as Lambda's event source hands it over. */
async function batchOf(queueUrl: string): Promise<{ Records: Array<{ messageId?: string; receiptHandle?: string }> }> {
  const { Messages: messages = [] } = await sqs.send(new ReceiveMessageCommand({
    QueueUrl: queueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'],
  }));
  return {
    Records: messages.map(({ MessageId, ReceiptHandle, Body, Attributes }) => ({
      messageId: MessageId, receiptHandle: ReceiptHandle, body: Body, attributes: Attributes,
    })),
  };
}

const notification = (status: 'firing' | 'resolved', messageId: string) => snsEvent(snsNotification(printMessage({
  status,
  routingKey: 'db',
  groupLabels: [['alertname', 'DiskFull']],
  sections: [{ path: ['description'], content: 'disk full' }, { path: ['severity'], content: 'PAGE' }],
}), { messageId }));

test('a notification becomes a page, and its end a resolve of the same incident', async () => {
  const [queueUrl, deadLetterQueueUrl] = [await createQueue(), await createQueue()];
  const receive = start('receive', receiveEnvironment(queueUrl));
  const deliver = start('deliver', { ...deliverEnvironment(queueUrl, deadLetterQueueUrl), ...trusted });
  await receive.invoke(notification('firing', 'm1'));
  await receive.invoke(notification('resolved', 'm2'));

  for (let batch = await batchOf(queueUrl); batch.Records.length > 0; batch = await batchOf(queueUrl)) {
    expect(await deliver.invoke(batch)).toEqual({ batchItemFailures: [] });
    for (const { receiptHandle: ReceiptHandle } of batch.Records) await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
  }
  expect(pagerDuty.events).toMatchObject([
    { routing_key: KEY, event_action: 'trigger', payload: { summary: 'disk full', severity: 'critical' } },
    { routing_key: KEY, event_action: 'resolve' },
  ]);
  expect(pagerDuty.events[0].dedup_key).toBe(pagerDuty.events[1].dedup_key);
  for (const { output } of [receive, deliver]) {
    expect(output).toContain('"_aws"');
    expect(output).not.toContain(KEY);
  }
});

test('a certificate that nobody vouches for gets no key, and the event is retried', async () => {
  const [queueUrl, deadLetterQueueUrl] = [await createQueue(), await createQueue()];
  await start('receive', receiveEnvironment(queueUrl)).invoke(notification('firing', 'm1'));
  const deliver = start('deliver', deliverEnvironment(queueUrl, deadLetterQueueUrl, await tables.createTable()));
  const batch = await batchOf(queueUrl);

  expect(await deliver.invoke(batch)).toEqual({ batchItemFailures: [{ itemIdentifier: batch.Records[0].messageId }] });
  expect(pagerDuty.events).toEqual([]);
  expect(deliver.output).toContain('self-signed certificate');
});

test('receive fails when the queue does not take an event, so that Lambda calls it again', async () => {
  const receive = start('receive', receiveEnvironment(`${emulator.url}/000000000000/missing.fifo`));
  await expect(receive.invoke(notification('firing', 'm1'))).rejects.toThrow(/queue/i);
  expect(receive.output).toContain('event not queued, Lambda will retry');
});

describe('a variable that is missing ends the function at its start, with one error that names it', () => {
  const missing = (...names: readonly string[]) => names.map((name) => [name] as const);

  async function endOf(bundle: 'receive' | 'deliver', environment: Environment, name: string): Promise<string> {
    const broken = start(bundle, Object.fromEntries(Object.entries(environment).filter(([other]) => other !== name)));
    expect(await broken.end()).not.toBe(0);
    expect(broken.output.match(/^\w*Error: .*$/gm)).toHaveLength(1);
    return broken.output;
  }

  // A configuration without receivers besides PagerDuty has no second queue.
  const optional: readonly string[] = [ReceiveEnvironment.NOTIFY_QUEUE_URL];
  const needed = [...Object.values(CommonEnvironment), ...Object.values(ReceiveEnvironment)].filter((name) => !optional.includes(name));

  test.each(missing(...needed))('receive without %s', async (name) => {
    expect(await endOf('receive', receiveEnvironment('url'), name)).toContain(`Error: environment variable ${name} is missing or empty`);
  });

  test.each(missing(...Object.values(CommonEnvironment), ...Object.values(DeliverEnvironment)))('deliver without %s', async (name) => {
    expect(await endOf('deliver', deliverEnvironment('url', 'dead'), name)).toContain(`Error: environment variable ${name} is missing or empty`);
  });

  test('and one that has no sense as well', async () => {
    const broken = start('deliver', { ...deliverEnvironment('url', 'dead'), [DeliverEnvironment.RETRY_WINDOW_SECONDS]: 'soon' });
    expect(await broken.end()).not.toBe(0);
    expect(broken.output).toContain('environment variable RETRY_WINDOW_SECONDS is not a number greater than 0');
  });
});
