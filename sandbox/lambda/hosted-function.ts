import { ExecutionEnvironment, type EnvironmentOptions } from './execution-environment';
import type { Outcome } from './runtime-api';
import type { DeployedFunction } from '../assembly/alerting';

/** What a function has done so far. */
export interface FunctionCounts {
  readonly invocations: number;
  readonly errors: number;
  readonly coldStarts: number;
}

/**
 * A function of the assembly, with as many execution environments as it has invocations at the same time: environments are
 * kept warm, and an environment whose process has ended is replaced with the next invocation.
 */
export class HostedFunction {
  private readonly idle: ExecutionEnvironment[] = [];
  private readonly all = new Set<ExecutionEnvironment>();
  private invocations = 0;
  private errors = 0;
  private coldStarts = 0;

  constructor(public readonly definition: DeployedFunction, private readonly options: EnvironmentOptions) {}

  public get counts(): FunctionCounts {
    return { invocations: this.invocations, errors: this.errors, coldStarts: this.coldStarts };
  }

  /** The processes that run the function at this moment. */
  public get pids(): number[] {
    return [...this.all].filter((environment) => environment.isUsable).map((environment) => environment.pid);
  }

  public async invoke(event: unknown): Promise<Outcome> {
    this.invocations += 1;
    const environment = await this.takeEnvironment();
    const outcome = await environment.invoke(event);
    if (outcome.kind === 'error') {
      this.errors += 1;
    }
    if (environment.isUsable) {
      this.idle.push(environment);
    } else {
      this.all.delete(environment);
      await environment.close();
    }
    return outcome;
  }

  /** The last lines that its environments printed. */
  public describeTail(): string {
    return [...this.all].map((environment) => environment.describeTail()).join('\n') || `${this.definition.logicalId} was never invoked`;
  }

  public async close(): Promise<void> {
    await Promise.all([...this.all].map((environment) => environment.close()));
  }

  private async takeEnvironment(): Promise<ExecutionEnvironment> {
    for (let warm = this.idle.pop(); warm; warm = this.idle.pop()) {
      if (warm.isUsable) {
        return warm;
      }
      this.all.delete(warm);
      await warm.close();
    }
    this.coldStarts += 1;
    const environment = await ExecutionEnvironment.start(this.definition, `${this.definition.logicalId}-${this.coldStarts}`, this.options);
    this.all.add(environment);
    return environment;
  }
}
