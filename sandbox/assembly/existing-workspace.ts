import type { Alerting, DeployedFunction } from './alerting';
import type { StackReading } from './stack-reading';
import { AssemblyError, isObject, type TemplateResource } from './template';
import { readDefinition } from '../../lambda/definition/request';
import { DEFINITION_RESOURCE_TYPE, DefinitionProperty } from '../../src/contract/definition';
import { ACCOUNT_ID } from '../aws/credentials';

/** Whether the resource sets the definition of a workspace that the stack does not own. */
export function isDefinitionResource({ Type: type }: TemplateResource): boolean {
  return type === DEFINITION_RESOURCE_TYPE;
}

/** Reads the workspace of somebody else, with the definition that the stack gives it. */
export function readExistingWorkspace(
  { Properties: given = {} }: TemplateResource, logicalId: string, { resolver, region }: StackReading, functions: readonly DeployedFunction[],
): Pick<Alerting, 'workspace' | 'definition' | 'definitionResource'> {
  const resolved = resolver.resolve(given, logicalId);
  const properties = Object.fromEntries(Object.entries(isObject(resolved) ? resolved : {}).map(([name, value]) => [name, asPassed(value)]));
  const provider = functions.find(({ arn }) => arn === properties.ServiceToken);
  if (!provider) {
    throw new AssemblyError(`${logicalId}: the function ${String(properties.ServiceToken)} is not in the stack`);
  }
  const id = String(properties[DefinitionProperty.WORKSPACE_ID]);
  return {
    workspace: { logicalId, id, arn: `arn:aws:aps:${region}:${ACCOUNT_ID}:workspace/${id}` },
    definition: readDefinition(properties),
    definitionResource: { logicalId, properties, provider },
  };
}

/** AWS CloudFormation passes numbers and booleans as text. */
function asPassed(value: unknown): unknown {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
}
