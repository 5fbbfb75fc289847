import { spawn, type ChildProcess } from 'child_process';
import * as path from 'path';
import { ManagedProcess, type ProcessSpec } from './managed-process';

const WATCHDOG = path.join(__dirname, 'watchdog.cjs');

/** How long a process gets to end by itself after SIGTERM, in milliseconds. */
const GRACE = 3000;

/**
 * The processes that a pipeline has started. None outlives it: `close` ends them, and when this process is killed without
 * having closed, the watchdog does.
 */
export class Processes {
  /** Settles when a process that everything depends on has ended without having been asked to. */
  public readonly broken: Promise<Error>;
  private readonly running = new Set<ManagedProcess>();
  private readonly watchdog: ChildProcess;
  private closing = false;
  private settleBroken!: (error: Error) => void;

  /** `directory` takes the log files; unless it is kept, the watchdog removes it when this process is killed. */
  constructor(private readonly directory: string, keepDirectory = false) {
    this.broken = new Promise((resolve) => {
      this.settleBroken = resolve;
    });
    this.watchdog = spawn(process.execPath, [WATCHDOG, ...(keepDirectory ? [] : [directory])], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
    });
    this.watchdog.once('exit', () => {
      if (!this.closing) {
        this.settleBroken(new Error('the watchdog of the processes has ended'));
      }
    });
    // A write after that end fails, which is already reported above.
    this.watchdog.stdin?.on('error', () => undefined);
  }

  public start(spec: ProcessSpec): ManagedProcess {
    if (this.closing) {
      throw new Error(`${spec.name} is not started: the pipeline is closing`);
    }
    const child = new ManagedProcess(spec, this.directory);
    this.running.add(child);
    this.watchdog.stdin?.write(`+${child.pid}\n`);
    void child.ended.then(({ asked }) => {
      this.running.delete(child);
      this.watchdog.stdin?.write(`-${child.pid}\n`);
      if (spec.essential && !asked) {
        this.settleBroken(child.failure());
      }
    });
    return child;
  }

  /** Ends every process, and the watchdog. Safe to call twice. */
  public async close(): Promise<void> {
    this.closing = true;
    await Promise.all([...this.running].map((child) => child.stop(GRACE)));
    if (this.watchdog.exitCode === null && this.watchdog.signalCode === null) {
      const ended = new Promise((resolve) => this.watchdog.once('exit', resolve));
      this.watchdog.stdin?.end('.\n');
      await ended;
    }
  }
}
