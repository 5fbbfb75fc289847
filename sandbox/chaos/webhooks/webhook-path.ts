import { WebhookService } from './webhook-service';
import { NotifyEnvironment } from '../../../src/contract/environment';
import { AddressPermission } from '../../../src/contract/queued-notification';
import type { Alerting, DeployedEventSource, DeployedFunction } from '../../assembly/alerting';
import type { AwsServices } from '../aws/aws-services';
import type { FifoQueue } from '../aws/fifo-queue';
import { FunctionHost, type FunctionHostOptions } from '../functions/function-host';
import { QueuePoller } from '../path/queue-poller';
import { Random } from '../random';

/** The name of the entry in the secret that holds the URL of the webhook. */
export function webhookUrlName({ definition }: Alerting): string {
  const name = /"transport":"webhook".*?"url":"([^"]+)"/.exec(definition)?.[1];
  if (name === undefined) {
    throw new Error('the alert manager definition has no webhook');
  }
  return name;
}

export const WEBHOOK_PATH = '/webhook';

const NOTIFY_INSTANCES = 3;

export interface WebhookPathOptions {
  readonly definition: DeployedFunction;
  readonly mapping: DeployedEventSource;
  readonly region: string;
  readonly seed: number;
  readonly queue: FifoQueue;
  readonly deadLetterQueue: FifoQueue;
  readonly aws: AwsServices;
  readonly host: Omit<FunctionHostOptions, 'definition' | 'name' | 'maxInstances' | 'random' | 'treat'>;
}

/** The way of notifications from the notify function's queue to the webhook. */
export class WebhookPath {
  public readonly service: WebhookService;
  public readonly notify: FunctionHost;
  public readonly queue: FifoQueue;
  public readonly deadLetterQueue: FifoQueue;
  public readonly poller: QueuePoller;

  constructor({ definition, mapping, region, seed, queue, deadLetterQueue, aws, host }: WebhookPathOptions) {
    const { simulation, faults } = host;
    this.queue = queue;
    this.deadLetterQueue = deadLetterQueue;
    const service = new WebhookService(simulation, Random.derive(seed, 'webhook'), faults);
    this.service = service;
    this.notify = new FunctionHost({
      ...host,
      definition,
      name: 'notify',
      maxInstances: NOTIFY_INSTANCES,
      variables: { ...host.variables, [NotifyEnvironment.ADDRESS_PERMISSIONS]: JSON.stringify(Object.values(AddressPermission)) },
      random: Random.derive(seed, 'notify'),
      treat: (held) => (held.request.headers['x-amz-target'] === undefined ? service.treat(held) : aws.treat(held, 'notify')),
    });
    this.poller = new QueuePoller({
      simulation,
      faults,
      queue,
      mapping,
      consumer: this.notify,
      throttling: 'notify throttled',
      random: Random.derive(seed, 'notify poller'),
      region,
    });
  }
}
