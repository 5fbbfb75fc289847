import * as fs from 'fs';
import * as path from 'path';
import { freePort, LOOPBACK } from '../net/loopback';
import type { ManagedProcess } from '../processes/managed-process';
import type { Processes } from '../processes/processes';
import { findProgram, PROGRAMS } from '../processes/programs';
import { waitFor } from '../processes/wait';

export interface PrometheusOptions {
  readonly alertmanagerUrl: string;
  readonly ruleFiles: ReadonlyMap<string, string>;
  /** The job that is scraped every second, and its targets as `host:port`. */
  readonly job: string;
  readonly targets: readonly string[];
  readonly directory: string;
}

/** A real Prometheus that scrapes every second, on a free port. */
export class Prometheus {
  public static async start(processes: Processes, options: PrometheusOptions): Promise<Prometheus> {
    const { directory } = options;
    fs.mkdirSync(directory, { recursive: true });
    for (const [file, body] of options.ruleFiles) {
      fs.writeFileSync(path.join(directory, file), body);
    }
    const configuration = path.join(directory, 'prometheus.yml');
    // JSON is YAML.
    fs.writeFileSync(configuration, JSON.stringify(configurationOf(options), undefined, 2));
    const port = await freePort();
    const url = `http://${LOOPBACK}:${port}`;
    const child = processes.start({
      name: 'prometheus',
      essential: true,
      program: findProgram(PROGRAMS.prometheus),
      args: [
        `--config.file=${configuration}`,
        `--storage.tsdb.path=${path.join(directory, 'data')}`,
        `--web.listen-address=${LOOPBACK}:${port}`,
        `--web.external-url=${url}`,
        // An alert that fires before Alertmanager is discovered is dropped, and sent again after a minute by default.
        '--rules.alert.resend-delay=2s',
      ],
    });
    await waitFor('prometheus is ready', async () => (await fetch(`${url}/-/ready`)).ok || undefined, { deadline: 30_000, unless: () => child.assertRunning() });
    return new Prometheus(url, child);
  }

  private constructor(public readonly url: string, public readonly process: ManagedProcess) {}

  /** The first value of an instant query; undefined when there is none. */
  public async query(expression: string): Promise<number | undefined> {
    const response = await fetch(`${this.url}/api/v1/query?query=${encodeURIComponent(expression)}`);
    const { data } = await response.json() as { data?: { result?: Array<{ value: [number, string] }> } };
    const value = data?.result?.[0]?.value[1];
    return value === undefined ? undefined : Number(value);
  }

  /** The alerts that pend or fire. */
  public async alerts(): Promise<PrometheusAlert[]> {
    const response = await fetch(`${this.url}/api/v1/alerts`);
    const { data } = await response.json() as { data: { alerts: PrometheusAlert[] } };
    return data.alerts;
  }
}

export interface PrometheusAlert {
  readonly state: 'pending' | 'firing';
  readonly labels: Readonly<Record<string, string>>;
}

function configurationOf({ alertmanagerUrl, ruleFiles, job, targets }: PrometheusOptions): unknown {
  return {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: [...ruleFiles.keys()],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanagerUrl).host] }] }] },
    scrape_configs: [{ job_name: job, static_configs: [{ targets }] }],
  };
}
