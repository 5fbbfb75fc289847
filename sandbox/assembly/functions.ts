import type { AsyncInvocation, DeployedFunction } from './alerting';
import type { StackReading } from './stack-reading';
import { AssemblyError, isObject } from './template';

type Properties = Readonly<Record<string, unknown>>;

/** CloudFormation's own defaults. */
const DEFAULT_TIMEOUT = 3;
const DEFAULT_MEMORY = 128;
const DEFAULT_RETRIES = 2;

export function readFunction(logicalId: string, properties: Properties, reading: StackReading): DeployedFunction {
  const { resolver, region } = reading;
  const runtime = resolver.string(properties.Runtime ?? 'container image', `${logicalId}.Runtime`);
  const environment = isObject(properties.Environment) ? properties.Environment.Variables : undefined;
  const variables = resolver.resolve(environment ?? {}, `${logicalId}.Environment.Variables`);
  return {
    logicalId,
    ...resolver.names(logicalId),
    region,
    runtime,
    handler: resolver.string(properties.Handler ?? '', `${logicalId}.Handler`),
    code: runtime.startsWith('nodejs') ? readCode(logicalId, properties, reading) : '',
    environment: Object.fromEntries(Object.entries(isObject(variables) ? variables : {}).map(([name, value]) => [name, String(value)])),
    timeout: Number(resolver.string(properties.Timeout ?? DEFAULT_TIMEOUT, `${logicalId}.Timeout`)),
    memory: Number(resolver.string(properties.MemorySize ?? DEFAULT_MEMORY, `${logicalId}.MemorySize`)),
    asyncInvocation: readAsyncInvocation(logicalId, properties, reading),
  };
}

/** The folder of the code; empty for code in the template itself, which only functions beside the relay have. */
function readCode(logicalId: string, properties: Properties, { assembly, resolver }: StackReading): string {
  const code = isObject(properties.Code) ? properties.Code : {};
  return code.S3Key === undefined ? '' : assembly.assetFolder(resolver.string(code.S3Key, `${logicalId}.Code.S3Key`), `${logicalId}.Code`);
}

/** Throws when the sandbox cannot run the function. Only those that alerting needs are asked. */
export function assertRunnable({ logicalId, runtime, code }: DeployedFunction): void {
  if (!runtime.startsWith('nodejs')) {
    throw new AssemblyError(`${logicalId}: the sandbox runs functions on Node.js, this one is for ${runtime}`);
  }
  if (code === '') {
    throw new AssemblyError(`${logicalId}: the code is in the template itself; the sandbox runs code that is a folder of the assembly`);
  }
}

function readAsyncInvocation(logicalId: string, properties: Properties, { resolver, ofType }: StackReading): AsyncInvocation {
  const { name, arn } = resolver.names(logicalId);
  const configured = ofType('AWS::Lambda::EventInvokeConfig')
    .find(([id, config]) => [name, arn].includes(resolver.string(config.FunctionName, `${id}.FunctionName`)));
  const config = resolver.resolve(configured?.[1] ?? {}, configured?.[0] ?? logicalId);
  const settings = isObject(config) ? config : {};
  const retries = Number(settings.MaximumRetryAttempts ?? DEFAULT_RETRIES);
  const destinations = isObject(settings.DestinationConfig) ? settings.DestinationConfig : {};
  if (isObject(destinations.OnFailure)) {
    return { retries, onFailure: { queueArn: String(destinations.OnFailure.Destination), form: 'destination' } };
  }
  const deadLetter = resolver.resolve(properties.DeadLetterConfig, `${logicalId}.DeadLetterConfig`);
  return isObject(deadLetter) ? { retries, onFailure: { queueArn: String(deadLetter.TargetArn), form: 'dead-letter' } } : { retries };
}
