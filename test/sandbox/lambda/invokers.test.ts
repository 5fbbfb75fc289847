import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import type { DeployedFunction, DeployedQueue } from '../../../sandbox/assembly/alerting';
import { Messaging } from '../../../sandbox/aws/messaging';
import { EventSource } from '../../../sandbox/lambda/event-source';
import { HostedFunction } from '../../../sandbox/lambda/hosted-function';
import { nodeForFunctions } from '../../../sandbox/lambda/node-binary';
import { SnsSubscription } from '../../../sandbox/lambda/sns-subscription';
import { freePort } from '../../../sandbox/net/loopback';
import { Processes } from '../../../sandbox/processes/processes';
import { waitFor } from '../../../sandbox/processes/wait';

// Appends what it is invoked with to a file, and does what the file `behaviour` says.
const CODE = `
const fs = require('node:fs');
const path = require('node:path');
const place = (name) => path.join(__dirname, name);
exports.handler = async (event) => {
  fs.appendFileSync(place('invocations'), JSON.stringify(event) + '\\n');
  const behaviour = fs.existsSync(place('behaviour')) ? fs.readFileSync(place('behaviour'), 'utf8') : '';
  if (behaviour === 'throw') throw new Error('as told');
  if (behaviour === 'fail bad') return { batchItemFailures: event.Records.filter((r) => r.body === 'bad').map((r) => ({ itemIdentifier: r.messageId })) };
};
`;
const REGION = 'us-east-1';
const arnOf = (name: string): string => `arn:aws:sqs:${REGION}:000000000000:${name}`;

let directory: string;
let processes: Processes;
let messaging: Messaging;
let target: HostedFunction;
const failures: string[] = [];

beforeEach(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'invokers-'));
  fs.mkdirSync(path.join(directory, 'code'));
  fs.writeFileSync(path.join(directory, 'code', 'index.js'), CODE);
  failures.length = 0;
  processes = new Processes(directory);
  messaging = await Messaging.start(processes, REGION, await freePort());
});
afterEach(async () => {
  await target.close();
  messaging.close();
  await processes.close();
  fs.rmSync(directory, { recursive: true, force: true });
});

function host(changes: Partial<DeployedFunction> = {}): void {
  target = new HostedFunction({
    logicalId: 'Function',
    name: 'f',
    arn: 'arn:f',
    region: REGION,
    runtime: 'nodejs24.x',
    handler: 'index.handler',
    code: path.join(directory, 'code'),
    environment: {},
    timeout: 5,
    memory: 128,
    asyncInvocation: { retries: 2 },
    ...changes,
  }, { processes, node: nodeForFunctions().path, variables: {} });
}

const queue = (name: string, attributes: Record<string, string> = {}): DeployedQueue => ({ logicalId: name, name, arn: arnOf(name), attributes });
const behave = (how: string): void => fs.writeFileSync(path.join(directory, 'code', 'behaviour'), how);

interface Seen {
  readonly Records: ReadonlyArray<{ readonly body?: string; readonly attributes?: Record<string, string>; readonly Sns?: Record<string, unknown> }>;
}

function invocations(): Seen[] {
  const file = path.join(directory, 'code', 'invocations');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Seen) : [];
}

async function until(what: string, probe: () => boolean | Promise<boolean>): Promise<void> {
  await waitFor(what, async () => (await probe()) || undefined, { deadline: 20_000 });
}

function startEventSource(reportsBatchItemFailures: boolean): EventSource {
  return new EventSource(
    { logicalId: 'Mapping', queueArn: arnOf('work'), functionArn: 'arn:f', batchSize: 10, reportsBatchItemFailures },
    { messaging, target, concurrency: 1, region: REGION, onFailure: ({ message }) => failures.push(message) },
  );
}

test('messages that failed come back, the others are deleted, and what fails too often is parked', async () => {
  host();
  behave('fail bad');
  await messaging.createQueues([
    queue('work', { VisibilityTimeout: '1', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 2 }) }), queue('dead'),
  ]);
  // An astral character: SQS takes it, and so must the emulator.
  await messaging.send('work', 'good 🚒', {});
  await messaging.send('work', 'bad', {});
  const source = startEventSource(true);
  await until('the bad one is parked', async () => (await messaging.inspect('dead')).waiting.length === 1);
  await source.close();
  const bodies = invocations().flatMap(({ Records }) => Records.map(({ body }) => body));
  expect(bodies.filter((body) => body === 'good 🚒')).toHaveLength(1);
  expect(bodies.filter((body) => body === 'bad')).toHaveLength(2);
  expect(await messaging.inspect('work')).toEqual({ waiting: [], inFlight: [] });
  expect((await messaging.inspect('dead')).waiting[0]?.body).toBe('bad');
  expect(failures).toEqual([]);
});

test('an invocation that fails leaves the whole batch in the queue', async () => {
  host();
  behave('throw');
  await messaging.createQueues([queue('work', { VisibilityTimeout: '1' })]);
  await messaging.send('work', 'one', {});
  const source = startEventSource(true);
  await until('it was tried twice', () => invocations().length >= 2);
  behave('');
  await until('it is done', async () => {
    const { waiting, inFlight } = await messaging.inspect('work');
    return waiting.length + inFlight.length === 0;
  });
  await source.close();
  expect(Number(invocations()[1]?.Records[0]?.attributes?.ApproximateReceiveCount)).toBe(2);
});

function startSubscription(): SnsSubscription {
  return new SnsSubscription({
    messaging,
    target,
    queueName: 'inbox',
    subscriptionArn: 'arn:subscription',
    concurrency: 1,
    retryDelays: [10, 20],
    onFailure: ({ message }) => failures.push(message),
  });
}

async function publish(): Promise<void> {
  const topicArn = `arn:aws:sns:${REGION}:000000000000:topic`;
  await messaging.createTopic('topic');
  await messaging.createQueues([queue('inbox', { VisibilityTimeout: '60' }), queue('failed')]);
  await messaging.subscribeQueue(topicArn, arnOf('inbox'), {});
  await messaging.publish({ topicArn, message: 'hello 🚒', subject: 'subject', attributes: { status: 'firing' } });
}

test('a notification is handed over in the form of AWS Lambda', async () => {
  host();
  await publish();
  const subscription = startSubscription();
  await until('it is done', async () => (await messaging.inspect('inbox')).inFlight.length === 0 && invocations().length === 1);
  await subscription.close();
  expect(invocations()[0]).toEqual({
    Records: [{
      EventSource: 'aws:sns',
      EventVersion: '1.0',
      EventSubscriptionArn: 'arn:subscription',
      Sns: {
        Type: 'Notification',
        MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        TopicArn: `arn:aws:sns:${REGION}:000000000000:topic`,
        Subject: 'subject',
        Message: 'hello 🚒',
        Timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
        SignatureVersion: '1',
        Signature: expect.any(String),
        SigningCertUrl: expect.any(String),
        UnsubscribeUrl: expect.any(String),
        MessageAttributes: { status: { Type: 'String', Value: 'firing' } },
      },
    }],
  });
});

test.each(['dead-letter', 'destination'] as const)('what fails every time goes to the queue for it, as %s', async (form) => {
  host({ asyncInvocation: { retries: 1, onFailure: { queueArn: arnOf('failed'), form } } });
  behave('throw');
  await publish();
  const subscription = startSubscription();
  await until('it is parked', async () => (await messaging.inspect('failed')).waiting.length === 1);
  await subscription.close();
  expect(invocations()).toHaveLength(2);
  const [parked] = (await messaging.inspect('failed')).waiting;
  const body = JSON.parse(parked?.body ?? '') as { Records?: unknown; requestPayload?: unknown; requestContext?: { approximateInvokeCount: number } };
  expect(form === 'destination' ? body.requestPayload : body).toEqual(invocations()[0]);
  expect(form === 'destination' ? body.requestContext?.approximateInvokeCount : parked?.messageAttributes.ErrorMessage?.StringValue)
    .toBe(form === 'destination' ? 2 : 'as told');
});

test('what fails every time and has no queue is told', async () => {
  host({ asyncInvocation: { retries: 0 } });
  behave('throw');
  await publish();
  const subscription = startSubscription();
  await until('it is told', () => failures.length === 1);
  await subscription.close();
  expect(failures[0]).toBe('Function failed 1 times (Error: as told) and has no queue for failed events: the notification is lost');
});
