import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { App, Duration, Stack, aws_aps as aps, aws_lambda as lambda, aws_sns as sns, aws_sns_subscriptions as subscriptions, aws_sqs as sqs } from 'aws-cdk-lib';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CloudAssembly } from '../../../sandbox/assembly/cloud-assembly';
import { readAlerting } from '../../../sandbox/assembly/read-alerting';

const OPTIONS = { defaultRegion: 'us-east-1', accountId: '000000000000', queueUrl: (name: string) => `http://127.0.0.1:1/0/${name}` };

let directory: string;

beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'read-alerting-'));
});
afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

function synthesized(build: (app: App) => void): CloudAssembly {
  const app = new App({ outdir: path.join(directory, 'cdk.out'), analyticsReporting: false });
  build(app);
  app.synth();
  return new CloudAssembly(app.outdir);
}

function codeFolder(): string {
  const folder = path.join(directory, 'code');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'index.js'), 'exports.handler = async () => {};');
  return folder;
}

function workspace(stack: Stack, id: string, topic?: sns.ITopic): aps.CfnWorkspace {
  return new aps.CfnWorkspace(stack, id, { alertManagerDefinition: `alertmanager_config: |\n  # ${topic?.topicArn ?? ''}\n` });
}

test('reads what stands behind a workspace, with every reference resolved', () => {
  const assembly = synthesized((app) => {
    const stack = new Stack(app, 'Everything', { env: { region: 'eu-west-1', account: '123456789012' } });
    const topic = new sns.Topic(stack, 'Topic');
    const deadLetters = new sqs.Queue(stack, 'Dead', { fifo: true });
    const queue = new sqs.Queue(stack, 'Queue', {
      fifo: true, visibilityTimeout: Duration.seconds(77), deadLetterQueue: { queue: deadLetters, maxReceiveCount: 5 },
    });
    const failed = new sqs.Queue(stack, 'Failed');
    const code = lambda.Code.fromAsset(codeFolder());
    const settings = { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code };
    const receive = new lambda.Function(stack, 'Receive', {
      ...settings, timeout: Duration.seconds(9), environment: { QUEUE_URL: queue.queueUrl }, onFailure: new SqsDestination(failed), retryAttempts: 1,
    });
    topic.addSubscription(new subscriptions.LambdaSubscription(receive, { filterPolicy: { status: sns.SubscriptionFilter.stringFilter({ allowlist: ['firing'] }) } }));
    topic.addSubscription(new subscriptions.EmailSubscription('somebody@example.com'));
    const deliver = new lambda.Function(stack, 'Deliver', { ...settings, memorySize: 512, deadLetterQueue: failed });
    deliver.addEventSource(new SqsEventSource(queue, { batchSize: 4, reportBatchItemFailures: true, maxConcurrency: 3 }));
    new lambda.Function(stack, 'Beside', settings);
    const amp = workspace(stack, 'Workspace', topic);
    new aps.CfnRuleGroupsNamespace(stack, 'Rules', { workspace: amp.attrArn, name: 'mine', data: 'groups: []' });
    new aps.CfnRuleGroupsNamespace(stack, 'Foreign', { workspace: 'arn:aws:aps:eu-west-1:123456789012:workspace/ws-other', name: 'theirs', data: 'groups: []' });
  });

  const alerting = readAlerting(assembly, OPTIONS);

  const topicArn = alerting.topics[0]?.arn;
  expect(topicArn).toMatch(/^arn:aws:sns:eu-west-1:000000000000:Everything-Topic/);
  expect(alerting.definition).toBe(`alertmanager_config: |\n  # ${topicArn}\n`);
  expect(alerting.region).toBe('eu-west-1');
  expect(alerting.ruleNamespaces).toEqual([{ name: 'mine', data: 'groups: []' }]);
  const [queue, dead, failed] = ['Queue', 'Dead', 'Failed'].map((name) => alerting.queues.find(({ logicalId }) => logicalId.startsWith(name)));
  expect(queue?.attributes).toEqual({
    FifoQueue: 'true', VisibilityTimeout: '77', RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead?.arn, maxReceiveCount: 5 }),
  });
  const [deliver, receive] = [...alerting.functions].sort((a, b) => a.logicalId.localeCompare(b.logicalId));
  expect(alerting.functions).toHaveLength(2);
  expect(receive).toMatchObject({
    timeout: 9,
    memory: 128,
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    environment: { QUEUE_URL: `http://127.0.0.1:1/0/${queue?.name}` },
    asyncInvocation: { retries: 1, onFailure: { queueArn: failed?.arn, form: 'destination' } },
  });
  expect(fs.readdirSync(receive?.code ?? '')).toEqual(['index.js']);
  expect(deliver).toMatchObject({ timeout: 3, memory: 512, asyncInvocation: { retries: 2, onFailure: { queueArn: failed?.arn, form: 'dead-letter' } } });
  expect(alerting.eventSources).toMatchObject([
    { queueArn: queue?.arn, functionArn: deliver?.arn, batchSize: 4, reportsBatchItemFailures: true, maximumConcurrency: 3 },
  ]);
  expect(alerting.subscriptions).toMatchObject([
    { topicArn, protocol: 'lambda', endpoint: receive?.arn, attributes: { FilterPolicy: '{"status":["firing"]}' } },
  ]);
  expect(alerting.notes).toEqual([expect.stringMatching(/\(email\) is left out: it leaves this machine/)]);
});

test('an assembly without an alert manager definition says what there is', () => {
  const assembly = synthesized((app) => new aps.CfnWorkspace(new Stack(app, 'Plain'), 'Workspace', {}));
  expect(() => readAlerting(assembly, OPTIONS)).toThrow('no AWS::APS::Workspace with an alert manager definition in');
});

test('of several workspaces one must be chosen', () => {
  const assembly = synthesized((app) => {
    workspace(new Stack(app, 'One'), 'Workspace');
    workspace(new Stack(app, 'Two'), 'Workspace');
  });
  expect(() => readAlerting(assembly, OPTIONS)).toThrow('several workspaces with an alert manager definition');
  expect(readAlerting(assembly, { ...OPTIONS, workspace: 'Two' }).stackName).toBe('Two');
  expect(() => readAlerting(assembly, { ...OPTIONS, workspace: 'Three' })).toThrow('matches "Three"');
});

test('a directory that is no assembly is a clear error', () => {
  expect(() => new CloudAssembly(path.join(directory, 'nowhere'))).toThrow('this is no cloud assembly: run `cdk synth`');
});
