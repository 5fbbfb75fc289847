import { gunzipSync } from 'node:zlib';
import { digestOf, type Writer } from './stamp';
import { DefinitionProperty, ExistingDefinition, OnRemoval } from '../../src/contract/definition';
import { isRecord, textOf } from '../shared/guards';

/** What CloudFormation needs to hear back. */
export interface RequestOrigin {
  readonly requestType: 'Create' | 'Update' | 'Delete';
  readonly requestId: string;
  readonly stackId: string;
  readonly logicalId: string;
  readonly responseUrl: URL;
  /** The physical id so far; absent for `Create`. */
  readonly physicalId?: string;
}

/** What the resource is to be. */
export interface DefinitionRequest {
  readonly workspaceId: string;
  readonly onRemoval: OnRemoval;
  readonly existingDefinition: ExistingDefinition;
  readonly backupBucket?: string;
  /** The bucket of the previous deployment to the same workspace, if it had one. */
  readonly previousBucket?: string;
  readonly writer: Writer;
}

type Properties = Readonly<Record<string, unknown>>;

/** @throws Error when the event is not one of CloudFormation: there is nobody to answer then. */
export function parseOrigin(event: unknown): RequestOrigin {
  if (!isRecord(event) || !isRequestType(event.RequestType)) {
    throw new Error('the event is not a request of AWS CloudFormation: invoke this function through its custom resource only');
  }
  return {
    requestType: event.RequestType,
    requestId: requireText(event, 'RequestId'),
    stackId: requireText(event, 'StackId'),
    logicalId: requireText(event, 'LogicalResourceId'),
    responseUrl: new URL(requireText(event, 'ResponseURL')),
    physicalId: textOf(event.PhysicalResourceId),
  };
}

export function propertiesOf(event: unknown, name: 'ResourceProperties' | 'OldResourceProperties'): Properties {
  return isRecord(event) && isRecord(event[name]) ? event[name] : {};
}

/** @throws Error that names the property when one is missing or has another value than the construct writes. */
export function parseRequest(properties: Properties, origin: RequestOrigin, previous: Properties = {}): DefinitionRequest {
  const workspaceId = requireText(properties, DefinitionProperty.WORKSPACE_ID);
  const isSameWorkspace = previous[DefinitionProperty.WORKSPACE_ID] === workspaceId;
  return {
    workspaceId,
    onRemoval: requireOneOf(properties, DefinitionProperty.ON_REMOVAL, Object.values(OnRemoval)),
    existingDefinition: requireOneOf(properties, DefinitionProperty.EXISTING_DEFINITION, Object.values(ExistingDefinition)),
    backupBucket: textOf(properties[DefinitionProperty.BACKUP_BUCKET]),
    previousBucket: isSameWorkspace ? textOf(previous[DefinitionProperty.BACKUP_BUCKET]) : undefined,
    writer: { stackId: origin.stackId, logicalId: origin.logicalId, requestedAt: requestedAt(origin.responseUrl) },
  };
}

/** The definition with its values. @throws Error when it does not match its digest. */
export function readDefinition(properties: Properties): string {
  const template = gunzipSync(Buffer.from(requireText(properties, DefinitionProperty.DEFINITION), 'base64')).toString('utf8');
  const digest = requireText(properties, DefinitionProperty.DIGEST);
  if (digestOf(template) !== digest) throw new Error(`the definition does not match its digest ${digest}: deploy the template as it was synthesized`);
  const values = properties[DefinitionProperty.VALUES];
  return Object.entries(isRecord(values) ? values : {})
    .reduce((text, [placeholder, value]) => text.replaceAll(placeholder, () => String(value)), template);
}

/** CloudFormation signs the URL for its answer when it sends the request: requests can be put in order by it. */
function requestedAt(responseUrl: URL): string {
  return responseUrl.searchParams.get('X-Amz-Date') ?? '';
}

function isRequestType(value: unknown): value is RequestOrigin['requestType'] {
  return value === 'Create' || value === 'Update' || value === 'Delete';
}

function requireText(record: Properties, name: string): string {
  const value = textOf(record[name]);
  if (value === undefined) throw new Error(`${name} is missing or empty`);
  return value;
}

function requireOneOf<T extends string>(record: Properties, name: string, allowed: readonly T[]): T {
  const value = requireText(record, name);
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new Error(`${name} is "${value}"; it must be one of ${allowed.join(', ')}`);
  return found;
}
