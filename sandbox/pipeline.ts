import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { localDefinition } from './amp/definition';
import { AmpFront } from './amp/front';
import { localRules, type LocalRules } from './amp/rules';
import type { Alerting } from './assembly/alerting';
import { CloudAssembly } from './assembly/cloud-assembly';
import { assertRunnable } from './assembly/functions';
import { readAlerting } from './assembly/read-alerting';
import { AssemblyError } from './assembly/template';
import { ACCOUNT_ID } from './aws/credentials';
import { Messaging, queueUrl, type QueueContent } from './aws/messaging';
import { Secrets } from './aws/secrets';
import { EventSource } from './lambda/event-source';
import { HostedFunction } from './lambda/hosted-function';
import { nodeForFunctions } from './lambda/node-binary';
import { SnsSubscription } from './lambda/sns-subscription';
import { Alertmanager, type PostedAlert } from './monitoring/alertmanager';
import { Prometheus } from './monitoring/prometheus';
import type { Timings } from './monitoring/timings';
import { freePort } from './net/loopback';
import type { PageAction } from './pagerduty/page';
import { PagerDutySimulator } from './pagerduty/simulator';
import { Processes } from './processes/processes';
import { waitFor } from './processes/wait';
import { functionVariables, routingKeysOf } from './variables';

export interface PipelineOptions {
  /** The cloud assembly: the directory that `cdk synth` writes. */
  readonly assembly: string;
  /** Which workspace, when the assembly has several with an alert manager definition. */
  readonly workspace?: string;
  /** The Alertmanager program; the distribution's by default. */
  readonly alertmanager?: string;
  /** How much to shorten; as deployed by default. */
  readonly timings?: Timings;
  /** The port of the PagerDuty simulator and its page; a free one by default. */
  readonly port?: number;
  /** Routing keys by name; made up by default. */
  readonly routingKeys?: Readonly<Record<string, string>>;
  /** Replaces attributes of every queue that has them, for example a shorter `VisibilityTimeout`. */
  readonly queueAttributes?: Readonly<Record<string, string>>;
  /** How long to wait before each retry of an invocation by SNS, in milliseconds. On AWS: one minute, then two. */
  readonly asyncRetryDelays?: readonly number[];
  /** How many execution environments a function may have at the same time. Default: 2. */
  readonly concurrency?: number;
  /** What links in notifications begin with; Alertmanager's own address by default. */
  readonly externalUrl?: string;
  /** What the page of the simulator lets its reader do. */
  readonly actions?: readonly PageAction[];
  /** Told about what is not as it should be: a failed invocation without a queue for it, trouble of the emulator. */
  readonly onTrouble?: (text: string) => void;
}

const DEFAULT_REGION = 'us-east-1';

/** What a pipeline has started and has to close, in the order in which it does. */
interface Parts {
  readonly processes: Processes;
  readonly messaging: Messaging;
  readonly secrets: Secrets;
  readonly simulator: PagerDutySimulator;
  readonly front: AmpFront;
  readonly functions: readonly HostedFunction[];
  readonly invokers: ReadonlyArray<EventSource | SnsSubscription>;
  readonly alertmanager: Alertmanager;
  readonly rules: LocalRules;
}

/**
 * The whole path from Alertmanager to PagerDuty on this machine: everything that runs comes from a synthesised assembly, and
 * what AWS would add is added. Prometheus is not part of it: alerts are posted, or come from one that is started besides.
 */
export class Pipeline {
  public static async start(options: PipelineOptions): Promise<Pipeline> {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-'));
    const closers: Array<() => Promise<void> | void> = [() => fs.rmSync(directory, { recursive: true, force: true })];
    try {
      return await assemble(options, directory, closers);
    } catch (error) {
      await closeAll(closers);
      throw error;
    }
  }

  /** @internal */
  constructor(
    public readonly alerting: Alerting,
    public readonly directory: string,
    /** The routing keys in the secret, by name. */
    public readonly routingKeys: Readonly<Record<string, string>>,
    /** What runs otherwise than it is deployed, in words. */
    public readonly changes: readonly string[],
    private readonly parts: Parts,
    private readonly closers: Array<() => Promise<void> | void>,
  ) {}

  public get alertmanager(): Alertmanager {
    return this.parts.alertmanager;
  }

  public get simulator(): PagerDutySimulator {
    return this.parts.simulator;
  }

  /** For what is started besides; it ends with the pipeline. */
  public get processes(): Processes {
    return this.parts.processes;
  }

  /** What AMP published, oldest first. */
  public get published(): AmpFront['published'] {
    return this.parts.front.published;
  }

  public get functions(): readonly HostedFunction[] {
    return this.parts.functions;
  }

  public get secrets(): Secrets {
    return this.parts.secrets;
  }

  /** Posts alerts to Alertmanager, as Prometheus does. */
  public postAlerts(alerts: readonly PostedAlert[]): Promise<void> {
    return this.parts.alertmanager.post(alerts);
  }

  /** Starts a Prometheus that evaluates the rules of the assembly and scrapes the targets (`host:port`) as this job. */
  public startPrometheus(job: string, targets: readonly string[]): Promise<Prometheus> {
    return Prometheus.start(this.parts.processes, {
      alertmanagerUrl: this.parts.alertmanager.url,
      ruleFiles: this.parts.rules.files,
      job,
      targets,
      directory: path.join(this.directory, 'prometheus'),
    });
  }

  /** What is in a queue of the assembly, by its logical id. */
  public async inspectQueue(logicalId: string): Promise<QueueContent> {
    const queue = this.alerting.queues.find((candidate) => candidate.logicalId === logicalId);
    if (!queue) {
      throw new Error(`the assembly has no queue ${logicalId}; it has ${this.alerting.queues.map((candidate) => candidate.logicalId).join(', ')}`);
    }
    return this.parts.messaging.inspect(queue.name);
  }

  /** Waits until everything that Alertmanager has published so far was delivered or lies in a dead-letter queue. */
  public async settled(deadline: number): Promise<void> {
    const names = [
      ...this.alerting.subscriptions.map(subscriptionQueue),
      ...this.alerting.eventSources.map(({ queueArn }) => nameOfArn(queueArn)),
    ];
    await waitFor('everything published is delivered', async () => {
      const contents = await Promise.all(names.map((name) => this.parts.messaging.inspect(name)));
      return contents.every(({ waiting, inFlight }) => waiting.length + inFlight.length === 0) || undefined;
    }, { deadline });
  }

  /** Ends everything that was started. Safe to call twice. */
  public async close(): Promise<void> {
    await closeAll(this.closers);
  }
}

async function assemble(options: PipelineOptions, directory: string, closers: Array<() => Promise<void> | void>): Promise<Pipeline> {
  const port = await freePort();
  const alerting = readAlerting(new CloudAssembly(options.assembly), {
    defaultRegion: DEFAULT_REGION,
    accountId: ACCOUNT_ID,
    workspace: options.workspace,
    queueUrl: (name) => queueUrl(port, name),
  });
  alerting.functions.forEach(assertRunnable);

  const processes = new Processes(directory);
  closers.unshift(() => processes.close());
  const messaging = await Messaging.start(processes, alerting.region, port);
  closers.unshift(() => messaging.close());
  await createResources(messaging, alerting, options.queueAttributes ?? {});
  const routingKeys = options.routingKeys ?? routingKeysOf(alerting);
  const secrets = await Secrets.start();
  closers.unshift(() => secrets.close());
  const simulator = await PagerDutySimulator.start({ port: options.port, routingKeys, actions: options.actions });
  closers.unshift(() => simulator.close());
  const front = await AmpFront.start(messaging);
  closers.unshift(() => front.close());

  const node = nodeForFunctions();
  const functions = alerting.functions.map((definition) => new HostedFunction(definition, {
    processes,
    node: node.path,
    variables: functionVariables(definition, { messagingUrl: messaging.url, secretsUrl: secrets.url, simulator }),
  }));
  for (const arn of alerting.functions.map(({ environment }) => environment.ROUTING_KEY_SECRET_ARN)) {
    if (arn !== undefined) {
      secrets.put(arn, JSON.stringify(routingKeys));
    }
  }
  closers.unshift(() => Promise.all(functions.map((hosted) => hosted.close())).then(() => undefined));
  const invokers = await connect(alerting, functions, messaging, options);
  closers.unshift(() => Promise.all(invokers.map((invoker) => invoker.close())).then(() => undefined));

  const definition = localDefinition(alerting.definition, front.url, options.timings);
  const alertmanager = await Alertmanager.start(processes, {
    program: options.alertmanager,
    configuration: definition.configuration,
    templateFiles: definition.templateFiles,
    directory: path.join(directory, 'alertmanager'),
    externalUrl: options.externalUrl,
  });
  closers.unshift(() => alertmanager.process.stop(3000));
  const rules = localRules(alerting.ruleNamespaces, options.timings);
  const changes = [
    ...definition.changes,
    ...rules.changes,
    'endpoints and credentials of AWS and PagerDuty replaced by those of this machine',
    ...Object.entries(options.queueAttributes ?? {}).map(([name, value]) => `${name} of queues -> ${value}`),
    ...(options.asyncRetryDelays ? [`retries of invocations by SNS after ${options.asyncRetryDelays.join(' and ')} ms`] : []),
    ...(node.isAsDeployed ? [] : [`functions run on Node.js ${process.version}`]),
    ...alerting.notes,
  ];
  const parts = { processes, messaging, secrets, simulator, front, functions, invokers, alertmanager, rules };
  return new Pipeline(alerting, directory, routingKeys, changes, parts, closers);
}

async function createResources(messaging: Messaging, alerting: Alerting, replaced: Readonly<Record<string, string>>): Promise<void> {
  await messaging.createQueues(alerting.queues.map((queue) => ({
    ...queue,
    attributes: Object.fromEntries(Object.entries(queue.attributes).map(([name, value]) => [name, replaced[name] ?? value])),
  })));
  for (const { name } of alerting.topics) {
    await messaging.createTopic(name);
  }
}

/** Connects topics and queues with functions as the template says. */
async function connect(
  alerting: Alerting, functions: readonly HostedFunction[], messaging: Messaging, options: PipelineOptions,
): Promise<Array<EventSource | SnsSubscription>> {
  const { concurrency = 2, asyncRetryDelays = [60_000, 120_000], onTrouble } = options;
  const onFailure = (error: Error): void => onTrouble?.(error.message);
  const targetOf = (arn: string, where: string): HostedFunction => {
    const target = functions.find(({ definition }) => definition.arn === arn);
    if (!target) {
      throw new AssemblyError(`${where}: the function ${arn} is not in the assembly`);
    }
    return target;
  };
  const invokers: Array<EventSource | SnsSubscription> = [];
  for (const subscription of alerting.subscriptions) {
    if (subscription.protocol === 'sqs') {
      await messaging.subscribeQueue(subscription.topicArn, subscription.endpoint, subscription.attributes);
      continue;
    }
    // The emulator delivers to queues only. What is received stays invisible until its invocation is over.
    const queueName = subscriptionQueue(subscription);
    const queueArn = `arn:aws:sqs:${alerting.region}:${ACCOUNT_ID}:${queueName}`;
    await messaging.createQueues([{ logicalId: subscription.logicalId, name: queueName, arn: queueArn, attributes: { VisibilityTimeout: '43200' } }]);
    const subscriptionArn = await messaging.subscribeQueue(subscription.topicArn, queueArn, subscription.attributes);
    invokers.push(new SnsSubscription({
      messaging,
      queueName,
      subscriptionArn,
      concurrency,
      onFailure,
      retryDelays: asyncRetryDelays,
      target: targetOf(subscription.endpoint, subscription.logicalId),
    }));
  }
  for (const mapping of alerting.eventSources) {
    invokers.push(new EventSource(mapping, {
      messaging, concurrency, onFailure, region: alerting.region, target: targetOf(mapping.functionArn, mapping.logicalId),
    }));
  }
  return invokers;
}

function subscriptionQueue({ logicalId }: { readonly logicalId: string }): string {
  return `subscription-${logicalId}`.slice(0, 80);
}

function nameOfArn(arn: string): string {
  return arn.split(':').pop() ?? '';
}

async function closeAll(closers: Array<() => Promise<void> | void>): Promise<void> {
  for (let close = closers.shift(); close; close = closers.shift()) {
    await close();
  }
}
