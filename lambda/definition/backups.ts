import { createSignedSender } from './signed-request';
import { BackupObject } from '../../src/contract/definition';
import { AwsError } from '../shared/aws/aws-error';
import type { Clock } from '../shared/clock';
import type { Environment } from '../shared/environment';

/** Where definitions are kept that were replaced. The bucket is versioned: nothing in it is lost by a later backup. */
export interface Backups {
  /** Keeps the definition that the workspace had before. */
  keepOriginal(text: string): Promise<void>;
  /** Notes that the workspace has no definition, after a deployment that failed when it still had one. */
  forgetOriginal(): Promise<void>;
  /** The definition that the workspace had before, if it had one. */
  readOriginal(): Promise<string | undefined>;
  /** Keeps a definition that somebody edited between two deployments. */
  keepEdited(text: string): Promise<void>;
}

/** @param stackId every stack has its own backups, should two use one bucket. */
export function createBackups(
  bucket: string, workspaceId: string, stackId: string, environment: Environment, clock?: Clock,
): Backups {
  const send = createSignedSender({ name: 's3', variable: 'S3' }, environment, clock);
  const stack = stackId.split('/').pop() ?? stackId;
  const pathOf = (name: string): string => `/${[bucket, workspaceId, stack, name].map(encodeURIComponent).join('/')}`;
  const write = async (name: string, text: string): Promise<void> => {
    await send({ method: 'PUT', path: pathOf(name), body: Buffer.from(text, 'utf8'), contentType: 'application/yaml' });
  };
  const readOriginal = async (): Promise<string | undefined> =>
    send({ method: 'GET', path: pathOf(BackupObject.ORIGINAL) }).then(({ body }) => (body.length === 0 ? undefined : body.toString('utf8')), (error: unknown) => {
      if (error instanceof AwsError && error.code === 'NoSuchKey') return undefined;
      throw error;
    });
  return {
    readOriginal,
    // Empty instead of deleted: the function has no permission to delete.
    forgetOriginal: async () => {
      if (await readOriginal() !== undefined) await write(BackupObject.ORIGINAL, '');
    },
    keepOriginal: async (text) => write(BackupObject.ORIGINAL, text),
    keepEdited: async (text) => write(BackupObject.EDITED, text),
  };
}
