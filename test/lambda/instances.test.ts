import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PagerDutyServer } from './deliver/pagerduty-server';
import { SecretsServer, startDynamoDb, startSqs, type DynamoDb, type Emulator } from './emulator';
import { FunctionProcess, type Environment } from './function-process';
import { snsEvent, snsNotification } from './notifications';
import { printMessage } from './relay-message';
import { CommonEnvironment, DeliverEnvironment, ReceiveEnvironment } from '../../src/contract/environment';

/** Several instances of the bundles, with SQS, DynamoDB, and Secrets Manager on this machine. */

const KEY = 'Pd7'.repeat(11).slice(0, 32);
const VISIBILITY_SECONDS = 2;

/** Within the retry window. */
const START = Date.now() - 600_000;

let emulator: Emulator;
let secrets: SecretsServer;
let tables: DynamoDb;
let pagerDuty: PagerDutyServer;
let sqs: SQSClient;

beforeAll(async () => {
  [emulator, secrets, tables, pagerDuty] = await Promise.all([startSqs(), SecretsServer.start(), startDynamoDb(), PagerDutyServer.start()]);
  secrets.secret = JSON.stringify({ db: KEY });
  sqs = new SQSClient({
    region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, endpoint: emulator.url, useQueueUrlAsEndpoint: false,
  });
});

afterAll(async () => {
  sqs.destroy();
  await Promise.all([emulator.stop(), secrets.stop(), tables.stop(), pagerDuty.close()]);
});

const running: FunctionProcess[] = [];
beforeEach(() => pagerDuty.reset());
afterEach(async () => { await Promise.all(running.splice(0).map(async (process) => process.stop())); });

let queues = 0;

async function setUp() {
  const name = `instances-${++queues}`;
  const create = async (suffix: string): Promise<string> => {
    const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({
      QueueName: `${name}-${suffix}.fifo`, Attributes: { FifoQueue: 'true', VisibilityTimeout: String(VISIBILITY_SECONDS) },
    }));
    return url;
  };
  const [queueUrl, deadLetterQueueUrl] = [await create('events'), await create('dead')];
  const start = (bundle: 'receive' | 'deliver', environment: Environment): FunctionProcess => {
    const started = new FunctionProcess(bundle, { [CommonEnvironment.WORKSPACE_ID]: 'ws-1', ...environment });
    running.push(started);
    return started;
  };
  const table = await tables.createTable();
  const receive = start('receive', { [ReceiveEnvironment.QUEUE_URL]: queueUrl, [ReceiveEnvironment.SEVERITY_MAP]: '{}' });
  let published = 0;
  const batch = async (): Promise<{ Records: Array<{ messageId?: string; receiptHandle?: string }> }> => {
    const { Messages: messages = [] } = await sqs.send(new ReceiveMessageCommand({
      QueueUrl: queueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'],
    }));
    return {
      Records: messages.map(({ MessageId, ReceiptHandle, Body, Attributes }) => (
        { messageId: MessageId, receiptHandle: ReceiptHandle, body: Body, attributes: Attributes })),
    };
  };
  return {
    newInstance: () => start('deliver', {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
      AWS_ENDPOINT_URL_DYNAMODB: tables.url,
      [DeliverEnvironment.QUEUE_URL]: queueUrl,
      [DeliverEnvironment.DEAD_LETTER_QUEUE_URL]: deadLetterQueueUrl,
      [DeliverEnvironment.ROUTING_KEY_SECRET_ARN]: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:keys',
      [DeliverEnvironment.ROUTING_KEY_NAMES]: '["db"]',
      [DeliverEnvironment.PAGERDUTY_ENDPOINTS]: JSON.stringify({ us: pagerDuty.url.href }),
      [DeliverEnvironment.DEFAULT_ENDPOINT]: 'us',
      [DeliverEnvironment.WATERMARK_TABLE]: table,
      [DeliverEnvironment.RETRY_WINDOW_SECONDS]: '86400',
    }),
    /** Publishes a notification that SNS accepted at this second, with an id of its own each time. */
    publish: async (status: 'firing' | 'resolved', second: number) => receive.invoke(snsEvent(snsNotification(printMessage({
      status, routingKey: 'db', groupLabels: [['alertname', 'X']], sections: [{ path: ['description'], content: 'disk full' }],
    }), { messageId: `m-${++published}`, timestamp: new Date(START + second * 1000).toISOString() }))),
    batch,
    /** Delivers everything that is in the queue, batch by batch. */
    drain: async (instance: FunctionProcess): Promise<void> => {
      for (let received = await batch(); received.Records.length > 0; received = await batch()) {
        expect(await instance.invoke(received)).toEqual({ batchItemFailures: [] });
        for (const { receiptHandle: ReceiptHandle } of received.Records) {
          await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
        }
      }
    },
  };
}

const actions = () => pagerDuty.events.map(({ event_action }) => event_action);

test('a repetition in a cold instance opens no incident that nothing resolves, and closes none', async () => {
  const { newInstance, publish, drain } = await setUp();
  for (const [status, second] of [['firing', 0], ['resolved', 60], ['firing', 0], ['firing', 120], ['resolved', 60]] as const) {
    await publish(status, second);
    await drain(newInstance());
  }
  expect(actions()).toEqual(['trigger', 'resolve', 'trigger']);
});

test('a trigger that a cold instance gets after its resolve pages late, and is resolved', async () => {
  const { newInstance, publish, drain } = await setUp();
  await publish('resolved', 60);
  await drain(newInstance());
  await publish('firing', 0);
  await drain(newInstance());
  expect(actions()).toEqual(['resolve', 'trigger', 'resolve']);
});

test('an instance that is killed after its POST opens no second incident, and its group comes back', async () => {
  const { newInstance, publish, drain, batch } = await setUp();
  await publish('firing', 0);
  await drain(newInstance());
  await publish('resolved', 60);
  pagerDuty.next('hang');
  const doomed = newInstance();
  const lost = doomed.invoke(await batch()).catch(() => 'killed');
  while (actions().length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  await doomed.stop();
  expect(await lost).toBe('killed');
  // The trigger comes again meanwhile, and must wait behind the resolve that was sent.
  await publish('firing', 0);
  await new Promise((resolve) => setTimeout(resolve, VISIBILITY_SECONDS * 1000 + 200));
  await drain(newInstance());
  expect(actions()).toEqual(['trigger', 'resolve', 'resolve']);
});

test('pages go out while the table cannot be reached, and a metric says so', async () => {
  const { newInstance, publish, drain } = await setUp();
  const { url } = tables;
  Object.assign(tables, { url: 'http://127.0.0.1:1' });
  const instance = newInstance();
  Object.assign(tables, { url });
  await publish('firing', 0);
  await drain(instance);
  expect(actions()).toEqual(['trigger']);
  expect(instance.output).toContain('"WatermarkUnavailable":1');
});

test('after a rotation, a cold instance resolves the incident under the key that opened it', async () => {
  const { newInstance, publish, drain } = await setUp();
  await publish('firing', 0);
  await drain(newInstance());
  const rotated = 'N'.repeat(32);
  secrets.previous = secrets.secret;
  secrets.secret = JSON.stringify({ db: rotated });
  try {
    await publish('resolved', 60);
    await drain(newInstance());
  } finally {
    secrets.secret = secrets.previous;
    secrets.previous = undefined;
  }
  expect(pagerDuty.events.map(({ event_action, routing_key }) => `${event_action} ${routing_key}`).sort())
    .toEqual([`resolve ${rotated}`, `resolve ${KEY}`, `trigger ${KEY}`].sort());
});
