import type { Backups } from './backups';
import { isConflict, isNotFound, type ControlPlane, type Definition } from './control-plane';
import type { Log } from './log';
import { refuseExisting, refuseOtherResource, refuseToForget } from './refusals';
import type { DefinitionRequest } from './request';
import { pause, settle, type InvocationTime } from './settle';
import { digestOf, findWriter, stampDefinition, UNKNOWN_BUCKET, withoutStamp, type Writer } from './stamp';
import { ExistingDefinition, OnRemoval } from '../../src/contract/definition';

export interface ManagerContext {
  readonly request: DefinitionRequest;
  readonly plane: ControlPlane;
  /** Absent if nothing can be replaced. */
  readonly backups?: Backups;
  readonly time: InvocationTime;
  readonly log: Log;
}

/** Others can change the definition at the same time; after so many rounds, they must finish first. */
const MAX_ROUNDS = 8;
const CONFLICT_WAIT_MS = 2000;

/** A description right after a write can still be the one from before. */
const VISIBILITY_WAIT_MS = 1000;

/**
 * Makes the definition of the workspace the one of the stack.
 *
 * Each round decides by what is there, so that every step can be repeated: CloudFormation and Lambda deliver requests more than
 * once, and people use the console.
 *
 * @param text the definition.
 * @param isFirst whether the resource had no definition in this workspace before, so that one that is there is somebody else's.
 * @throws Error when the existing definition is refused, or with AMP's reason when AMP does not accept the definition.
 */
export async function deployDefinition(context: ManagerContext, text: string, isFirst: boolean): Promise<void> {
  const { request, plane, log } = context;
  const { writer, workspaceId } = request;
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const current = await settle(plane, context.time);
    const found = current && findWriter(current.text);
    if (isOutdated(writer, found)) {
      log('WARN', 'A later request has set the definition; this one is outdated', { workspaceId });
      return;
    }
    if (found && isSameResource(writer, found)) guardOriginal(request, found);
    if (current?.statusCode === 'ACTIVE' && withoutStamp(current.text) === text && await isComplete(context, found, isFirst)) {
      await keepAdopted(context, current, found);
      log('INFO', 'The definition is in effect', { workspaceId, sha256: digestOf(text) });
      return;
    }
    if (current === undefined && isFirst) await context.backups?.forgetOriginal();
    if (current !== undefined && !isSameResource(writer, found)) await secureExisting(context, current, found, isFirst);
    const stamped = stampDefinition(text, { ...writer, originalBucket: await findOriginalBucket(context, found) });
    if (await attempt(context, () => (current === undefined ? plane.create(stamped) : plane.put(stamped)), current !== undefined)) {
      throwIfFailed(await settle(plane, context.time), 'did not accept the alert manager definition');
    }
  }
  throw new Error(`others changed the alert manager definition of ${workspaceId} at the same time, ${MAX_ROUNDS} times; deploy again when they are done`);
}

/**
 * Removes the definition of the resource, if it is still the one in the workspace. What others wrote stays.
 *
 * With `KEEP`, CloudFormation retains the resource. It asks for a removal only when the creation of the resource is rolled back, and
 * then the workspace gets back what it had.
 */
export async function removeDefinition(context: ManagerContext): Promise<void> {
  const { request, plane, log } = context;
  const { workspaceId, writer, onRemoval } = request;
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const current = await settle(plane, context.time);
    const found = current && findWriter(current.text);
    if (!isSameResource(writer, found) || isOutdated(writer, found)) {
      log('INFO', current === undefined ? 'There is no definition to remove' : 'The definition was not written by this resource, and stays', { workspaceId });
      return;
    }
    const isRestored = onRemoval !== OnRemoval.DELETE && found?.originalBucket !== undefined;
    const original = isRestored ? await context.backups?.readOriginal() : undefined;
    if (await attempt(context, () => (original === undefined ? plane.delete() : plane.put(original)), true)) {
      throwIfFailed(await settle(plane, context.time), 'did not take the previous alert manager definition back');
      log('INFO', original === undefined ? 'The definition was deleted' : 'The previous definition is back', { workspaceId });
    }
  }
}

function isSameResource(writer: Writer, found: Writer | undefined): boolean {
  return found?.stackId === writer.stackId && found.logicalId === writer.logicalId;
}

/** Lambda can deliver a request again hours later, when the stack has moved on. */
function isOutdated(writer: Writer, found: Writer | undefined): boolean {
  return found !== undefined && isSameResource(writer, found) && writer.requestedAt !== '' && found.requestedAt > writer.requestedAt;
}

/** Without the bucket, a removal could not restore what was replaced. */
function guardOriginal({ onRemoval, backupBucket }: DefinitionRequest, found: Writer): void {
  const { originalBucket } = found;
  if (onRemoval === OnRemoval.RESTORE && originalBucket !== undefined && originalBucket !== UNKNOWN_BUCKET && originalBucket !== backupBucket) {
    throw refuseToForget(originalBucket);
  }
}

/** Whether a definition with the right text can stay as it is. The comment in an own one must say where its original is. */
async function isComplete(context: ManagerContext, found: Writer | undefined, isFirst: boolean): Promise<boolean> {
  if (!isSameResource(context.request.writer, found)) return isFirst;
  return found?.originalBucket === await findOriginalBucket(context, found);
}

/**
 * The own definition says where its original is. After an edit in the console, the bucket does. A deployment that takes the bucket away
 * cannot ask it, and notes that for the rollback that gives it back.
 */
async function findOriginalBucket({ request, backups }: ManagerContext, found: Writer | undefined): Promise<string | undefined> {
  const { writer, backupBucket, previousBucket } = request;
  const isOwn = isSameResource(writer, found);
  const isUnknown = isOwn ? found?.originalBucket === UNKNOWN_BUCKET : previousBucket !== undefined;
  if (isOwn && !isUnknown) return found?.originalBucket;
  if (backups !== undefined) return await backups.readOriginal() === undefined ? undefined : backupBucket;
  return isUnknown ? UNKNOWN_BUCKET : undefined;
}

/** A definition of somebody else that says the same is left as it is, and is what a removal restores. */
async function keepAdopted({ backups }: ManagerContext, current: Definition, found: Writer | undefined): Promise<void> {
  if (found === undefined) await backups?.keepOriginal(current.text);
}

/** Refuses to overwrite the definition of somebody else, or keeps a copy first. */
async function secureExisting(
  { request, backups, log }: ManagerContext, current: Definition, found: Writer | undefined, isFirst: boolean,
): Promise<void> {
  const { workspaceId, writer } = request;
  if (found?.stackId === writer.stackId) throw refuseOtherResource(workspaceId, found);
  if (!isFirst) {
    // The resource owns the definition. CloudFormation overwrites what was changed beside it, with every resource.
    log('WARN', 'The definition was changed since the last deployment, and is overwritten',
      { workspaceId, sha256: digestOf(current.text), bytes: Buffer.byteLength(current.text) });
    await backups?.keepEdited(current.text);
    return;
  }
  if (request.existingDefinition === ExistingDefinition.REFUSE || backups === undefined) throw refuseExisting(workspaceId, current.text);
  await backups.keepOriginal(current.text);
}

/** @returns false if the state changed meanwhile, so that it must be looked at again. */
async function attempt({ time }: ManagerContext, write: () => Promise<void>, canVanish: boolean): Promise<boolean> {
  try {
    await write();
  } catch (error) {
    if (!isConflict(error) && !(canVanish && isNotFound(error))) throw error;
    await pause(CONFLICT_WAIT_MS, time, 'another operation on the alert manager definition is in progress');
    return false;
  }
  await pause(VISIBILITY_WAIT_MS, time, 'the operation on the alert manager definition is in progress');
  return true;
}

function throwIfFailed(definition: Definition | undefined, what: string): void {
  if (definition?.statusCode.endsWith('_FAILED')) {
    throw new Error(`Amazon Managed Service for Prometheus ${what}: ${definition.statusReason ?? definition.statusCode}`);
  }
}
