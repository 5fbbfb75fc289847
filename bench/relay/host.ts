import { spawn, type ChildProcess } from 'child_process';
import * as fs from 'fs';
import { RuntimeApi } from '../../sandbox/lambda/runtime-api';

/** How a function is started: a program with its arguments and environment. */
export interface Candidate {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A time on the clock, and of the processors: the second says more when the machine has other work. */
export interface Duration {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** A function in a process of its own behind the Lambda Runtime API. */
export class Host {
  /** Starts the process and handles one event: what a cold start costs until its response. */
  public static async coldStart(candidate: Candidate, event: unknown): Promise<{ readonly host: Host; readonly duration: Duration }> {
    const api = await RuntimeApi.start();
    const startedAt = performance.now();
    const child = spawn(candidate.program, [...candidate.args], {
      env: { ...candidate.env, AWS_LAMBDA_RUNTIME_API: api.address },
      // On AWS, too, what a function logs goes through a pipe.
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.resume();
    const host = new Host(candidate.name, api, child);
    await host.call(event);
    return { host, duration: { wallMs: performance.now() - startedAt, cpuMs: host.cpuMs() } };
  }

  private calls = 0;

  private constructor(private readonly name: string, private readonly api: RuntimeApi, private readonly child: ChildProcess) {
    child.once('exit', (code, signal) => api.abort({ errorType: 'Exit', errorMessage: `ended with ${signal ?? code}` }));
  }

  public async invoke(event: unknown): Promise<Duration> {
    const cpuBefore = this.cpuMs();
    const startedAt = performance.now();
    await this.call(event);
    return { wallMs: performance.now() - startedAt, cpuMs: this.cpuMs() - cpuBefore };
  }

  /** The most memory that the process has had, in MB. */
  public peakMemoryMb(): number {
    const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(fs.readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes) / 1024;
  }

  public async close(): Promise<void> {
    this.child.removeAllListeners('exit');
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await ended;
    await this.api.close();
  }

  private async call(event: unknown): Promise<void> {
    this.calls += 1;
    const outcome = await this.api.invoke({
      requestId: `request-${this.calls}`,
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:bench',
      deadline: Date.now() + 25_000,
      payload: JSON.stringify(event),
    });
    if (outcome.kind === 'error') {
      throw new Error(`${this.name}: ${outcome.error.errorType}: ${outcome.error.errorMessage}`);
    }
    await this.api.ready();
  }

  /** Time of the processors for all threads of the process, in milliseconds. */
  private cpuMs(): number {
    const tasks = `/proc/${this.child.pid}/task`;
    return fs.readdirSync(tasks).reduce((sum, task) => {
      try {
        return sum + Number(fs.readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
      } catch {
        // The thread has ended meanwhile.
        return sum;
      }
    }, 0);
  }
}
