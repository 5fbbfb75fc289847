import { AwsServices } from './aws/aws-services';
import { FifoQueue } from './aws/fifo-queue';
import { ItemTables } from './aws/item-table';
import { RoutingKeySecret } from './aws/routing-key-secret';
import { Faults } from './faults';
import { FunctionHost } from './functions/function-host';
import { FunctionServer } from './functions/function-server';
import { PagerDutyService } from './pagerduty/pagerduty-service';
import { NotificationDelivery } from './path/notification-delivery';
import { receiverTemplates } from './path/notification-templates';
import { Alertmanager, summaryOf } from './path/publications';
import { QueuePoller } from './path/queue-poller';
import { Random } from './random';
import { Simulation } from './time/simulation';
import { WEBHOOK_PATH, WebhookPath, webhookUrlName } from './webhooks/webhook-path';
import { DeliverEnvironment, NotifyEnvironment, ReceiveEnvironment } from '../../src/contract/environment';
import type { Alerting, DeployedEventSource, DeployedFunction, DeployedQueue } from '../assembly/alerting';
import { CloudAssembly } from '../assembly/cloud-assembly';
import { readAlerting } from '../assembly/read-alerting';
import { ACCOUNT_ID, CREDENTIAL_VARIABLES } from '../aws/credentials';
import { nodeForFunctions } from '../lambda/node-binary';
import { routingKeysOf } from '../pipeline/variables';
import type { Processes } from '../processes/processes';

export interface WorldOptions {
  readonly assembly: string;
  readonly seed: number;
  readonly incidents: number;
  readonly processes: Processes;
  /** How many instances receive and deliver have at most. */
  readonly instances?: { readonly receive: number; readonly deliver: number };
  /** Tests of the chaos command itself: a table that keeps nothing. */
  readonly forgetfulTable?: boolean;
  /** Tests of the chaos command itself: a folder with another bundle of the deliver function. */
  readonly deliverCode?: string;
  /** The same of the notify function. */
  readonly notifyCode?: string;
  /** Each line that a function prints. */
  readonly onLine: (line: string) => void;
}

/** The path from Alertmanager's notifications to PagerDuty's incidents, as the assembly deploys it, on the clock of the simulation. */
export interface World {
  readonly simulation: Simulation;
  readonly faults: Faults;
  readonly alertmanager: Alertmanager;
  readonly notifications: NotificationDelivery;
  readonly queue: FifoQueue;
  readonly deadLetterQueue: FifoQueue;
  readonly poller: QueuePoller;
  readonly aws: AwsServices;
  readonly secret: RoutingKeySecret;
  readonly pagerDuty: PagerDutyService;
  readonly webhooks: WebhookPath;
  /** The receivers of the definition; incidents are theirs in turn. */
  readonly receivers: readonly ReceiverOfIncidents[];
  readonly receive: FunctionHost;
  readonly deliver: FunctionHost;
  readonly endpoints: readonly string[];
  readonly defaultEndpoint: string;
  close(): Promise<void>;
}

const START = Date.parse('2026-03-01T00:00:00Z');
const INSTANCES = { receive: 3, deliver: 4 };

export interface ReceiverOfIncidents {
  readonly receiver: string;
  readonly hasWebhook: boolean;
}

/** The receiver of an incident. */
export function receiverOf(incident: number, receivers: readonly ReceiverOfIncidents[]): ReceiverOfIncidents {
  return receivers[incident % receivers.length] as ReceiverOfIncidents;
}

export async function createWorld(options: WorldOptions): Promise<World> {
  const { seed, incidents, instances = INSTANCES } = options;
  const alerting = readAlerting(new CloudAssembly(options.assembly), {
    defaultRegion: 'us-east-1', accountId: ACCOUNT_ID, queueUrl: (name) => `http://sqs.invalid/${ACCOUNT_ID}/${name}`,
  });
  const simulation = new Simulation(START);
  const faults = new Faults(Random.derive(seed, 'faults'));
  const receiveFunction = functionWith(alerting, ReceiveEnvironment.SEVERITY_MAP);
  const deliverFunction = withCode(functionWith(alerting, DeliverEnvironment.ROUTING_KEY_SECRET_ARN), options.deliverCode);
  const mapping = eventSourceOf(alerting, deliverFunction);
  const { queue, deadLetterQueue, ...events } = queuesOf(alerting, deliverFunction, DeliverEnvironment.DEAD_LETTER_QUEUE_URL, simulation);
  const notifyFunction = withCode(functionWith(alerting, NotifyEnvironment.ADDRESS_PERMISSIONS), options.notifyCode);
  const notifications = queuesOf(alerting, notifyFunction, NotifyEnvironment.DEAD_LETTER_QUEUE_URL, simulation);

  const keys = routingKeysOf(alerting);
  const server = await FunctionServer.start();
  const url = `http://${server.host}`;
  const secret = new RoutingKeySecret(keys, START, { [webhookUrlName(alerting)]: `${url}${WEBHOOK_PATH}` });
  const pagerDuty = new PagerDutyService(simulation, Random.derive(seed, 'pagerduty'), faults);
  pagerDuty.addKeys(Object.values(keys));
  const aws = new AwsServices({
    simulation,
    faults,
    secret,
    random: {
      receive: Random.derive(seed, 'aws receive'), deliver: Random.derive(seed, 'aws deliver'), notify: Random.derive(seed, 'aws notify'),
    },
    tables: new ItemTables(options.forgetfulTable),
    queues: new Map([...events.byName, ...notifications.byName]),
    onQueueChange: (changed) => (changed === webhooks.queue ? webhooks.poller : poller).wake(),
  });

  const endpoints = Object.keys(JSON.parse(deliverFunction.environment[DeliverEnvironment.PAGERDUTY_ENDPOINTS] ?? '{}') as object);
  const variables = {
    ...CREDENTIAL_VARIABLES,
    AWS_ENDPOINT_URL: url,
  };
  const common = { simulation, server, processes: options.processes, node: nodeForFunctions().path, variables, faults, onLine: options.onLine };
  const receive = new FunctionHost({
    ...common,
    definition: receiveFunction,
    name: 'receive',
    maxInstances: instances.receive,
    random: Random.derive(seed, 'receive'),
    treat: (held) => aws.treat(held, 'receive'),
  });
  const deliver = new FunctionHost({
    ...common,
    definition: deliverFunction,
    name: 'deliver',
    maxInstances: Math.min(instances.deliver, mapping.maximumConcurrency ?? instances.deliver),
    variables: {
      ...variables,
      [DeliverEnvironment.PAGERDUTY_ENDPOINTS]: JSON.stringify(Object.fromEntries(endpoints.map((name) => [name, `${url}/pagerduty/${name}/v2/enqueue`]))),
    },
    random: Random.derive(seed, 'deliver'),
    treat: (held) => (held.request.headers['x-amz-target'] === undefined ? pagerDuty.treat(held) : aws.treat(held, 'deliver')),
  });
  const poller = new QueuePoller({
    simulation, faults, queue, mapping, consumer: deliver, throttling: 'deliver throttled', random: Random.derive(seed, 'poller'), region: alerting.region,
  });
  const webhooks = new WebhookPath({
    definition: notifyFunction, mapping: eventSourceOf(alerting, notifyFunction), seed, aws, host: common, region: alerting.region, ...notifications,
  });
  const templates = receiverTemplates(alerting.definition);
  const receivers = templates.map((entries): ReceiverOfIncidents => ({
    // As in alertmanager.yml: the definition has a copy of a receiver for each route.
    receiver: entries[0]?.('', 'firing', '').attributes.receiver ?? '',
    hasWebhook: entries.length > 1,
  }));
  const delivery = new NotificationDelivery({
    simulation,
    faults,
    receive,
    random: Random.derive(seed, 'sns'),
    asyncInvocation: receiveFunction.asyncInvocation,
    topicArn: alerting.topics[0]?.arn ?? '',
    render: (publication) => {
      const entries = templates[publication.incident % templates.length] as (typeof templates)[number];
      const status = publication.action === 'trigger' ? 'firing' : 'resolved';
      return entries.map((render) => render(`incident-${publication.incident}`, status, summaryOf(publication)));
    },
  });
  const alertmanager = new Alertmanager(Random.derive(seed, 'alertmanager'), incidents);
  return {
    simulation,
    faults,
    alertmanager,
    notifications: delivery,
    queue,
    deadLetterQueue,
    poller,
    aws,
    secret,
    pagerDuty,
    webhooks,
    receivers,
    receive,
    deliver,
    endpoints,
    defaultEndpoint: deliverFunction.environment[DeliverEnvironment.DEFAULT_ENDPOINT] ?? '',
    close: () => server.close(),
  };
}

function functionWith({ functions }: Alerting, variable: string): DeployedFunction {
  const found = functions.find(({ environment }) => environment[variable] !== undefined);
  if (found === undefined) {
    throw new Error(`the assembly has no function with the variable ${variable}`);
  }
  return found;
}

function withCode(definition: DeployedFunction, code = definition.code): DeployedFunction {
  return { ...definition, code };
}

function eventSourceOf({ eventSources }: Alerting, { arn }: DeployedFunction): DeployedEventSource {
  const found = eventSources.find(({ functionArn }) => functionArn === arn);
  if (found === undefined) {
    throw new Error(`the assembly has no queue that the function ${arn} is invoked with`);
  }
  return found;
}

interface Queues {
  readonly queue: FifoQueue;
  readonly deadLetterQueue: FifoQueue;
  readonly byName: ReadonlyArray<readonly [string, FifoQueue]>;
}

/** The queue that a function is invoked with, and its dead-letter queue. */
function queuesOf(alerting: Alerting, definition: DeployedFunction, deadLetterVariable: string, simulation: Simulation): Queues {
  const deployed = queueWith(alerting, eventSourceOf(alerting, definition).queueArn);
  const deadLetterName = nameIn(definition.environment[deadLetterVariable] ?? '', '/');
  const deadLetterQueue = new FifoQueue(deadLetterName, {
    visibilityTimeoutMs: 30_000, maxReceiveCount: Infinity, onTooManyReceives: () => undefined,
  });
  const queue = new FifoQueue(deployed.name, {
    visibilityTimeoutMs: Number(deployed.attributes.VisibilityTimeout ?? 30) * 1000,
    maxReceiveCount: maxReceiveCountOf(deployed),
    onTooManyReceives: ({ body, group, id }) => deadLetterQueue.send(simulation.now, { body, group, deduplicationId: id }),
  });
  return { queue, deadLetterQueue, byName: [[deployed.name, queue], [deadLetterName, deadLetterQueue]] };
}

function queueWith({ queues }: Alerting, arn: string): DeployedQueue {
  const found = queues.find((queue) => queue.arn === arn);
  if (found === undefined) {
    throw new Error(`the assembly has no queue ${arn}`);
  }
  return found;
}

function maxReceiveCountOf({ attributes }: DeployedQueue): number {
  const { maxReceiveCount } = JSON.parse(attributes.RedrivePolicy ?? '{}') as { readonly maxReceiveCount?: number };
  return maxReceiveCount ?? Infinity;
}

function nameIn(text: string, separator: string): string {
  return text.split(separator).pop() ?? '';
}
