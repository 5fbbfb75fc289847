import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient, type Message } from '@aws-sdk/client-sqs';
import { PagerDutyServer } from './deliver/pagerduty-server';
import { SecretsServer, startDynamoDb, startSqs, type DynamoDb, type Emulator } from './emulator';
import { snsEvent, snsNotification } from './notifications';
import { startCapture } from './output';
import { printMessage } from './relay-message';
import { deliverBatch } from '../../lambda/deliver/deliver-batch';
import type { DeliverCollaborators } from '../../lambda/deliver/deliver-group';
import { postJson } from '../../lambda/deliver/http';
import { Lanes } from '../../lambda/deliver/pace/lanes';
import { RoutingKeyCache } from '../../lambda/deliver/routing-key-cache';
import { sqsEventQueue } from '../../lambda/receive/event-queue';
import { receiveNotifications, type ReceiveCollaborators } from '../../lambda/receive/receive-notifications';
import { createAwsClient } from '../../lambda/shared/aws/aws-client';
import { DYNAMODB, SECRETS_MANAGER, SQS } from '../../lambda/shared/aws/services';
import { systemClock, type Clock } from '../../lambda/shared/clock';
import { sqsDeliveryQueue } from '../../lambda/shared/queue/delivery-queue';
import { secretReader } from '../../lambda/shared/secret';
import { createTelemetry } from '../../lambda/shared/telemetry';
import { DeliveryHistory } from '../../lambda/shared/watermark/delivery-history';
import { SharedTable } from '../../lambda/shared/watermark/shared-table';
import { WatermarkTable } from '../../lambda/shared/watermark/watermark-table';

const KEY = 'Pd7'.repeat(11).slice(0, 32);
const AWS_ENVIRONMENT = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
const CREDENTIALS = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

let emulator: Emulator;
let secrets: SecretsServer;
let tables: DynamoDb;
let pagerDuty: PagerDutyServer;
let sqs: SQSClient;

beforeAll(async () => {
  [emulator, secrets, tables, pagerDuty] = await Promise.all([startSqs(), SecretsServer.start(), startDynamoDb(), PagerDutyServer.start()]);
  sqs = new SQSClient({ ...CREDENTIALS, endpoint: emulator.url, useQueueUrlAsEndpoint: false });
});

afterAll(async () => {
  sqs.destroy();
  await Promise.all([emulator.stop(), secrets.stop(), tables.stop(), pagerDuty.close()]);
});

let queues = 0;
const published = new Map<string, string>();

/** A second later for each message. */
function publishedAt(messageId: string): string {
  const known = published.get(messageId) ?? new Date(Date.parse('2026-03-01T10:00:00Z') + published.size * 1000).toISOString();
  published.set(messageId, known);
  return known;
}


/** Both functions with the real clients, and a poller in the place of Lambda's event source. */
async function setUp(visibilitySeconds = '30') {
  pagerDuty.reset();
  secrets.secret = JSON.stringify({ db: KEY });
  const create = async (name: string): Promise<string> => {
    const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({
      QueueName: `${name}-${++queues}.fifo`, Attributes: { FifoQueue: 'true', VisibilityTimeout: visibilitySeconds },
    }));
    return url;
  };
  const [queueUrl, deadLetterQueueUrl] = [await create('events'), await create('dead')];
  const aws = {
    environment: { ...AWS_ENVIRONMENT, AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url, AWS_ENDPOINT_URL_DYNAMODB: tables.url },
    maxAttempts: 3,
    attemptTimeoutMs: 2000,
  };
  const sqsOfFunctions = createAwsClient(SQS, { ...aws, knownUrl: queueUrl });
  const receiveWith: ReceiveCollaborators = { queue: sqsEventQueue(sqsOfFunctions, queueUrl), severityMap: {}, telemetry: createTelemetry('receive', 'ws-1') };
  let clock = 0;
  const deliverClock: Clock = { ...systemClock, now: () => Date.now() + clock };
  const deliverTelemetry = createTelemetry('deliver', 'ws-1');
  const items = new WatermarkTable(createAwsClient(DYNAMODB, aws), await tables.createTable(), deliverClock);
  const table = new SharedTable(items, deliverTelemetry, deliverClock);
  const deliverWith: DeliverCollaborators = {
    table,
    clock: deliverClock,
    lanes: new Lanes(table, deliverClock),
    keys: new RoutingKeyCache(secretReader(createAwsClient(SECRETS_MANAGER, aws), 'arn'), ['db'], deliverClock.now),
    post: postJson,
    endpoints: new Map([['us', pagerDuty.url]]),
    defaultEndpoint: 'us',
    queue: sqsDeliveryQueue(sqsOfFunctions, queueUrl, deadLetterQueueUrl),
    history: new DeliveryHistory(table),
    retryWindowSeconds: 86_400,
    telemetry: deliverTelemetry,
  };
  const take = async (url: string): Promise<Message[]> => {
    const { Messages: messages = [] } = await sqs.send(new ReceiveMessageCommand({
      QueueUrl: url, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'],
    }));
    return messages;
  };
  return {
    take,
    queueUrl,
    deadLetterQueueUrl,
    letTimePass: () => { clock += 600_000; },
    publish: async (message: string, messageId: string, attributes: Record<string, string> = {}) =>
      receiveNotifications(snsEvent(snsNotification(message, { messageId, attributes, timestamp: publishedAt(messageId) })), receiveWith),
    /** One batch; how many of it were left in the queue. */
    poll: async (): Promise<{ received: number; failed: number }> => {
      const messages = await take(queueUrl);
      if (messages.length === 0) return { received: 0, failed: 0 };
      const records = messages.map((message) => ({
        messageId: message.MessageId, receiptHandle: message.ReceiptHandle, body: message.Body, attributes: message.Attributes,
      }));
      const { batchItemFailures } = await deliverBatch({ Records: records }, deliverWith, () => 60_000);
      const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
      for (const { MessageId: id = '', ReceiptHandle } of messages) {
        if (!failed.has(id)) await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
      }
      return { received: messages.length, failed: failed.size };
    },
  };
}

const relayed = (status: 'firing' | 'resolved') => printMessage({
  status, routingKey: 'db', groupLabels: [['alertname', 'X']], sections: [{ path: ['description'], content: 'disk full' }],
});
const actions = () => pagerDuty.events.map(({ event_action }) => event_action);

let output: ReturnType<typeof startCapture>;
beforeEach(() => { output = startCapture(); });
afterEach(() => output.stop());

test('a resolve waits for its trigger, as long as that takes', async () => {
  const { publish, poll } = await setUp();
  await publish(relayed('firing'), 'm1');
  await publish(relayed('resolved'), 'm2');
  pagerDuty.next({ status: 500 });
  expect((await poll()).failed).toBeGreaterThan(0);
  // The trigger is invisible, and holds up the resolve: only the queue decides that.
  expect(await poll()).toEqual({ received: 0, failed: 0 });
  expect(actions()).toEqual(['trigger']);
  const deadline = Date.now() + 20_000;
  while (actions().length < 3 && Date.now() < deadline) {
    await poll();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(actions()).toEqual(['trigger', 'trigger', 'resolve']);
  expect(await poll()).toEqual({ received: 0, failed: 0 });
});

test('a notification that SNS hands over twice is one event', async () => {
  const { publish, poll } = await setUp();
  await publish(relayed('firing'), 'm1');
  await publish(relayed('firing'), 'm1');
  await poll();
  await poll();
  expect(actions()).toEqual(['trigger']);
});

test('a rejected event lies in the dead-letter queue with its reason, as it was', async () => {
  const { publish, poll, take, deadLetterQueueUrl } = await setUp();
  await publish(relayed('firing'), 'm1');
  pagerDuty.next({ status: 400, body: JSON.stringify({ message: 'Event object is invalid', errors: [`bad\u0007 ${KEY}`] }) });
  expect(await poll()).toEqual({ received: 1, failed: 0 });
  const [deadLettered] = await take(deadLetterQueueUrl);
  expect(JSON.parse(deadLettered.Body ?? '')).toMatchObject({ version: 1, event: { event_action: 'trigger' }, notificationId: 'm1' });
  expect(deadLettered.MessageAttributes).toMatchObject({
    code: { StringValue: 'rejected' }, reason: { StringValue: 'PagerDuty answered 400: Event object is invalid: bad? [redacted]' },
  });
});

test('a secret that is filled after the alert fired still pages', async () => {
  const { publish, poll, letTimePass } = await setUp('0');
  secrets.secret = undefined;
  await publish(relayed('firing'), 'm1');
  expect(await poll()).toEqual({ received: 1, failed: 1 });
  expect(output.text()).toContain('"code":"secret-without-value"');
  secrets.secret = KEY;
  letTimePass();
  const deadline = Date.now() + 20_000;
  while (actions().length === 0 && Date.now() < deadline) {
    await poll();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(actions()).toEqual(['trigger']);
});

test('no routing key is in a log, a metric or a queue, whatever happens to the event', async () => {
  const { publish, poll, take, deadLetterQueueUrl, queueUrl } = await setUp('0');
  const article = `routing_key: ${KEY}\ndedup_key: d\ndescription: page ${KEY}\ndetails:\n  note: "${KEY}"\n`;
  const bodies: string[] = [];
  const messages = [relayed('firing'), article, `${article}"broken`, `hello ${KEY}`, `{"routing_key": "${KEY}", `];
  const invalid = JSON.stringify({ status: 'invalid event', message: `bad ${KEY}` });
  const behaviours = [
    { status: 202 }, { status: 400, body: invalid }, { status: 404, body: KEY }, { status: 400, body: `Invalid routing key ${KEY}` }, { status: 500, body: KEY },
  ];
  for (const [index, message] of messages.entries()) {
    for (const behaviour of behaviours) {
      await publish(message, `m-${index}-${behaviour.status}-${bodies.length}`, { receiver: `team ${KEY}` });
      bodies.push(...(await take(queueUrl)).map((queued) => JSON.stringify(queued)));
      pagerDuty.next(behaviour);
      await poll();
    }
  }
  bodies.push(...(await take(deadLetterQueueUrl)).map((deadLettered) => JSON.stringify(deadLettered)));
  expect(bodies.length).toBeGreaterThan(messages.length);
  expect(pagerDuty.events.some(({ routing_key }) => routing_key === KEY)).toBe(true);
  expect(output.text()).toContain('"outcome":"dead-lettered"');
  expect(output.text()).toContain('"outcome":"retried"');
  expect(output.text()).toContain('"outcome":"delivered"');
  for (const text of [output.text(), ...bodies]) expect(text).not.toContain(KEY);
});
