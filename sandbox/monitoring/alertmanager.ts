import * as fs from 'fs';
import * as path from 'path';
import { freePort, LOOPBACK } from '../net/loopback';
import type { ManagedProcess } from '../processes/managed-process';
import type { Processes } from '../processes/processes';
import { findProgram, PROGRAMS } from '../processes/programs';
import { waitFor } from '../processes/wait';

/** An alert as it is posted to Alertmanager. Without `endsAt` it fires. */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly startsAt?: string;
  readonly endsAt?: string;
  readonly generatorURL?: string;
}

export interface AlertmanagerOptions {
  readonly name?: string;
  /** The program; the distribution's by default. */
  readonly program?: string;
  readonly configuration: string;
  readonly templateFiles?: ReadonlyMap<string, string>;
  /** Where configuration, templates and state are kept. */
  readonly directory: string;
  /** What links in notifications begin with; its own address by default. */
  readonly externalUrl?: string;
  /** How much it logs; `info` by default. */
  readonly logLevel?: 'info' | 'debug';
  /** Called with every line of its log. */
  readonly onLine?: (line: string) => void;
}

/** A real Alertmanager, alone, on a free port. */
export class Alertmanager {
  public static async start(processes: Processes, options: AlertmanagerOptions): Promise<Alertmanager> {
    const { directory, name = 'alertmanager' } = options;
    fs.mkdirSync(directory, { recursive: true });
    const configuration = writeFiles(directory, options);
    const port = await freePort();
    const url = `http://${LOOPBACK}:${port}`;
    const child = processes.start({
      name,
      essential: true,
      onLine: options.onLine,
      program: options.program ?? findProgram(PROGRAMS.alertmanager),
      args: [
        `--config.file=${configuration}`,
        `--storage.path=${path.join(directory, 'state')}`,
        `--web.listen-address=${LOOPBACK}:${port}`,
        `--web.external-url=${options.externalUrl ?? url}`,
        '--cluster.listen-address=',
        `--log.level=${options.logLevel ?? 'info'}`,
      ],
    });
    await waitFor(`${name} is ready`, async () => (await fetch(`${url}/-/ready`)).ok || undefined, { deadline: 30_000, unless: () => child.assertRunning() });
    return new Alertmanager(url, child, directory);
  }

  private constructor(public readonly url: string, public readonly process: ManagedProcess, private readonly directory: string) {}

  /** Loads another configuration. What was notified is remembered, as it is on AMP when a definition changes. */
  public async reload(files: Pick<AlertmanagerOptions, 'configuration' | 'templateFiles'>): Promise<void> {
    writeFiles(this.directory, files);
    const response = await fetch(`${this.url}/-/reload`, { method: 'POST' });
    if (!response.ok) {
      throw new Error(`Alertmanager did not load the configuration: ${await response.text()}`);
    }
  }

  public async post(alerts: readonly PostedAlert[]): Promise<void> {
    const response = await fetch(`${this.url}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(alerts),
    });
    if (!response.ok) {
      throw new Error(`Alertmanager refused the alerts with ${response.status}: ${await response.text()}`);
    }
  }
}

/** Writes a configuration and its template files. Returns the path of the configuration. */
function writeFiles(directory: string, { configuration, templateFiles }: Pick<AlertmanagerOptions, 'configuration' | 'templateFiles'>): string {
  for (const [file, body] of templateFiles ?? []) {
    fs.writeFileSync(path.join(directory, file), body);
  }
  const file = path.join(directory, 'alertmanager.yml');
  fs.writeFileSync(file, configuration);
  return file;
}
