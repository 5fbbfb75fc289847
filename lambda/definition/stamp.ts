import { createHash } from 'node:crypto';

/** Who wrote a definition, and when. */
export interface Writer {
  readonly stackId: string;
  readonly logicalId: string;
  /** When CloudFormation sent the request, as `20261125T120000Z`; empty if unknown. */
  readonly requestedAt: string;
  /** The bucket with the definition that this one replaced; absent if there was none, {@link UNKNOWN_BUCKET} if there might be one. */
  readonly originalBucket?: string;
}

/** An edit in the console was overwritten without a bucket that could hold what had been there before. No bucket has this name. */
export const UNKNOWN_BUCKET = '?';

const STAMP = /^# Written by AWS CloudFormation: (\S+) (\S+) (\S*) replaced:(\S*) sha256:([0-9a-f]{64})\n/;

/**
 * Puts a comment before the definition that names its writer. It is how the function knows its own definitions again, whatever
 * version they are, without a place to store state. The digest breaks when somebody edits the definition: it is theirs then.
 */
export function stampDefinition(text: string, { stackId, logicalId, requestedAt, originalBucket = '' }: Writer): string {
  return `# Written by AWS CloudFormation: ${stackId} ${logicalId} ${requestedAt} replaced:${originalBucket} sha256:${digestOf(text)}\n${text}`;
}

/** The writer of a stamped definition that nobody has edited since. */
export function findWriter(stamped: string): Writer | undefined {
  const match = STAMP.exec(stamped);
  if (match === null || digestOf(stamped.slice(match[0].length)) !== match[5]) return undefined;
  return { stackId: match[1], logicalId: match[2], requestedAt: match[3], ...(match[4] !== '' && { originalBucket: match[4] }) };
}

/** The definition without the comment. */
export function withoutStamp(text: string): string {
  return text.replace(STAMP, '');
}

export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
