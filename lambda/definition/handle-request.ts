import { createBackups } from './backups';
import { createControlPlane } from './control-plane';
import { deployDefinition, removeDefinition, type ManagerContext } from './definition-manager';
import type { Log } from './log';
import { parseOrigin, parseRequest, propertiesOf, readDefinition, type DefinitionRequest, type RequestOrigin } from './request';
import { respond } from './respond';
import { DefinitionProperty, OnRemoval } from '../../src/contract/definition';
import type { Clock } from '../shared/clock';
import type { Environment } from '../shared/environment';
import { messageOf } from '../shared/guards';

export interface Runtime {
  readonly environment: Environment;
  readonly clock: Clock;
  /** Time that the invocation has left. */
  readonly remainingMs: () => number;
  readonly log: Log;
}

/**
 * Handles one request of CloudFormation, and answers it whatever happens.
 *
 * @throws Error when there is nobody to answer, or the answer cannot be delivered.
 */
export async function handleRequest(event: unknown, runtime: Runtime): Promise<void> {
  const origin = parseOrigin(event);
  const { requestId, requestType } = origin;
  const workspaceId = String(propertiesOf(event, 'ResourceProperties')[DefinitionProperty.WORKSPACE_ID] ?? 'unknown');
  const physicalId = physicalIdOf(workspaceId);
  runtime.log('INFO', 'Request of AWS CloudFormation', { requestId, requestType, workspaceId });
  try {
    await serve(event, origin, runtime);
    await respond(origin, { status: 'SUCCESS', physicalId: requestType === 'Delete' ? origin.physicalId ?? physicalId : physicalId }, runtime.clock);
  } catch (error) {
    const reason = messageOf(error);
    runtime.log('ERROR', 'The request failed', { requestId, requestType, workspaceId, reason });
    // With another physical id, a failed update would look like a replacement.
    await respond(origin, { status: 'FAILED', physicalId: origin.physicalId ?? physicalId, reason }, runtime.clock);
  }
}

/** The physical id says which workspace the definition belongs to: another workspace is another resource. */
function physicalIdOf(workspaceId: string): string {
  return `${workspaceId}/alert-manager-definition`;
}

async function serve(event: unknown, origin: RequestOrigin, runtime: Runtime): Promise<void> {
  const properties = propertiesOf(event, 'ResourceProperties');
  if (origin.requestType === 'Delete') {
    await remove(properties, origin, runtime);
    return;
  }
  const request = parseRequest(properties, origin, propertiesOf(event, 'OldResourceProperties'));
  const isFirst = origin.requestType === 'Create' || origin.physicalId !== physicalIdOf(request.workspaceId);
  const context = contextOf(request, origin, runtime);
  try {
    await deployDefinition(context, readDefinition(properties), isFirst);
  } catch (error) {
    // CloudFormation removes what a failed creation left, but knows nothing of a failed move to another workspace, which gets back
    // what it had, whatever happens on removal.
    if (origin.requestType === 'Update' && isFirst) {
      await removeDefinition({ ...context, request: { ...request, onRemoval: OnRemoval.RESTORE } }).catch(() => undefined);
    }
    throw error;
  }
}

/** A resource whose properties were invalid from the start has written nothing, and there is nothing to remove. */
async function remove(properties: Readonly<Record<string, unknown>>, origin: RequestOrigin, runtime: Runtime): Promise<void> {
  let request: DefinitionRequest;
  try {
    request = parseRequest(properties, origin);
  } catch (error) {
    runtime.log('WARN', 'Nothing is removed, because the properties are not valid', { requestId: origin.requestId, reason: messageOf(error) });
    return;
  }
  await removeDefinition(contextOf(request, origin, runtime));
}

function contextOf(
  request: DefinitionRequest, { requestId, stackId }: RequestOrigin, { environment, clock, remainingMs, log }: Runtime,
): ManagerContext {
  return {
    request,
    plane: createControlPlane(request.workspaceId, requestId, environment, clock),
    backups: request.backupBucket === undefined
      ? undefined
      : createBackups(request.backupBucket, request.workspaceId, stackId, environment, clock),
    time: { clock, remainingMs },
    log,
  };
}
