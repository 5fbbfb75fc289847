import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { Closers } from './closers';
import { workQueues } from './connect';
import type { PipelineOptions } from './options';
import { readAssembly, startParts, type Parts } from './parts';
import { routingKeysOf, secretArns } from './variables';
import { localDefinition } from '../amp/definition';
import type { PublishedMessage } from '../amp/front';
import type { Alerting } from '../assembly/alerting';
import type { Publication, QueueContent } from '../aws/messaging';
import type { Secrets } from '../aws/secrets';
import type { HostedFunction } from '../lambda/hosted-function';
import type { Alertmanager, PostedAlert } from '../monitoring/alertmanager';
import { Prometheus } from '../monitoring/prometheus';
import type { PagerDutySimulator } from '../pagerduty/simulator';
import type { Processes } from '../processes/processes';
import { waitFor } from '../processes/wait';
import { secretsForEntries, type ReceiverSimulators } from '../receivers/receiver-simulators';
import { transportEntries } from '../receivers/transport-entries';

/**
 * The whole path from Alertmanager to PagerDuty on this machine: everything that runs comes from a synthesized assembly, and
 * what AWS would add is added. Alerts are posted, or come from a Prometheus that is started besides.
 */
export class Pipeline {
  public static async start(options: PipelineOptions): Promise<Pipeline> {
    const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'sandbox-'));
    const closers = new Closers();
    if (!options.keepDirectory) {
      closers.add(() => fs.rmSync(directory, { recursive: true, force: true }));
    }
    try {
      return new Pipeline(directory, await startParts(options, directory, closers), closers, options);
    } catch (error) {
      await closers.close();
      throw error;
    }
  }

  private constructor(
    /** Configurations, state and logs. */
    public readonly directory: string,
    private readonly parts: Parts,
    private readonly closers: Closers,
    private readonly options: PipelineOptions,
  ) {}

  /** What the assembly deploys. */
  public get alerting(): Alerting {
    return this.parts.alerting;
  }

  /** What runs otherwise than it is deployed, in words. */
  public get changes(): readonly string[] {
    return this.parts.changes;
  }

  /** The routing keys in the secret, by name. */
  public get routingKeys(): Readonly<Record<string, string>> {
    return this.parts.routingKeys;
  }

  public get alertmanager(): Alertmanager {
    return this.parts.alertmanager;
  }

  public get simulator(): PagerDutySimulator {
    return this.parts.simulator;
  }

  /** What receives notifications besides PagerDuty. */
  public get receivers(): ReceiverSimulators {
    return this.parts.receivers;
  }

  public get functions(): readonly HostedFunction[] {
    return this.parts.functions;
  }

  /** To change or empty the secret with the routing keys. */
  public get secrets(): Secrets {
    return this.parts.secrets;
  }

  /** Replaces entries of the secret. The functions read it anew when they need to. */
  public putSecretValues(values: Readonly<Record<string, string>>): void {
    const content = JSON.stringify({ ...this.parts.secretValues, ...values });
    secretArns(this.alerting).forEach((arn) => this.secrets.put(arn, content));
  }

  /** For what is started besides; it ends with the pipeline. */
  public get processes(): Processes {
    return this.parts.processes;
  }

  /** What AMP has published, oldest first. */
  public get published(): readonly PublishedMessage[] {
    return this.parts.front.published;
  }

  /** What SNS has refused as too long for its topic, oldest first: nobody is paged for it. */
  public get refused(): readonly Publication[] {
    return this.parts.front.refused;
  }

  /** Posts alerts to Alertmanager, as Prometheus does. */
  public postAlerts(alerts: readonly PostedAlert[]): Promise<void> {
    return this.parts.alertmanager.post(alerts);
  }

  /** Starts a Prometheus that evaluates the rules of the assembly and scrapes the targets (`host:port`) as this job. */
  public startPrometheus(job: string, targets: readonly string[]): Promise<Prometheus> {
    return Prometheus.start(this.parts.processes, {
      alertmanagerUrl: this.parts.alertmanager.url,
      ruleFiles: this.parts.rules.files,
      job,
      targets,
      directory: path.join(this.directory, 'prometheus'),
    });
  }

  /** Deploys the definition and the secret of another assembly of the same stack. Everything else keeps running as it is. */
  public async redeploy(assembly: string): Promise<void> {
    const { alertmanager, front, messaging, receivers, simulator } = this.parts;
    const alerting = readAssembly({ ...this.options, assembly }, messaging.port);
    const keys = this.options.routingKeys ?? routingKeysOf(alerting);
    simulator.addRoutingKeys(keys);
    this.putSecretValues({ ...keys, ...secretsForEntries(receivers, transportEntries(alerting.definition)) });
    const addresses = { publishUrl: front.url, mailPort: receivers.email.port };
    await alertmanager.reload(localDefinition(alerting.definition, addresses, this.options.timings, this.options.rhythm));
  }

  /** What is in the queues that hold what could not be delivered, by logical id. */
  public async deadLetters(): Promise<ReadonlyMap<string, QueueContent>> {
    const work = workQueues(this.alerting);
    const deadLetterQueues = this.alerting.queues.filter(({ name }) => !work.includes(name));
    return new Map(await Promise.all(deadLetterQueues.map(async ({ logicalId, name }) => (
      [logicalId, await this.parts.messaging.inspect(name)] as const
    ))));
  }

  /** What the tables of the functions hold. */
  public async tableItems(): Promise<unknown[]> {
    return this.parts.tables.items();
  }

  /** Waits until everything that was published so far is delivered or lies in a dead-letter queue. Milliseconds. */
  public async settled(deadline: number): Promise<void> {
    const names = workQueues(this.alerting);
    await waitFor('everything published is delivered', async () => {
      const contents = await Promise.all(names.map((name) => this.parts.messaging.inspect(name)));
      return contents.every(({ waiting, inFlight }) => waiting.length + inFlight.length === 0) || undefined;
    }, { deadline });
  }

  /** Ends everything that was started. Safe to call twice. */
  public async close(): Promise<void> {
    await this.closers.close();
  }
}
