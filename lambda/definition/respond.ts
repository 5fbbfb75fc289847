import { send } from './http';
import type { RequestOrigin } from './request';
import { systemClock, type Clock } from '../shared/clock';

/** What CloudFormation receives. */
export interface Answer {
  readonly status: 'SUCCESS' | 'FAILED';
  readonly physicalId: string;
  readonly reason?: string;
}

/**
 * CloudFormation's limit for a response, in bytes.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html
 */
export const MAX_ANSWER_BYTES = 4096;

/** What remains readable in the events of a stack. */
const MAX_REASON_CHARACTERS = 1000;

const MAX_ATTEMPTS = 5;
const BACKOFF_MS = 1000;

/** Answers CloudFormation. @throws Error when the answer cannot be delivered: Lambda then repeats the whole invocation. */
export async function respond(origin: RequestOrigin, answer: Answer, clock: Clock = systemClock): Promise<void> {
  const body = Buffer.from(formatAnswer(origin, answer), 'utf8');
  for (let attempt = 1; ; attempt++) {
    // The URL is signed without a content type.
    const outcome = await send({ method: 'PUT', url: origin.responseUrl, headers: { 'content-type': '' }, body }).catch((error: Error) => error);
    if (!(outcome instanceof Error) && outcome.status < 300) return;
    if (attempt >= MAX_ATTEMPTS) {
      throw outcome instanceof Error ? outcome : new Error(`AWS CloudFormation did not take the answer: status ${outcome.status}`);
    }
    await clock.sleep(BACKOFF_MS * 2 ** (attempt - 1));
  }
}

/** The answer as JSON, with as much of the reason as fits. */
export function formatAnswer(origin: RequestOrigin, { status, physicalId, reason = '' }: Answer): string {
  const format = (text: string): string => JSON.stringify({
    Status: status,
    ...(text !== '' && { Reason: text }),
    PhysicalResourceId: physicalId,
    StackId: origin.stackId,
    RequestId: origin.requestId,
    LogicalResourceId: origin.logicalId,
  });
  const characters = [...reason];
  let length = Math.min(characters.length, MAX_REASON_CHARACTERS);
  const shortened = (): string => characters.slice(0, length).join('') + (length < characters.length ? '…' : '');
  while (length > 0 && Buffer.byteLength(format(shortened())) > MAX_ANSWER_BYTES) {
    length = Math.floor(length * 0.9);
  }
  return format(shortened());
}
