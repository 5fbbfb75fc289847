import { type ChildProcess, spawn, spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parse } from 'yaml';

/** An alert as Alertmanager's API takes it. */
export interface PostedAlert {
  readonly labels: { readonly [name: string]: string };
  readonly annotations?: { readonly [name: string]: string };
  readonly generatorURL?: string;
  readonly startsAt?: string;
  readonly endsAt?: string;
}

/** An Alertmanager configuration with its template files, by name. */
export interface AlertmanagerFiles {
  readonly config: string;
  readonly templates: { readonly [name: string]: string };
}

/** The real Alertmanager of the distribution, on a loopback port of its own. Ends with the test that started it. */
export class RealAlertmanager {
  public static async start(files: AlertmanagerFiles): Promise<RealAlertmanager> {
    const directory = writeFiles(files);
    const child = spawn('prometheus-alertmanager', [
      `--config.file=${join(directory, 'alertmanager.yml')}`,
      `--storage.path=${join(directory, 'data')}`,
      '--web.listen-address=127.0.0.1:0',
      '--web.external-url=http://alertmanager.example.com/path',
      '--web.route-prefix=/',
      '--cluster.listen-address=',
    ], { stdio: ['ignore', 'ignore', 'pipe'] });
    return new RealAlertmanager(child, directory, await listeningAddress(child));
  }

  private constructor(private readonly child: ChildProcess, private readonly directory: string, private readonly address: string) {}

  public async post(alerts: readonly PostedAlert[]): Promise<void> {
    const response = await fetch(`http://${this.address}/api/v2/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(alerts),
    });
    if (!response.ok) {
      throw new Error(`alertmanager refused the alerts: ${response.status} ${await response.text()}`);
    }
  }

  public async stop(): Promise<void> {
    const exited = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGKILL');
    await exited;
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** What AMP would run of a definition: the configuration with credentials and an address for SNS, and its template files. */
export function runnable(definition: string, snsUrl: string): AlertmanagerFiles {
  const files = unpackDefinition(definition);
  const credentials = `$1api_url: ${snsUrl}\n$1sigv4:\n$1  access_key: test\n$1  secret_key: test`;
  return { ...files, config: files.config.replace(/^( *)sigv4:$/gm, credentials) };
}

/** The two parts of AMP's definition, read by a YAML parser that is not ours. */
export function unpackDefinition(definition: string): AlertmanagerFiles {
  const parsed = parse(definition);
  return { config: parsed.alertmanager_config, templates: parsed.template_files ?? {} };
}

/** Whether the distribution's `amtool check-config` accepts it; its complaint if not. */
export function amtoolComplaint(files: AlertmanagerFiles): string | undefined {
  const directory = writeFiles(files);
  try {
    const result = spawnSync('amtool', ['check-config', join(directory, 'alertmanager.yml')], { encoding: 'utf8' });
    return result.status === 0 ? undefined : `${result.stdout}${result.stderr}`;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function writeFiles(files: AlertmanagerFiles): string {
  const directory = mkdtempSync(join(tmpdir(), 'alertmanager-'));
  mkdirSync(join(directory, 'data'));
  writeFileSync(join(directory, 'alertmanager.yml'), files.config);
  for (const [name, text] of Object.entries(files.templates)) {
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

async function listeningAddress(child: ChildProcess): Promise<string> {
  let log = '';
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString('utf8');
      const address = /Listening on.*address=(127\.0\.0\.1:\d+)/.exec(log)?.[1];
      if (address) {
        resolve(address);
      }
    });
    child.once('exit', (code) => reject(new Error(`alertmanager ended with ${code}: ${log}`)));
    child.once('error', reject);
  });
}
