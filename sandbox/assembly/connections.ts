import type { DeployedEventSource, DeployedSubscription } from './alerting';
import type { StackReading } from './stack-reading';
import { AssemblyError, isObject } from './template';

/** The attributes of a subscription that SNS takes. */
const SUBSCRIPTION_ATTRIBUTES = ['FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery'];

/** Subscriptions of functions and queues. Others (email, HTTPS …) leave the machine, so they are only listed. */
export function readSubscriptions({ ofType, resolver }: StackReading, notes: string[]): DeployedSubscription[] {
  return ofType('AWS::SNS::Subscription').flatMap(([logicalId, properties]) => {
    const protocol = resolver.string(properties.Protocol, `${logicalId}.Protocol`);
    if (protocol !== 'lambda' && protocol !== 'sqs') {
      notes.push(`the subscription ${logicalId} (${protocol}) is left out: it leaves this machine`);
      return [];
    }
    const attributes: Record<string, string> = {};
    for (const name of SUBSCRIPTION_ATTRIBUTES) {
      const value = resolver.resolve(properties[name], `${logicalId}.${name}`);
      if (value !== undefined) {
        attributes[name] = isObject(value) ? JSON.stringify(value) : String(value);
      }
    }
    return [{
      logicalId,
      protocol,
      topicArn: resolver.string(properties.TopicArn, `${logicalId}.TopicArn`),
      endpoint: resolver.string(properties.Endpoint, `${logicalId}.Endpoint`),
      attributes,
    }];
  });
}

/** The event source mappings of queues, with AWS Lambda's defaults. */
export function readEventSources({ ofType, resolver }: StackReading, notes: string[]): DeployedEventSource[] {
  return ofType('AWS::Lambda::EventSourceMapping').flatMap(([logicalId, properties]) => {
    const resolved = resolver.resolve(properties, logicalId);
    const mapping = isObject(resolved) ? resolved : {};
    const queueArn = String(mapping.EventSourceArn);
    if (!queueArn.includes(':sqs:')) {
      notes.push(`the event source ${logicalId} (${queueArn}) is left out: it is no SQS queue`);
      return [];
    }
    if (mapping.FilterCriteria !== undefined) {
      throw new AssemblyError(`${logicalId}: the sandbox does not understand filter criteria of an event source`);
    }
    const scaling = isObject(mapping.ScalingConfig) ? mapping.ScalingConfig : {};
    return [{
      logicalId,
      queueArn,
      functionArn: functionArn(String(mapping.FunctionName), { ofType, resolver }, logicalId),
      batchSize: Number(mapping.BatchSize ?? 10),
      reportsBatchItemFailures: Array.isArray(mapping.FunctionResponseTypes) && mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
      maximumConcurrency: scaling.MaximumConcurrency === undefined ? undefined : Number(scaling.MaximumConcurrency),
    }];
  });
}

/** A mapping names its function by name or ARN. */
function functionArn(nameOrArn: string, { ofType, resolver }: Pick<StackReading, 'ofType' | 'resolver'>, where: string): string {
  for (const [logicalId] of ofType('AWS::Lambda::Function')) {
    const { name, arn } = resolver.names(logicalId);
    if (nameOrArn === name || nameOrArn === arn) {
      return arn;
    }
  }
  throw new AssemblyError(`${where}: no function of the stack is called ${nameOrArn}`);
}
