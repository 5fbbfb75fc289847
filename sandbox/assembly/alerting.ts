/** What a synthesized assembly deploys for alerting, with every reference between resources resolved. */
export interface Alerting {
  readonly stackName: string;
  readonly region: string;
  readonly workspace: DeployedWorkspace;
  /** The alert manager definition: YAML with `alertmanager_config` and `template_files`. */
  readonly definition: string;
  /** The custom resource that sets the definition; absent if the workspace is one of the stack's own. */
  readonly definitionResource?: DeployedDefinitionResource;
  readonly ruleNamespaces: readonly DeployedRuleNamespace[];
  readonly topics: readonly DeployedTopic[];
  readonly subscriptions: readonly DeployedSubscription[];
  readonly queues: readonly DeployedQueue[];
  readonly tables: readonly DeployedTable[];
  readonly functions: readonly DeployedFunction[];
  readonly eventSources: readonly DeployedEventSource[];
  /** What the stack has and the sandbox does not run, in words. */
  readonly notes: readonly string[];
}

export interface DeployedWorkspace {
  readonly logicalId: string;
  readonly arn: string;
  readonly id: string;
}

/** The custom resource that sets the definition of a workspace that the stack does not own. */
export interface DeployedDefinitionResource {
  readonly logicalId: string;
  /** As the function receives them. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** The function behind the resource. */
  readonly provider: DeployedFunction;
}

export interface DeployedRuleNamespace {
  readonly name: string;
  /** The rule file. */
  readonly data: string;
}

export interface DeployedTopic {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Bytes of body and attributes that SNS accepts in one message. */
  readonly maximumMessageSize: number;
}

export interface DeployedSubscription {
  readonly logicalId: string;
  readonly topicArn: string;
  readonly protocol: 'lambda' | 'sqs';
  /** ARN of the function or queue. */
  readonly endpoint: string;
  /** `FilterPolicy`, `FilterPolicyScope`, `RawMessageDelivery`, as SNS wants them. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface DeployedQueue {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** As SQS wants them: strings, and JSON for the redrive policy. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface DeployedTable {
  readonly logicalId: string;
  readonly name: string;
  /** As DynamoDB wants them. */
  readonly keySchema: unknown;
  readonly attributeDefinitions: unknown;
}

export interface DeployedFunction {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly runtime: string;
  readonly handler: string;
  /** The folder with the function's code. */
  readonly code: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly timeout: number;
  /** Megabytes. */
  readonly memory: number;
  /** How asynchronous invocations, those of SNS, are retried. */
  readonly asyncInvocation: AsyncInvocation;
}

export interface AsyncInvocation {
  /** How often an invocation that failed is repeated. */
  readonly retries: number;
  /** ARN of the queue for events that failed every time, and the form that they have in it. */
  readonly onFailure?: { readonly queueArn: string; readonly form: 'dead-letter' | 'destination' };
}

/** A queue that a function is invoked with. */
export interface DeployedEventSource {
  readonly logicalId: string;
  readonly queueArn: string;
  readonly functionArn: string;
  readonly batchSize: number;
  readonly reportsBatchItemFailures: boolean;
  readonly maximumConcurrency?: number;
}
