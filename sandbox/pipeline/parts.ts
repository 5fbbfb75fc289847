import * as path from 'path';
import type { Closers } from './closers';
import { connect, createResources } from './connect';
import type { PipelineOptions } from './options';
import { functionVariables, routingKeysOf, secretArns } from './variables';
import { localDefinition } from '../amp/definition';
import { AmpFront } from '../amp/front';
import { localRules, type LocalRules } from '../amp/rules';
import type { Alerting } from '../assembly/alerting';
import { CloudAssembly } from '../assembly/cloud-assembly';
import { assertRunnable } from '../assembly/functions';
import { readAlerting } from '../assembly/read-alerting';
import { ACCOUNT_ID } from '../aws/credentials';
import { Messaging, queueUrl } from '../aws/messaging';
import { Secrets } from '../aws/secrets';
import { Tables } from '../aws/tables';
import { HostedFunction } from '../lambda/hosted-function';
import { nodeForFunctions } from '../lambda/node-binary';
import { Alertmanager } from '../monitoring/alertmanager';
import { freePort } from '../net/loopback';
import { PagerDutySimulator } from '../pagerduty/simulator';
import { Processes } from '../processes/processes';
import { listSimulators, secretsForEntries, startReceiverSimulators, type ReceiverSimulators } from '../receivers/receiver-simulators';
import { transportEntries } from '../receivers/transport-entries';

/** Everything that a pipeline consists of. */
export interface Parts {
  readonly alerting: Alerting;
  /** The routing keys in the secret, by name. */
  readonly routingKeys: Readonly<Record<string, string>>;
  readonly processes: Processes;
  readonly messaging: Messaging;
  readonly secrets: Secrets;
  readonly tables: Tables;
  readonly simulator: PagerDutySimulator;
  /** What receives notifications besides PagerDuty. */
  readonly receivers: ReceiverSimulators;
  /** The content of the secret: routing keys, and what the receivers need. */
  readonly secretValues: Readonly<Record<string, string>>;
  readonly front: AmpFront;
  readonly functions: readonly HostedFunction[];
  readonly alertmanager: Alertmanager;
  readonly rules: LocalRules;
  /** What runs otherwise than it is deployed, in words. */
  readonly changes: readonly string[];
}

const DEFAULT_REGION = 'us-east-1';

/** Reads the assembly and starts what is in it, from PagerDuty's end to Alertmanager: what sends comes last. */
export async function startParts(options: PipelineOptions, directory: string, closers: Closers): Promise<Parts> {
  const port = await freePort();
  const alerting = readAssembly(options, port);
  alerting.functions.forEach(assertRunnable);
  const routingKeys = options.routingKeys ?? routingKeysOf(alerting);
  const processes = new Processes(directory, options.keepDirectory);
  closers.add(() => processes.close());
  const services = await startServices(alerting, routingKeys, { options, processes, port, closers });
  const functions = await startFunctions(alerting, processes, services, options, closers);

  const deployed = await options.deployDefinition?.(alerting, processes) ?? alerting.definition;
  const addresses = { publishUrl: services.front.url, mailPort: services.receivers.email.port };
  const definition = localDefinition(deployed, addresses, options.timings, options.rhythm);
  const rules = localRules(alerting.ruleNamespaces, options.timings);
  const alertmanager = await Alertmanager.start(processes, {
    program: options.alertmanager,
    configuration: definition.configuration,
    templateFiles: definition.templateFiles,
    directory: path.join(directory, 'alertmanager'),
    externalUrl: options.externalUrl,
    logLevel: options.alertmanagerLogLevel,
    onLine: options.onAlertmanagerLine,
  });
  closers.add(() => alertmanager.process.stop(3000));
  const changes = [...definition.changes, ...rules.changes, ...changesOf(options), ...alerting.notes];
  return { alerting, routingKeys, processes, ...services, functions, alertmanager, rules, changes };
}

/** What an assembly deploys, with the queues of the emulator that listens on this port. */
export function readAssembly({ assembly, workspace }: Pick<PipelineOptions, 'assembly' | 'workspace'>, port: number): Alerting {
  return readAlerting(new CloudAssembly(assembly), {
    defaultRegion: DEFAULT_REGION, accountId: ACCOUNT_ID, workspace, queueUrl: (name) => queueUrl(port, name),
  });
}

interface Starting {
  readonly options: PipelineOptions;
  readonly processes: Processes;
  readonly port: number;
  readonly closers: Closers;
}

type Services = Pick<Parts, 'messaging' | 'secrets' | 'secretValues' | 'tables' | 'simulator' | 'receivers' | 'front'>;

async function startServices(
  alerting: Alerting, routingKeys: Readonly<Record<string, string>>, { options, processes, port, closers }: Starting,
): Promise<Services> {
  const messaging = await Messaging.start(processes, alerting.region, port);
  closers.add(() => messaging.close());
  await createResources({ alerting, messaging, options });
  const secrets = await Secrets.start();
  closers.add(() => secrets.close());
  const receivers = await startReceiverSimulators();
  listSimulators(receivers).forEach((each) => closers.add(() => each.close()));
  const secretValues = { ...routingKeys, ...secretsForEntries(receivers, transportEntries(alerting.definition)), ...options.secretValues };
  secretArns(alerting).forEach((arn) => secrets.put(arn, JSON.stringify(secretValues)));
  const tables = await Tables.start(alerting.tables, alerting.region);
  closers.add(() => tables.close());
  const simulator = await PagerDutySimulator.start({
    port: options.port, routingKeys, actions: options.actions, receivers: listSimulators(receivers),
  });
  closers.add(() => simulator.close());
  const front = await AmpFront.start(messaging, alerting.topics);
  closers.add(() => front.close());
  return { messaging, secrets, secretValues, tables, simulator, receivers, front };
}

async function startFunctions(
  alerting: Alerting, processes: Processes, services: Services, options: PipelineOptions, closers: Closers,
): Promise<HostedFunction[]> {
  const functions = alerting.functions.map((definition) => new HostedFunction(definition, {
    processes,
    node: nodeForFunctions().path,
    variables: functionVariables(definition, services),
    onLine: (line) => options.onFunctionLine?.(definition.logicalId, line),
  }));
  closers.add(() => Promise.all(functions.map((hosted) => hosted.close())));
  const invokers = await connect({ alerting, functions, messaging: services.messaging, options });
  closers.add(() => Promise.all(invokers.map((invoker) => invoker.close())));
  return functions;
}

function changesOf({ queueAttributes, asyncRetryDelays }: PipelineOptions): string[] {
  return [
    'endpoints and credentials of AWS and PagerDuty are those of this machine, and so are the URLs of receivers',
    ...Object.entries(queueAttributes ?? {}).map(([name, value]) => `${name} of queues -> ${value}`),
    ...(asyncRetryDelays ? [`invocations by SNS are repeated after ${asyncRetryDelays.map((delay) => `${delay / 1000} s`).join(' and ')}`] : []),
    ...(nodeForFunctions().isAsDeployed ? [] : [`functions run on Node.js ${process.version}`]),
  ];
}
