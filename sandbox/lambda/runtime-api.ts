import type { IncomingMessage, ServerResponse } from 'http';
import { readBody, sendJson, serve, type LoopbackServer } from '../net/loopback';

/** What an invocation came to. */
export type Outcome =
  | { readonly kind: 'result'; readonly payload: unknown }
  | { readonly kind: 'error'; readonly error: FunctionError };

/** How AWS Lambda describes an error of a function. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

export interface Invocation {
  readonly requestId: string;
  readonly functionArn: string;
  /** The deadline of the invocation, in milliseconds since 1970. */
  readonly deadline: number;
  /** The event, as JSON. */
  readonly payload: string;
}

interface PendingInvocation extends Invocation {
  readonly settle: (outcome: Outcome) => void;
}

const PREFIX = '/2018-06-01/runtime';

/**
 * The Lambda Runtime API of one execution environment: one invocation at a time.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  public static async start(): Promise<RuntimeApi> {
    const api = new RuntimeApi();
    api.server = await serve((request, response) => api.handle(request, response));
    return api;
  }

  /** Settles when the runtime asked for its first invocation, or with the error of its initialization. */
  public readonly initialized: Promise<FunctionError | undefined>;
  private server?: LoopbackServer;
  private waiting?: ServerResponse;
  private readonly readyWaiters: Array<() => void> = [];
  private isOver = false;
  private queued?: PendingInvocation;
  private current?: PendingInvocation;
  private settleInitialized!: (error?: FunctionError) => void;

  private constructor() {
    this.initialized = new Promise((resolve) => {
      this.settleInitialized = resolve;
    });
  }

  /** `host:port`, as the runtime wants it in `AWS_LAMBDA_RUNTIME_API`. */
  public get address(): string {
    return new URL(this.server?.url ?? '').host;
  }

  /** Hands an invocation to the runtime; settles when the runtime has answered, or by `abort`. */
  public invoke(invocation: Invocation): Promise<Outcome> {
    if (this.queued || this.current) {
      throw new Error('an execution environment takes one invocation at a time');
    }
    return new Promise((settle) => {
      this.queued = { ...invocation, settle };
      this.hand();
    });
  }

  /** Settles when the runtime is ready for its next invocation, or will never be. */
  public ready(): Promise<void> {
    return this.waiting || this.isOver ? Promise.resolve() : new Promise((resolve) => this.readyWaiters.push(resolve));
  }

  /** Settles whatever is waited for with this error: the runtime has ended or was ended. */
  public abort(error: FunctionError): void {
    this.isOver = true;
    this.settleInitialized(error);
    this.readyWaiters.splice(0).forEach((resolve) => resolve());
    const pending = this.current ?? this.queued;
    this.current = undefined;
    this.queued = undefined;
    pending?.settle({ kind: 'error', error });
  }

  public async close(): Promise<void> {
    await this.server?.close();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const place = (request.url ?? '').replace(PREFIX, '');
    if (request.method === 'GET' && place === '/invocation/next') {
      this.settleInitialized();
      this.waiting = response;
      this.readyWaiters.splice(0).forEach((resolve) => resolve());
      this.hand();
      return;
    }
    const body = (await readBody(request)).toString('utf8');
    if (place === '/init/error') {
      this.settleInitialized(JSON.parse(body) as FunctionError);
      sendJson(response, 202, { status: 'OK' });
      return;
    }
    const [, requestId, kind] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(place) ?? [];
    if (requestId === undefined || this.current?.requestId !== requestId) {
      sendJson(response, 403, { errorType: 'InvalidRequestID', errorMessage: `no such invocation: ${place}` });
      return;
    }
    const { settle } = this.current;
    this.current = undefined;
    sendJson(response, 202, { status: 'OK' });
    settle(kind === 'response'
      ? { kind: 'result', payload: JSON.parse(body) }
      : { kind: 'error', error: JSON.parse(body) as FunctionError });
  }

  /** Answers the runtime's open question for work, when there is both. */
  private hand(): void {
    if (!this.waiting || !this.queued) {
      return;
    }
    const { waiting, queued } = this;
    this.waiting = undefined;
    this.queued = undefined;
    this.current = queued;
    waiting.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': queued.requestId,
      'lambda-runtime-deadline-ms': String(queued.deadline),
      'lambda-runtime-invoked-function-arn': queued.functionArn,
      'lambda-runtime-trace-id': `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-000000000000000000000000;Sampled=0`,
    });
    waiting.end(queued.payload);
  }
}
