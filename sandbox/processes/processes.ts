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
  private readonly running = new Set<ManagedProcess>();
  private readonly watchdog: ChildProcess;
  private closing = false;

  constructor(private readonly directory: string) {
    this.watchdog = spawn(process.execPath, [WATCHDOG], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    // When the watchdog is gone there is nobody to tell; the next start says so.
    this.watchdog.stdin?.on('error', () => undefined);
    this.watchdog.unref();
  }

  public start(spec: ProcessSpec): ManagedProcess {
    if (this.closing || this.watchdog.exitCode !== null) {
      throw new Error(`${spec.name} is not started: ${this.closing ? 'the pipeline is closing' : 'the watchdog has ended'}`);
    }
    const child = new ManagedProcess(spec, this.directory);
    this.running.add(child);
    this.watchdog.stdin?.write(`+${child.pid}\n`);
    void child.ended.then(() => {
      this.running.delete(child);
      this.watchdog.stdin?.write(`-${child.pid}\n`);
    });
    return child;
  }

  /** Ends every process, and the watchdog. Safe to call twice. */
  public async close(): Promise<void> {
    this.closing = true;
    await Promise.all([...this.running].map((child) => child.stop(GRACE)));
    const ended = new Promise((resolve) => this.watchdog.once('exit', resolve));
    if (this.watchdog.exitCode === null && this.watchdog.signalCode === null) {
      this.watchdog.stdin?.end();
      await ended;
    }
  }
}
