import { randomUUID } from 'crypto';
import * as path from 'path';
import { RuntimeApi, type FunctionError, type Outcome } from './runtime-api';
import type { DeployedFunction } from '../assembly/alerting';
import type { ManagedProcess } from '../processes/managed-process';
import type { Processes } from '../processes/processes';

const BOOTSTRAP = path.join(__dirname, 'bootstrap.cjs');

/** AWS Lambda gives a function ten seconds to initialize. */
const INIT_TIMEOUT = 10_000;

export interface EnvironmentOptions {
  readonly processes: Processes;
  /** The Node.js that runs the function. */
  readonly node: string;
  /** What the sandbox adds to the function's own variables: endpoints and credentials. */
  readonly variables: Readonly<Record<string, string>>;
  readonly onLine?: (line: string) => void;
}

/** One execution environment: a process that runs the function, and the Runtime API that it asks for work. */
export class ExecutionEnvironment {
  /** Starts the process; the function initializes before its first invocation. */
  public static async start(definition: DeployedFunction, name: string, options: EnvironmentOptions): Promise<ExecutionEnvironment> {
    const api = await RuntimeApi.start();
    const child = options.processes.start({
      name,
      program: options.node,
      args: [`--max-old-space-size=${definition.memory}`, BOOTSTRAP],
      cwd: definition.code,
      env: { ...reservedVariables(definition, api.address), ...definition.environment, ...options.variables },
      onLine: options.onLine,
    });
    return new ExecutionEnvironment(definition, child, api);
  }

  private constructor(
    private readonly definition: DeployedFunction,
    private readonly child: ManagedProcess,
    private readonly api: RuntimeApi,
  ) {
    void child.ended.then(({ code, signal }) => api.abort({
      errorType: 'Runtime.ExitError',
      errorMessage: `the runtime ended ${signal ? `by ${signal}` : `with exit status ${code}`}`,
    }));
  }

  /** False once the process has ended: the next invocation needs a new environment. */
  public get isUsable(): boolean {
    return this.child.isRunning;
  }

  /** The process that runs the function. */
  public get pid(): number {
    return this.child.pid;
  }

  /** The last lines that the function printed. */
  public describeTail(): string {
    return this.child.describeTail();
  }

  public async invoke(event: unknown): Promise<Outcome> {
    const initTimer = setTimeout(() => this.api.abort(TIMED_OUT_INIT), INIT_TIMEOUT);
    const initError = await this.api.initialized;
    clearTimeout(initTimer);
    if (initError) {
      this.child.kill();
      await this.child.ended;
      return { kind: 'error', error: initError };
    }
    const requestId = randomUUID();
    const milliseconds = this.definition.timeout * 1000;
    const timer = setTimeout(() => {
      this.api.abort({ errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: Task timed out after ${this.definition.timeout.toFixed(2)} seconds` });
      this.child.kill();
    }, milliseconds);
    const outcome = await this.api.invoke({
      requestId,
      functionArn: this.definition.arn,
      deadline: Date.now() + milliseconds,
      payload: JSON.stringify(event),
    });
    // Over when the runtime asks for the next one, or has ended: some errors are reported just before that.
    await this.api.ready();
    clearTimeout(timer);
    if (outcome.kind === 'error' && outcome.error.errorType === 'Sandbox.Timedout') {
      await this.child.ended;
    }
    return outcome;
  }

  public async close(): Promise<void> {
    await this.child.stop(500);
    await this.api.close();
  }
}

const TIMED_OUT_INIT: FunctionError = {
  errorType: 'Sandbox.Timedout',
  errorMessage: `the function was not initialized within ${INIT_TIMEOUT / 1000} seconds`,
};

/**
 * The variables that AWS Lambda itself sets. Nothing of this process's own environment gets into the function.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function reservedVariables(definition: DeployedFunction, runtimeApi: string): Record<string, string> {
  return {
    _HANDLER: definition.handler,
    AWS_DEFAULT_REGION: definition.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${definition.runtime}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memory),
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'sandbox',
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_REGION: definition.region,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    LAMBDA_TASK_ROOT: definition.code,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
  };
}
