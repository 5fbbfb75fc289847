import { freePort, LOOPBACK } from '../net/loopback';
import type { ManagedProcess } from '../processes/managed-process';
import type { Processes } from '../processes/processes';
import { findProgram, PROGRAMS } from '../processes/programs';
import { waitFor } from '../processes/wait';

/** A real node exporter that can be stopped and started again at the same address. */
export class NodeExporter {
  public static async create(processes: Processes): Promise<NodeExporter> {
    return new NodeExporter(processes, `${LOOPBACK}:${await freePort()}`);
  }

  private child?: ManagedProcess;

  private constructor(private readonly processes: Processes, public readonly address: string) {}

  public get isRunning(): boolean {
    return this.child?.isRunning ?? false;
  }

  public async start(): Promise<void> {
    if (this.isRunning) {
      return;
    }
    const child = this.processes.start({
      name: 'node-exporter',
      program: findProgram(PROGRAMS.nodeExporter),
      args: [`--web.listen-address=${this.address}`],
    });
    this.child = child;
    await waitFor('the node exporter is ready', async () => (await fetch(`http://${this.address}/`)).ok || undefined, {
      deadline: 20_000,
      unless: () => child.assertRunning(),
    });
  }

  public async stop(): Promise<void> {
    await this.child?.stop(3000);
  }
}
