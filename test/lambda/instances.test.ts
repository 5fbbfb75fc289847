import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PagerDutyServer } from './deliver/pagerduty-server';
import { SecretsServer, startDynamoDb, startSqs, type DynamoDb, type Emulator } from './emulator';
import { FunctionProcess, type Environment } from './function-process';
import { snsEvent, snsNotification } from './notifications';
import { printMessage } from './relay-message';
import { Random } from '../../sandbox/chaos/random';
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

type Status = 'firing' | 'resolved';
type Batch = { Records: Array<{ messageId?: string; receiptHandle?: string }> };

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
  const batch = async (): Promise<Batch> => {
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
    publish: async (status: Status, second: number, alertname = 'X') => receive.invoke(snsEvent(snsNotification(printMessage({
      status, routingKey: 'db', groupLabels: [['alertname', alertname]], sections: [{ path: ['description'], content: 'disk full' }],
    }), { messageId: `m-${++published}`, timestamp: new Date(START + second * 1000).toISOString() }))),
    batch,
    /** Reports what an invocation has done, as the event source does. Resolves to how many messages are gone from the queue. */
    complete: async ({ Records: records }: Batch, answer: unknown): Promise<number> => {
      const { batchItemFailures: failures } = answer as { batchItemFailures: ReadonlyArray<{ itemIdentifier: string }> };
      const done = records.filter(({ messageId }) => !failures.some(({ itemIdentifier }) => itemIdentifier === messageId));
      for (const { receiptHandle: ReceiptHandle } of done) await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
      return done.length;
    },
    /** Moves everything back from the dead-letter queue, as a redrive does. Resolves to how many messages that was. */
    redrive: async (): Promise<number> => {
      let moved = 0;
      for (;;) {
        const { Messages: messages = [] } = await sqs.send(new ReceiveMessageCommand({
          QueueUrl: deadLetterQueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'],
        }));
        if (messages.length === 0) return moved;
        for (const { MessageId: id, ReceiptHandle, Body: MessageBody, Attributes: attributes } of messages) {
          await sqs.send(new SendMessageCommand({
            QueueUrl: queueUrl, MessageBody, MessageGroupId: attributes?.MessageGroupId, MessageDeduplicationId: `redrive-${id}`,
          }));
          await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLetterQueueUrl, ReceiptHandle }));
          moved += 1;
        }
      }
    },
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

const REFUSED = { status: 400, body: JSON.stringify({ status: 'invalid event', message: 'no', errors: ['no'] }) };

interface Notification {
  readonly alertname: string;
  readonly status: Status;
  readonly second: number;
}

/** For each alert: it fires and ends in turn. Some are published in the wrong order, and some once more, later. */
function shuffledNotifications(random: Random): Notification[] {
  const lanes = ['A', 'B', 'C'].map((alertname, lane) => Array.from({ length: 4 + (lane % 2) }, (_, index): Notification => (
    { alertname, status: index % 2 === 0 ? 'firing' : 'resolved', second: index * 60 })));
  for (const lane of lanes) {
    const at = random.integer(0, lane.length - 2);
    lane.splice(at, 2, lane[at + 1], lane[at]);
    const repeated = random.integer(0, lane.length - 2);
    lane.splice(random.integer(repeated + 1, lane.length), 0, lane[repeated]);
  }
  const mixed: Notification[] = [];
  while (lanes.some((lane) => lane.length > 0)) mixed.push(...random.pick(lanes.filter((lane) => lane.length > 0)).splice(0, 1));
  return mixed;
}

test.each([1, 2])('swaps, repeats, refusals, a redrive, and a kill over several instances leave each incident as its last notification says (seed %i)', async (seed) => {
  const random = Random.derive(seed, 'instances');
  const { newInstance, publish, batch, complete, redrive } = await setUp();
  const instances = [newInstance(), newInstance(), newInstance()];
  const notifications = shuffledNotifications(random);
  const refusedAt = [2, 7, 11];
  // Of a later notification than all before, an event is sent in any case.
  const isLatest = (index: number): boolean => notifications.slice(0, index).every(({ alertname, second }) => (
    alertname !== notifications[index].alertname || second < notifications[index].second));
  let [left, redriven, killed] = [0, 0, 0];
  const deliver = async (instance: FunctionProcess, received: Batch): Promise<void> => {
    if (received.Records.length > 0) left -= await complete(received, await instance.invoke(received));
  };
  const deliverSideBySide = async (): Promise<void> => {
    const [first, second] = [random.integer(0, 2), random.integer(1, 2)];
    // Groups that one batch has are not in another.
    const batches = [await batch(), await batch()];
    await Promise.all(batches.map(async (received, index) => deliver(instances[(first + index * second) % 3], received)));
  };
  for (const [index, { alertname, status, second }] of notifications.entries()) {
    const kills = killed === 0 && index >= notifications.length / 2 && isLatest(index);
    if (kills) await deliverSideBySide();
    await publish(status, second, alertname);
    left += 1;
    if (refusedAt.includes(index) && !kills) pagerDuty.next(REFUSED);
    if (kills) {
      const posted = pagerDuty.events.length;
      const victim = random.integer(0, 2);
      pagerDuty.next('hang');
      let isOver = false;
      const lost = instances[victim].invoke(await batch()).then(() => 0, () => 1).finally(() => { isOver = true; });
      while (pagerDuty.events.length === posted && !isOver) await new Promise((resolve) => setTimeout(resolve, 20));
      await instances[victim].stop();
      killed += await lost;
      // If the message was not in the batch, the next one is the one to be killed.
      pagerDuty.forget();
      instances[victim] = newInstance();
    } else if (random.chance(0.6)) {
      await deliverSideBySide();
    }
    if (random.chance(0.2)) {
      const moved = await redrive();
      [left, redriven] = [left + moved, redriven + moved];
    }
  }
  // What the killed instance had received comes back when its visibility timeout ends.
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    await deliverSideBySide();
    const moved = left === 0 ? await redrive() : 0;
    [left, redriven] = [left + moved, redriven + moved];
    if (left === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect({ left, killed, isRedriven: redriven > 0 }).toEqual({ left: 0, killed: 1, isRedriven: true });

  // Which incident is whose, only the dedup keys say. Two alerts have ended, and the one with five notifications fires.
  const incidents = new Map<string, string[]>();
  for (const { dedup_key: key, event_action: action } of pagerDuty.accepted) incidents.set(key, [...incidents.get(key) ?? [], action]);
  const finals = [...incidents.values()].map((sent) => sent.at(-1)).sort();
  expect(finals).toEqual(['resolve', 'resolve', 'trigger']);
  expect([...incidents.values()].every((sent) => sent.includes('trigger'))).toBe(true);
}, 60_000);
