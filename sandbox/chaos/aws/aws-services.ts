import type { FifoQueue } from './fifo-queue';
import { DynamoDbError, type ItemTables } from './item-table';
import type { RoutingKeySecret } from './routing-key-secret';
import type { Faults } from '../faults';
import type { HeldRequest } from '../functions/function-server';
import { json, type Reply, type Treatment } from '../functions/reply';
import type { Random } from '../random';
import type { Simulation } from '../time/simulation';

export type Caller = 'receive' | 'deliver' | 'notify';

export interface AwsServicesOptions {
  readonly simulation: Simulation;
  /** Of each function, so that none changes the latencies of another. */
  readonly random: Readonly<Record<Caller, Random>>;
  readonly faults: Faults;
  /** By the last part of their URL. */
  readonly queues: ReadonlyMap<string, FifoQueue>;
  readonly tables: ItemTables;
  readonly secret: RoutingKeySecret;
  /** Something was queued or became visible earlier or later. */
  readonly onQueueChange: (queue: FifoQueue) => void;
}

interface SendMessage {
  readonly QueueUrl: string;
  readonly MessageBody: string;
  readonly MessageGroupId: string;
  readonly MessageDeduplicationId: string;
}

interface ChangeMessageVisibilityBatch {
  readonly QueueUrl: string;
  readonly Entries: ReadonlyArray<{ readonly Id: string; readonly ReceiptHandle: string; readonly VisibilityTimeout: number }>;
}

/** What the functions call of SQS, DynamoDB, and Secrets Manager. */
export class AwsServices {
  /** Whether the table can be reached at all. */
  public isTableOut = false;

  constructor(private readonly options: AwsServicesOptions) {}

  public treat(held: HeldRequest, caller: Caller): Treatment {
    const target = String(held.request.headers['x-amz-target'] ?? '');
    const input: unknown = JSON.parse(held.body);
    const latencyMs = this.options.random[caller].integer(2, 20);
    const [service = '', operation = ''] = target.split('.');
    switch (service) {
      case 'AmazonSQS': return { latencyMs, ...this.treatSqs(operation, input, caller) };
      case 'DynamoDB_20120810': return { latencyMs, ...this.treatDynamoDb(operation, input) };
      case 'secretsmanager': return { latencyMs, act: () => this.readSecret(input as { readonly VersionStage?: string }) };
      default: throw new Error(`a function called ${target}, which the simulation does not know`);
    }
  }

  private treatSqs(operation: string, input: unknown, caller: Caller): Omit<Treatment, 'latencyMs'> {
    const { faults } = this.options;
    const act = operation === 'SendMessage' ? () => this.send(input as SendMessage) : () => this.changeVisibility(input as ChangeMessageVisibilityBatch);
    if (caller === 'receive') {
      switch (faults.oneOf(['receive killed before it queued', 'receive killed after it queued'])) {
        case 'receive killed before it queued': return { reply: { kind: 'kill' } };
        case 'receive killed after it queued': return { act: after(act, { kind: 'kill' }) };
      }
    }
    switch (faults.oneOf(['SQS answers 503', 'SQS does the work and the answer is lost'])) {
      case 'SQS answers 503': return { reply: awsError(503, 'ServiceUnavailable') };
      case 'SQS does the work and the answer is lost': return { act: after(act, { kind: 'reset' }) };
      default: return { act };
    }
  }

  private send({ QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId }: SendMessage): Reply {
    const { simulation, onQueueChange } = this.options;
    const queue = this.queue(QueueUrl);
    const id = queue.send(simulation.now, { body: MessageBody, group: MessageGroupId, deduplicationId: MessageDeduplicationId });
    onQueueChange(queue);
    return json(200, { MessageId: id });
  }

  private changeVisibility({ QueueUrl, Entries }: ChangeMessageVisibilityBatch): Reply {
    const { simulation, onQueueChange } = this.options;
    const queue = this.queue(QueueUrl);
    const { now } = simulation;
    const failed = Entries.filter(({ ReceiptHandle, VisibilityTimeout }) => !queue.changeVisibility(now, ReceiptHandle, VisibilityTimeout));
    onQueueChange(queue);
    return json(200, {
      Successful: Entries.filter((entry) => !failed.includes(entry)).map(({ Id }) => ({ Id })),
      Failed: failed.map(({ Id }) => ({ Id, Code: 'ReceiptHandleIsInvalid', SenderFault: true })),
    });
  }

  private treatDynamoDb(operation: string, input: unknown): Omit<Treatment, 'latencyMs'> {
    const { faults, tables } = this.options;
    if (this.isTableOut) {
      return { reply: { kind: 'silence' } };
    }
    const act = (): Reply => {
      try {
        return json(200, operation === 'BatchGetItem'
          ? tables.batchGet(input as Parameters<ItemTables['batchGet']>[0])
          : tables.update(input as Parameters<ItemTables['update']>[0]));
      } catch (error) {
        if (error instanceof DynamoDbError) {
          return awsError(400, error.code, error.message);
        }
        throw error;
      }
    };
    switch (faults.oneOf(['table answers 500', 'table does not answer', 'table throttled', 'table does the work and the answer is lost'])) {
      case 'table answers 500': return { reply: awsError(500, 'InternalServerError') };
      case 'table does not answer': return { reply: { kind: 'silence' } };
      case 'table throttled': return operation === 'BatchGetItem'
        ? { reply: json(200, { Responses: {}, UnprocessedKeys: (input as { RequestItems: object }).RequestItems }) }
        : { reply: awsError(400, 'ThrottlingException') };
      case 'table does the work and the answer is lost': return { act: after(act, { kind: 'reset' }) };
      default: return { act };
    }
  }

  private readSecret({ VersionStage }: { readonly VersionStage?: string }): Reply {
    const stage = VersionStage ?? 'AWSCURRENT';
    const answer = this.options.secret.read(stage);
    return answer.kind === 'error'
      ? awsError(answer.status, answer.code)
      : json(200, { SecretString: answer.text, VersionStages: [stage], CreatedDate: answer.createdAt / 1000 });
  }

  private queue(url: string): FifoQueue {
    const queue = this.options.queues.get(url.split('/').pop() ?? '');
    if (queue === undefined) {
      throw new Error(`a function used the queue ${url}, which the assembly does not have`);
    }
    return queue;
  }
}

function after(act: () => Reply, reply: Reply): () => Reply {
  return () => {
    act();
    return reply;
  };
}

function awsError(status: number, code: string, message: string = code): Reply {
  return json(status, { __type: code, message });
}
