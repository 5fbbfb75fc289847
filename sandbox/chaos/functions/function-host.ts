import type { FunctionServer, HeldRequest } from './function-server';
import { Instance, type Step } from './instance';
import type { Reply, Treatment } from './reply';
import type { DeployedFunction } from '../../assembly/alerting';
import type { Processes } from '../../processes/processes';
import type { Faults } from '../faults';
import type { Random } from '../random';
import type { Simulation } from '../time/simulation';

/** What an invocation came to. `error`: it failed, or its instance was killed. */
export type Outcome = { readonly kind: 'result'; readonly payload: unknown } | { readonly kind: 'error' };

export interface FunctionHostOptions {
  readonly definition: DeployedFunction;
  readonly name: 'receive' | 'deliver' | 'notify';
  readonly maxInstances: number;
  readonly simulation: Simulation;
  readonly server: FunctionServer;
  readonly processes: Processes;
  readonly node: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly faults: Faults;
  readonly random: Random;
  readonly onLine: (line: string) => void;
  /** What happens to a request of the function. */
  readonly treat: (held: HeldRequest) => Treatment;
}

interface Running {
  readonly instance: Instance;
  readonly timers: Set<number>;
  readonly open: Set<number>;
  next?: HeldRequest;
  invocation?: { readonly id: string; readonly end: (outcome: Outcome) => void };
}

const RUNTIME_API = '/2018-06-01/runtime/invocation/';
const COLD_START_MS = 350;

/** A function with several instances, each of which handles one invocation at a time. */
export class FunctionHost {
  private readonly idle: Running[] = [];
  private busy = 0;
  private started = 0;
  private invocations = 0;

  constructor(private readonly options: FunctionHostOptions) {}

  /** How many more invocations can start now. */
  public get capacity(): number {
    return this.options.maxInstances - this.busy;
  }

  public get coldStarts(): number {
    return this.started;
  }

  /** Ends the instances that do nothing. */
  public replaceAll(): void {
    for (const { instance } of this.idle.splice(0)) {
      this.options.faults.count('instance replaced');
      instance.kill();
    }
  }

  /** Starts an invocation. `end` is called once, when it is over. */
  public async invoke(event: unknown, end: (outcome: Outcome) => void): Promise<void> {
    const { simulation, faults, random, definition } = this.options;
    this.busy += 1;
    if (this.idle.length > 0 && faults.happens('instance replaced')) {
      this.idle.splice(random.integer(0, this.idle.length - 1), 1).forEach(({ instance }) => instance.kill());
    }
    const warm = this.idle.splice(random.integer(0, Math.max(0, this.idle.length - 1)), 1)[0];
    const running = warm ?? await this.start();
    const id = `${this.options.name}-invocation-${++this.invocations}`;
    running.invocation = {
      id,
      end: (outcome) => {
        this.busy -= 1;
        end(outcome);
      },
    };
    simulation.after(warm === undefined ? COLD_START_MS : 1, async () => {
      const { next } = running;
      if (next === undefined) {
        throw new Error(`${running.instance.id} does not ask for work`);
      }
      running.next = undefined;
      const deadline = simulation.now + definition.timeout * 1000;
      simulation.at(deadline, () => {
        if (running.invocation?.id === id) {
          this.kill(running);
        }
      });
      await this.answer(running, next, {
        kind: 'http',
        status: 200,
        headers: {
          'lambda-runtime-aws-request-id': id,
          'lambda-runtime-deadline-ms': String(deadline),
          'lambda-runtime-invoked-function-arn': definition.arn,
        },
        body: JSON.stringify(event),
      });
    });
  }

  private async start(): Promise<Running> {
    const { simulation, random, name } = this.options;
    const id = `${name}-${++this.started}`;
    const instance = new Instance(id, { ...this.options, seed: random.integer(0, 2 ** 31), now: simulation.now });
    const running: Running = { instance, timers: new Set(), open: new Set() };
    this.take(running, await instance.step(simulation.now));
    return running;
  }

  private kill(running: Running): void {
    const { invocation } = running;
    running.instance.kill();
    running.invocation = undefined;
    invocation?.end({ kind: 'error' });
  }

  /** Looks at what the function did, and schedules what comes of it. */
  private take(running: Running, { requests, closed, timers }: Step): void {
    const { simulation } = this.options;
    closed.forEach((number) => running.open.delete(number));
    running.timers.clear();
    for (const [id, at] of timers) {
      running.timers.add(id);
      simulation.at(at, async () => {
        // Scheduled anew with each step while it is set; the first one to come fires it.
        if (running.instance.isAlive && running.timers.delete(id)) {
          this.take(running, await running.instance.step(simulation.now, { fire: id }));
        }
      });
    }
    for (const held of requests) {
      running.open.add(held.number);
      const path = held.request.url ?? '';
      if (path.startsWith(RUNTIME_API)) {
        this.serveRuntime(running, held, path.slice(RUNTIME_API.length));
      } else {
        this.treat(running, held);
      }
    }
  }

  private treat(running: Running, held: HeldRequest): void {
    const { latencyMs, act, reply } = this.options.treat(held);
    this.options.simulation.after(latencyMs, async () => {
      // What was sent arrives, even if nobody waits for the answer anymore.
      const answer = act?.() ?? reply;
      if (answer?.kind === 'kill') {
        if (running.instance.isAlive) {
          this.kill(running);
        }
      } else if (answer !== undefined) {
        await this.answer(running, held, answer);
      }
    });
  }

  private serveRuntime(running: Running, held: HeldRequest, place: string): void {
    const { simulation, faults, name } = this.options;
    if (place === 'next') {
      running.next = held;
      return;
    }
    simulation.after(1, async () => {
      const { invocation } = running;
      if (!running.instance.isAlive || invocation === undefined) {
        return;
      }
      if ((name === 'deliver' && faults.happens('deliver killed before its report')) || (name === 'notify' && faults.happens('notify killed before its report'))) {
        this.kill(running);
        return;
      }
      running.invocation = undefined;
      await this.answer(running, held, { kind: 'http', status: 202, body: '{"status":"OK"}' });
      this.idle.push(running);
      const isLost = name === 'deliver' && faults.happens('report of deliver lost');
      invocation.end(isLost || place.endsWith('/error') ? { kind: 'error' } : { kind: 'result', payload: JSON.parse(held.body) as unknown });
    });
  }

  private async answer(running: Running, held: HeldRequest, reply: Exclude<Reply, { kind: 'kill' }>): Promise<void> {
    const { instance } = running;
    const { now } = this.options.simulation;
    if (!instance.isAlive || !running.open.has(held.number) || reply.kind === 'silence') {
      return;
    }
    if (reply.kind === 'reset') {
      // A reset brings no time with it.
      this.take(running, await instance.step(now));
      if (!running.open.has(held.number)) {
        return;
      }
      held.request.socket.resetAndDestroy();
    } else if (reply.kind === 'raw') {
      held.request.socket.write(reply.text.replace('\r\n', `\r\nx-chaos-now: ${now}\r\n`));
    } else {
      held.response.writeHead(reply.status, { 'content-type': 'application/json', 'date': new Date(now).toUTCString(), ...reply.headers, 'x-chaos-now': String(now) });
      held.response.end(reply.body ?? '');
    }
    this.take(running, await instance.step(now, { closes: held.number }));
  }
}
