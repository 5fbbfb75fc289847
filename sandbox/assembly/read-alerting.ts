import type { Alerting, DeployedFunction, DeployedQueue, DeployedRuleNamespace, DeployedTable, DeployedTopic } from './alerting';
import type { AssemblyStack, CloudAssembly } from './cloud-assembly';
import { readEventSources, readSubscriptions } from './connections';
import { isDefinitionResource, readExistingWorkspace } from './existing-workspace';
import { readFunction } from './functions';
import { TemplateResolver } from './intrinsics';
import type { Place } from './physical-names';
import type { StackReading } from './stack-reading';
import { AssemblyError, isObject, type TemplateResource } from './template';
import { DEFAULT_TOPIC_MESSAGE_BYTES } from '../amp/message-size';

export interface ReadOptions {
  /** Used for stacks that are not bound to a region. */
  readonly defaultRegion: string;
  readonly accountId: string;
  /** Which workspace, as `STACK/LOGICAL-ID` or a part of it, when the assembly has several with a definition. */
  readonly workspace?: string;
  readonly queueUrl: Place['queueUrl'];
}

/** Reads everything that alerting needs out of an assembly: the workspace with its definition, and what stands behind it. */
export function readAlerting(assembly: CloudAssembly, options: ReadOptions): Alerting {
  const { stack, logicalId } = chooseWorkspace(assembly, options.workspace);
  const reading = readingOf(stack, assembly, options);
  const { resolver } = reading;
  const functions: DeployedFunction[] = reading.ofType('AWS::Lambda::Function').map(([id, properties]) => readFunction(id, properties, reading));
  const deployed = readWorkspace(stack.template.Resources?.[logicalId], logicalId, reading, functions);
  const topics: DeployedTopic[] = reading.ofType('AWS::SNS::Topic').map(([id, properties]) => ({
    logicalId: id,
    ...resolver.names(id),
    maximumMessageSize: Number(resolver.resolve(properties.MaximumMessageSize, `${id}.MaximumMessageSize`) ?? DEFAULT_TOPIC_MESSAGE_BYTES),
  }));
  const notes: string[] = [];
  const subscriptions = readSubscriptions(reading, notes);
  const eventSources = readEventSources(reading, notes);
  const used = new Set([...subscriptions.map(({ endpoint }) => endpoint), ...eventSources.map(({ functionArn }) => functionArn)]);
  return {
    stackName: stack.name,
    region: reading.region,
    ...deployed,
    ruleNamespaces: readRuleNamespaces(reading, deployed.workspace.arn),
    topics,
    subscriptions,
    queues: reading.ofType('AWS::SQS::Queue').map(([id, properties]) => readQueue(id, properties, reading)),
    tables: reading.ofType('AWS::DynamoDB::Table').map(([id, properties]): DeployedTable => ({
      logicalId: id, name: resolver.names(id).name, keySchema: properties.KeySchema, attributeDefinitions: properties.AttributeDefinitions,
    })),
    functions: functions.filter(({ arn }) => used.has(arn)),
    eventSources,
    notes,
  };
}

/** The workspace with its definition: a resource of the stack, or somebody else's whose definition the stack sets. */
function readWorkspace(
  resource: TemplateResource | undefined, logicalId: string, reading: StackReading, functions: readonly DeployedFunction[],
): Pick<Alerting, 'workspace' | 'definition' | 'definitionResource'> {
  if (resource && isDefinitionResource(resource)) {
    return readExistingWorkspace(resource, logicalId, reading, functions);
  }
  const { arn, name } = reading.resolver.names(logicalId);
  return {
    workspace: { logicalId, arn, id: name },
    definition: reading.resolver.string(resource?.Properties?.AlertManagerDefinition, `${logicalId}.AlertManagerDefinition`),
  };
}

function readingOf(stack: AssemblyStack, assembly: CloudAssembly, options: ReadOptions): StackReading {
  const region = stack.region ?? options.defaultRegion;
  const resolver = new TemplateResolver(stack.template, {
    // The emulator of SNS and SQS has one partition and one account.
    partition: 'aws',
    accountId: options.accountId,
    region,
    stackName: stack.name,
    queueUrl: options.queueUrl,
  });
  return {
    stack,
    assembly,
    region,
    resolver,
    ofType: (type) => Object.entries(stack.template.Resources ?? {})
      .filter(([id, resource]) => resource.Type === type && resolver.exists(id))
      .map(([id, resource]) => [id, resource.Properties ?? {}]),
  };
}

/** The one workspace that has an alert manager definition, or the one that was asked for. */
function chooseWorkspace(assembly: CloudAssembly, wanted?: string): { stack: AssemblyStack; logicalId: string } {
  const candidates = assembly.stacks.flatMap((stack) => Object.entries(stack.template.Resources ?? {})
    .filter(([, resource]) => isAlertingWorkspace(resource) || isDefinitionResource(resource))
    .map(([logicalId]) => ({ stack, logicalId, path: `${stack.name}/${logicalId}` })));
  const chosen = wanted === undefined ? candidates : candidates.filter(({ path }) => path.includes(wanted));
  const [only, ...others] = chosen;
  if (!only) {
    const have = candidates.length > 0 ? candidates.map(({ path }) => path).join(', ') : 'none';
    throw new AssemblyError(`no AWS::APS::Workspace with an alert manager definition${wanted === undefined ? '' : ` matches "${wanted}"`} in ${assembly.directory}; there are: ${have}`);
  }
  if (others.length > 0) {
    throw new AssemblyError(`several workspaces with an alert manager definition in ${assembly.directory}: ${chosen.map(({ path }) => path).join(', ')}; choose one with --workspace`);
  }
  return only;
}

function isAlertingWorkspace(resource: TemplateResource): boolean {
  return resource.Type === 'AWS::APS::Workspace' && resource.Properties?.AlertManagerDefinition !== undefined;
}

/** The ARN of a workspace in another account or region differs from what is imagined here, except for its end. */
function readRuleNamespaces({ ofType, resolver }: StackReading, workspaceArn: string): DeployedRuleNamespace[] {
  const end = workspaceArn.slice(workspaceArn.lastIndexOf(':'));
  return ofType('AWS::APS::RuleGroupsNamespace')
    .filter(([id, properties]) => resolver.string(properties.Workspace, `${id}.Workspace`).endsWith(end))
    .map(([id, properties]) => ({
      name: resolver.string(properties.Name, `${id}.Name`),
      data: resolver.string(properties.Data, `${id}.Data`),
    }));
}

/** The properties of a queue that SQS takes as attributes of the same name. */
const QUEUE_ATTRIBUTES = [
  'ContentBasedDeduplication', 'DeduplicationScope', 'DelaySeconds', 'FifoQueue', 'FifoThroughputLimit', 'MaximumMessageSize',
  'MessageRetentionPeriod', 'ReceiveMessageWaitTimeSeconds', 'RedrivePolicy', 'VisibilityTimeout',
];

function readQueue(logicalId: string, properties: Readonly<Record<string, unknown>>, { resolver }: StackReading): DeployedQueue {
  const attributes: Record<string, string> = {};
  for (const name of QUEUE_ATTRIBUTES) {
    const value = resolver.resolve(properties[name], `${logicalId}.${name}`);
    if (value !== undefined) {
      attributes[name] = isObject(value) ? JSON.stringify(value) : String(value);
    }
  }
  return { logicalId, ...resolver.names(logicalId), attributes };
}
