import { spawn, type ChildProcess } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import type { Readable } from 'stream';

export interface ProcessSpec {
  /** Shown in messages, and the name of the log file. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** True when nothing works without it. */
  readonly essential?: boolean;
  /** Called with every complete line that the process prints. */
  readonly onLine?: (line: string) => void;
}

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started at all. */
  readonly error?: Error;
  /** True when it was stopped by us. */
  readonly asked: boolean;
}

const TAIL_LINES = 200;

/** A child process whose output is kept: the last lines in memory, all of it in a file. */
export class ManagedProcess {
  public readonly name: string;
  public readonly pid: number;
  public readonly logFile: string;
  /** Settles when the process has ended and all of its output was read. Never rejects. */
  public readonly ended: Promise<ProcessEnd>;
  private readonly child: ChildProcess;
  private readonly lines: string[] = [];
  private asked = false;
  private end?: ProcessEnd;

  constructor(spec: ProcessSpec, directory: string) {
    this.name = spec.name;
    this.logFile = path.join(directory, `${spec.name}.log`);
    const log = fs.createWriteStream(this.logFile, { flags: 'a' });
    // The child has its own process group, so that Ctrl-C reaches only the sandbox, which ends its children in order.
    this.child = spawn(spec.program, [...spec.args], {
      env: spec.env ?? environmentWithoutAws(),
      cwd: spec.cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.pid = this.child.pid ?? -1;
    for (const stream of [this.child.stdout, this.child.stderr]) {
      this.read(stream, log, spec.onLine);
    }
    this.ended = new Promise((resolve) => {
      const settle = (end: Omit<ProcessEnd, 'asked'>): void => {
        this.end ??= { ...end, asked: this.asked };
        log.end();
        resolve(this.end);
      };
      this.child.once('error', (error) => settle({ code: null, signal: null, error }));
      this.child.once('close', (code, signal) => settle({ code, signal }));
    });
  }

  public get isRunning(): boolean {
    return this.end === undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** The last lines that the process printed. */
  public tail(count = 20): string[] {
    return this.lines.slice(-count);
  }

  /** Throws, with the last lines of its output, when the process has ended without having been asked to. */
  public assertRunning(): void {
    if (!this.isRunning && !this.asked) {
      throw this.failure();
    }
  }

  /** How the process has ended, with the last lines of its output. */
  public failure(): Error {
    const end = this.end ?? { code: this.child.exitCode, signal: this.child.signalCode };
    return new Error(`${this.name} ended ${describeEnd(end)}\n${this.describeTail()}`);
  }

  public describeTail(count = 20): string {
    const lines = this.tail(count);
    return lines.length > 0
      ? `last lines of ${this.name} (${this.logFile}):\n${lines.map((line) => `  ${line}`).join('\n')}`
      : `${this.name} printed nothing`;
  }

  /** Asks the process to end, and kills it when it has not after the grace period (milliseconds). */
  public async stop(grace: number): Promise<void> {
    this.asked = true;
    if (this.isRunning) {
      this.child.kill('SIGTERM');
      const timer = setTimeout(() => this.kill(), grace);
      await this.ended;
      clearTimeout(timer);
    }
    await this.ended;
  }

  /** Ends the process at once. */
  public kill(): void {
    this.asked = true;
    this.child.kill('SIGKILL');
  }

  private read(stream: Readable | null, log: fs.WriteStream, onLine?: (line: string) => void): void {
    let unfinished = '';
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      log.write(text);
      const lines = (unfinished + text).split('\n');
      unfinished = lines.pop() ?? '';
      for (const line of lines) {
        this.lines.push(line);
        onLine?.(line);
      }
      this.lines.splice(0, Math.max(0, this.lines.length - TAIL_LINES));
    });
  }
}

function describeEnd({ code, signal, error }: Omit<ProcessEnd, 'asked'>): string {
  if (error) {
    return `before it started: ${error.message}`;
  }
  return signal ? `by ${signal}` : `with exit code ${code ?? 'unknown'}`;
}

/** The programs talk to loopback addresses only. Variables such as AWS_CA_BUNDLE keep Alertmanager from publishing there. */
export function environmentWithoutAws(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('AWS_')));
}
