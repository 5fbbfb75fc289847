import type { Socket } from 'net';
import * as path from 'path';
import type { Connected, FunctionServer, HeldRequest } from './function-server';
import type { DeployedFunction } from '../../assembly/alerting';
import { reservedVariables } from '../../lambda/execution-environment';
import type { ManagedProcess } from '../../processes/managed-process';
import type { Processes } from '../../processes/processes';

const BOOTSTRAP = path.join(__dirname, '..', '..', 'lambda', 'bootstrap.cjs');
const PRELOAD = path.join(__dirname, 'virtual-time.cjs');

/** Longer than any step of a function takes, however busy this machine is. */
const MAX_STEP_MS = 60_000;

/** What the function did in a step. */
export interface Step {
  /** New requests, in the order in which it made them. */
  readonly requests: readonly HeldRequest[];
  /** Requests that are over for it. */
  readonly closed: readonly number[];
  readonly timers: ReadonlyArray<readonly [id: number, at: number]>;
}

interface Report {
  readonly id: number;
  readonly requests: number;
  readonly closed: readonly number[];
  readonly timers: Step['timers'];
}

export interface InstanceOptions {
  readonly definition: DeployedFunction;
  readonly server: FunctionServer;
  readonly processes: Processes;
  readonly node: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly now: number;
  readonly onLine: (line: string) => void;
}

/**
 * One execution environment of a function: a process that runs the deployed bundle, and stands still between two steps of the
 * simulation. A step ends when the function waits for something: every request that it made has arrived.
 */
export class Instance implements Connected {
  public isAlive = true;
  private readonly child: ManagedProcess;
  private readonly arrived: HeldRequest[] = [];
  private arrivals = 0;
  private steps = 0;
  private control?: Socket;
  private report?: Report;
  private wake?: () => void;

  constructor(public readonly id: string, private readonly options: InstanceOptions) {
    const { definition, server, processes, node, variables, seed, now, onLine } = options;
    server.add(id, this);
    this.child = processes.start({
      name: id,
      program: node,
      args: [`--max-old-space-size=${definition.memory}`, '--require', PRELOAD, BOOTSTRAP],
      cwd: definition.code,
      env: {
        ...reservedVariables(definition, server.host),
        ...definition.environment,
        ...variables,
        CHAOS_INSTANCE: id,
        CHAOS_SEED: String(seed),
        CHAOS_NOW: String(now),
        CHAOS_CONTROL_PORT: String(server.controlPort),
      },
      onLine,
    });
    void this.child.ended.then(() => {
      this.isAlive = false;
      this.wake?.();
    });
  }

  /** Lets the function take its next step at this time: with a timer that fires, or after a request that was answered. */
  public async step(now: number, cause: { readonly fire?: number; readonly closes?: number } = {}): Promise<Step> {
    await this.until(() => this.control !== undefined);
    const id = ++this.steps;
    this.report = undefined;
    this.control?.write(`${JSON.stringify({ id, at: now, ...cause })}\n`);
    await this.until(() => this.report?.id === id);
    const report = this.report as Report | undefined;
    await this.until(() => this.arrivals === report?.requests);
    const requests = this.arrived.splice(0).sort((a, b) => a.number - b.number);
    return { requests, closed: report?.closed ?? [], timers: report?.timers ?? [] };
  }

  /** Sets the clock of the function without a step. */
  public async setClock(now: number): Promise<void> {
    await this.step(now);
  }

  public kill(): void {
    this.isAlive = false;
    this.options.server.remove(this.id);
    this.child.kill();
  }

  public onRequest(held: HeldRequest): void {
    this.arrivals += 1;
    this.arrived.push(held);
    this.wake?.();
  }

  public onControl(socket: Socket): void {
    this.control = socket;
    this.wake?.();
  }

  public onReport(report: unknown): void {
    this.report = report as Report;
    this.wake?.();
  }

  private async until(isDone: () => boolean): Promise<void> {
    const deadline = Date.now() + MAX_STEP_MS;
    while (!isDone()) {
      if (!this.isAlive) {
        throw this.child.failure();
      }
      if (Date.now() > deadline) {
        throw new Error(`${this.id} did not finish a step within ${MAX_STEP_MS / 1000} s\n${this.child.describeTail()}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1000);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}
