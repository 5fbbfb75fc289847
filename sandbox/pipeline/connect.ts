import type { PipelineOptions } from './options';
import type { Alerting } from '../assembly/alerting';
import { AssemblyError } from '../assembly/template';
import { ACCOUNT_ID } from '../aws/credentials';
import type { Messaging } from '../aws/messaging';
import { EventSource } from '../lambda/event-source';
import type { HostedFunction } from '../lambda/hosted-function';
import { SnsSubscription } from '../lambda/sns-subscription';

/** Something that takes messages and invokes a function with them. */
export type Invoker = EventSource | SnsSubscription;

/** As AWS Lambda waits before it repeats an asynchronous invocation. */
const RETRY_DELAYS = [60_000, 120_000];
const CONCURRENCY = 2;

/** What `connect` needs. */
export interface Connecting {
  readonly alerting: Alerting;
  readonly functions: readonly HostedFunction[];
  readonly messaging: Messaging;
  readonly options: PipelineOptions;
}

/** Creates the topics and queues of the template. */
export async function createResources({ alerting, messaging, options }: Omit<Connecting, 'functions'>): Promise<void> {
  const replaced = options.queueAttributes ?? {};
  await messaging.createQueues(alerting.queues.map((queue) => ({
    ...queue,
    attributes: Object.fromEntries(Object.entries(queue.attributes).map(([name, value]) => [name, replaced[name] ?? value])),
  })));
  for (const { name } of alerting.topics) {
    await messaging.createTopic(name);
  }
}

/** Connects topics and queues with functions as the template says. */
export async function connect(connecting: Connecting): Promise<Invoker[]> {
  return [...await connectSubscriptions(connecting), ...connectQueues(connecting)];
}

async function connectSubscriptions({ alerting, functions, messaging, options }: Connecting): Promise<Invoker[]> {
  const invokers: Invoker[] = [];
  for (const subscription of alerting.subscriptions) {
    const { topicArn, endpoint, attributes, logicalId } = subscription;
    if (subscription.protocol === 'sqs') {
      await messaging.subscribeQueue(topicArn, endpoint, attributes);
      continue;
    }
    // The emulator delivers to queues only. What is received stays invisible until its invocation is over.
    const name = subscriptionQueue(subscription);
    const arn = `arn:aws:sqs:${alerting.region}:${ACCOUNT_ID}:${name}`;
    await messaging.createQueues([{ logicalId, name, arn, attributes: { VisibilityTimeout: '43200' } }]);
    invokers.push(new SnsSubscription({
      messaging,
      queueName: name,
      subscriptionArn: await messaging.subscribeQueue(topicArn, arn, attributes),
      target: find(functions, endpoint, logicalId),
      concurrency: options.concurrency ?? CONCURRENCY,
      retryDelays: options.asyncRetryDelays ?? RETRY_DELAYS,
      onFailure: ({ message }) => options.onTrouble?.(message),
    }));
  }
  return invokers;
}

function connectQueues({ alerting, functions, messaging, options }: Connecting): Invoker[] {
  return alerting.eventSources.map((mapping) => new EventSource(mapping, {
    messaging,
    region: alerting.region,
    target: find(functions, mapping.functionArn, mapping.logicalId),
    concurrency: options.concurrency ?? CONCURRENCY,
    onFailure: ({ message }) => options.onTrouble?.(message),
  }));
}

function find(functions: readonly HostedFunction[], arn: string, where: string): HostedFunction {
  const target = functions.find(({ definition }) => definition.arn === arn);
  if (!target) {
    throw new AssemblyError(`${where}: the function ${arn} is not in the assembly`);
  }
  return target;
}

/** The names of the queues whose messages are still to be worked on. */
export function workQueues({ subscriptions, eventSources }: Alerting): string[] {
  return [
    ...subscriptions.filter(({ protocol }) => protocol === 'lambda').map(subscriptionQueue),
    ...eventSources.map(({ queueArn }) => queueArn.split(':').pop() ?? ''),
  ];
}

function subscriptionQueue({ logicalId }: { readonly logicalId: string }): string {
  return `subscription-${logicalId}`.slice(0, 80);
}
