import { createHash } from 'crypto';
import { AssemblyError, type TemplateResource } from './template';

/** Where the resources of a stack are imagined to be. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly stackName: string;
  /** The URL of a queue of this name. */
  readonly queueUrl: (queueName: string) => string;
}

/** A resource with its name already resolved, when the template gives it one. */
export interface NamedResource extends TemplateResource {
  readonly logicalId: string;
  readonly givenName?: string;
  readonly isFifo?: boolean;
}

/** The property that names a resource. */
export const NAME_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::S3::Bucket': 'BucketName',
};

interface ResourceKind {
  /** The ARN's part after the account. */
  readonly arn: (name: string, resource: NamedResource) => string;
  readonly service: string;
  /** What `Ref` gives; the name by default. */
  readonly ref?: (names: Names) => string;
  readonly attributes?: (names: Names) => Readonly<Record<string, string>>;
}

interface Names {
  readonly name: string;
  readonly arn: string;
  readonly place: Place;
}

const KINDS: Readonly<Record<string, ResourceKind | undefined>> = {
  'AWS::SQS::Queue': {
    service: 'sqs',
    arn: (name) => name,
    ref: ({ name, place }) => place.queueUrl(name),
    attributes: ({ name, arn, place }) => ({ Arn: arn, QueueName: name, QueueUrl: place.queueUrl(name) }),
  },
  'AWS::SNS::Topic': {
    service: 'sns',
    arn: (name) => name,
    ref: ({ arn }) => arn,
    attributes: ({ name, arn }) => ({ TopicArn: arn, TopicName: name }),
  },
  'AWS::DynamoDB::Table': { service: 'dynamodb', arn: (name) => `table/${name}` },
  'AWS::Lambda::Function': { service: 'lambda', arn: (name) => `function:${name}` },
  'AWS::SecretsManager::Secret': {
    service: 'secretsmanager',
    arn: (name, { logicalId }) => `secret:${name}-${digest(logicalId).slice(0, 6)}`,
    ref: ({ arn }) => arn,
    attributes: ({ arn }) => ({ Id: arn }),
  },
  'AWS::APS::Workspace': {
    service: 'aps',
    arn: (name) => `workspace/${name}`,
    ref: ({ arn }) => arn,
    attributes: ({ name, arn, place }) => ({
      Arn: arn,
      WorkspaceId: name,
      PrometheusEndpoint: `https://aps-workspaces.${place.region}.amazonaws.com/workspaces/${name}/`,
    }),
  },
  'AWS::Logs::LogGroup': { service: 'logs', arn: (name) => `log-group:${name}:*` },
  'AWS::IAM::Role': { service: 'iam', arn: (name) => `role/${name}` },
  'AWS::KMS::Key': { service: 'kms', arn: (name) => `key/${name}`, attributes: ({ name, arn }) => ({ Arn: arn, KeyId: name }) },
};

/** What `Ref` of a resource would give in this place. */
export function referenceOf(resource: NamedResource, place: Place): string {
  const names = namesOf(resource, place);
  return KINDS[resource.Type]?.ref?.(names) ?? names.name;
}

/** What `Fn::GetAtt` of a resource would give in this place. */
export function attributeOf(resource: NamedResource, attribute: string, place: Place): string {
  const names = namesOf(resource, place);
  const attributes: Readonly<Record<string, string | undefined>> = KINDS[resource.Type]?.attributes?.(names) ?? { Arn: names.arn };
  const value = attributes[attribute];
  if (value === undefined) {
    throw new AssemblyError(`the sandbox knows no attribute ${attribute} of ${resource.logicalId} (${resource.Type}); it knows ${Object.keys(attributes).join(', ')}`);
  }
  return value;
}

/** Name and ARN of a resource. Names that CloudFormation would make up are the stack's name and the logical id. */
export function namesOf(resource: NamedResource, place: Place): Names {
  const name = resource.givenName ?? generatedName(resource, place);
  const kind = KINDS[resource.Type];
  const service = kind?.service ?? resource.Type.split('::')[1]?.toLowerCase() ?? 'unknown';
  const region = service === 'iam' ? '' : place.region;
  const resourcePart = kind ? kind.arn(name, resource) : name;
  return { name, place, arn: `arn:${place.partition}:${service}:${region}:${place.accountId}:${resourcePart}` };
}

function generatedName(resource: NamedResource, place: Place): string {
  if (resource.Type === 'AWS::APS::Workspace') {
    return `ws-${uuidLike(resource.logicalId)}`;
  }
  if (resource.Type === 'AWS::KMS::Key') {
    return uuidLike(resource.logicalId);
  }
  // 64 characters are the least that any of these services allows; the hash keeps names apart that were cut.
  const name = `${place.stackName}-${resource.logicalId}`;
  const short = name.length > 58 ? `${name.slice(0, 49)}-${digest(name).slice(0, 8)}` : name;
  return resource.isFifo ? `${short}.fifo` : short;
}

function uuidLike(text: string): string {
  const hex = digest(text);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
