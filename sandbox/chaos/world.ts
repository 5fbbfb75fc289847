import { AwsServices } from './aws/aws-services';
import { FifoQueue } from './aws/fifo-queue';
import { ItemTables } from './aws/item-table';
import { RoutingKeySecret } from './aws/routing-key-secret';
import { Faults } from './faults';
import { FunctionHost } from './functions/function-host';
import { FunctionServer } from './functions/function-server';
import { PagerDutyService } from './pagerduty/pagerduty-service';
import { NotificationDelivery } from './path/notification-delivery';
import { notificationTemplates } from './path/notification-templates';
import { Alertmanager, summaryOf } from './path/publications';
import { QueuePoller } from './path/queue-poller';
import { Random } from './random';
import { Simulation } from './time/simulation';
import { DeliverEnvironment, ReceiveEnvironment } from '../../src/contract/environment';
import type { Alerting, DeployedFunction, DeployedQueue } from '../assembly/alerting';
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
  /** Tests of the chaos command itself: a table that keeps nothing. */
  readonly forgetfulTable?: boolean;
  /** Tests of the chaos command itself: a folder with another bundle of the deliver function. */
  readonly deliverCode?: string;
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
  readonly receive: FunctionHost;
  readonly deliver: FunctionHost;
  readonly endpoints: readonly string[];
  close(): Promise<void>;
}

const START = Date.parse('2026-03-01T00:00:00Z');
const RECEIVE_INSTANCES = 3;
const DELIVER_INSTANCES = 4;

export async function createWorld(options: WorldOptions): Promise<World> {
  const { seed, incidents } = options;
  const alerting = readAlerting(new CloudAssembly(options.assembly), {
    defaultRegion: 'us-east-1', accountId: ACCOUNT_ID, queueUrl: (name) => `http://sqs.invalid/${ACCOUNT_ID}/${name}`,
  });
  const simulation = new Simulation(START);
  const faults = new Faults(Random.derive(seed, 'faults'));
  const [mapping] = alerting.eventSources;
  const receiveFunction = functionWith(alerting, ReceiveEnvironment.SEVERITY_MAP);
  const deliverFunction = withCode(functionWith(alerting, DeliverEnvironment.ROUTING_KEY_SECRET_ARN), options.deliverCode);
  if (mapping === undefined) {
    throw new Error('the assembly has no queue that a function is invoked with');
  }
  const events = queueWith(alerting, mapping.queueArn);
  const deadLetterName = nameIn(deliverFunction.environment[DeliverEnvironment.DEAD_LETTER_QUEUE_URL] ?? '', '/');
  const deadLetterQueue = new FifoQueue(deadLetterName, {
    visibilityTimeoutMs: 30_000, maxReceiveCount: Infinity, onTooManyReceives: () => undefined,
  });
  const queue = new FifoQueue(events.name, {
    visibilityTimeoutMs: Number(events.attributes.VisibilityTimeout ?? 30) * 1000,
    maxReceiveCount: maxReceiveCountOf(events),
    onTooManyReceives: ({ body, group, id }) => deadLetterQueue.send(simulation.now, { body, group, deduplicationId: id }),
  });

  const keys = routingKeysOf(alerting);
  const secret = new RoutingKeySecret(keys, START);
  const pagerDuty = new PagerDutyService(simulation, Random.derive(seed, 'pagerduty'), faults);
  pagerDuty.addKeys(Object.values(keys));
  const aws = new AwsServices({
    simulation,
    faults,
    secret,
    random: Random.derive(seed, 'aws'),
    tables: new ItemTables(options.forgetfulTable),
    queues: new Map([[events.name, queue], [deadLetterName, deadLetterQueue]]),
    onQueueChange: () => poller.wake(),
  });

  const server = await FunctionServer.start();
  const endpoints = Object.keys(JSON.parse(deliverFunction.environment[DeliverEnvironment.PAGERDUTY_ENDPOINTS] ?? '{}') as object);
  const url = `http://${server.host}`;
  const variables = {
    ...CREDENTIAL_VARIABLES,
    AWS_ENDPOINT_URL: url,
  };
  const common = { simulation, server, processes: options.processes, node: nodeForFunctions().path, faults, onLine: options.onLine };
  const receive = new FunctionHost({
    ...common,
    definition: receiveFunction,
    name: 'receive',
    maxInstances: RECEIVE_INSTANCES,
    variables,
    random: Random.derive(seed, 'receive'),
    treat: (held) => aws.treat(held, 'receive'),
  });
  const deliver = new FunctionHost({
    ...common,
    definition: deliverFunction,
    name: 'deliver',
    maxInstances: Math.min(DELIVER_INSTANCES, mapping.maximumConcurrency ?? DELIVER_INSTANCES),
    variables: {
      ...variables,
      [DeliverEnvironment.PAGERDUTY_ENDPOINTS]: JSON.stringify(Object.fromEntries(endpoints.map((name) => [name, `${url}/pagerduty/${name}/v2/enqueue`]))),
    },
    random: Random.derive(seed, 'deliver'),
    treat: (held) => (held.request.headers['x-amz-target'] === undefined ? pagerDuty.treat(held) : aws.treat(held, 'deliver')),
  });
  const poller = new QueuePoller({ simulation, faults, queue, deliver, mapping, random: Random.derive(seed, 'poller'), region: alerting.region });
  const templates = notificationTemplates(alerting.definition);
  const notifications = new NotificationDelivery({
    simulation,
    faults,
    receive,
    random: Random.derive(seed, 'sns'),
    asyncInvocation: receiveFunction.asyncInvocation,
    topicArn: alerting.topics[0]?.arn ?? '',
    render: (publication) => {
      const render = templates[publication.incident % templates.length] as (typeof templates)[number];
      return render(`incident-${publication.incident}`, publication.action === 'trigger' ? 'firing' : 'resolved', summaryOf(publication));
    },
  });
  const alertmanager = new Alertmanager(Random.derive(seed, 'alertmanager'), incidents);
  return {
    simulation,
    faults,
    alertmanager,
    notifications,
    queue,
    deadLetterQueue,
    poller,
    aws,
    secret,
    pagerDuty,
    receive,
    deliver,
    endpoints,
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
