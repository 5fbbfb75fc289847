import { createHash, randomBytes } from 'node:crypto';
import { buildMail } from './build-mail';
import type { Envelope } from './smtp/hand-over';
import type { EmailRequest } from '../../../src/contract/email';
import { parseEmailAddresses } from '../../../src/contract/email-addresses';
import type { Attempt } from '../transport';

/** What a mail's identity is made of: the same for every attempt. */
export interface MailOrigin {
  readonly entry: string;
  readonly notificationId: string;
  /** ISO 8601. */
  readonly publishedAt: string;
}

/** A mail that is ready to be sent. */
export interface ReadyMail extends Envelope {
  readonly data: string;
}

/** The mail of a notification, or why there is none. Addresses that nobody can read cannot be read later either. */
export function readyMail(request: EmailRequest, origin: MailOrigin, sentAt: number): ReadyMail | Attempt {
  const from = parseEmailAddresses(request.from);
  if (from?.length !== 1) return { outcome: 'rejected', reason: 'the rendered "from" is not one email address' };
  const to = parseEmailAddresses(request.to);
  if (to === undefined) return { outcome: 'rejected', reason: 'the rendered "to" is not a list of email addresses' };
  const data = buildMail(request, { sentAt, messageId: messageId(origin, from[0]), boundary: randomBytes(30).toString('hex') });
  return { from: from[0], to, data };
}

/** In Alertmanager's form. A mail that is sent again has the same id, so that mail programs can show it once. */
function messageId({ entry, notificationId, publishedAt }: MailOrigin, from: string): string {
  const time = Date.parse(publishedAt);
  const number = createHash('sha256').update(JSON.stringify([entry, notificationId])).digest().readBigUInt64BE();
  return `${BigInt(Number.isNaN(time) ? 0 : time) * 1_000_000n}.${number}@${from.slice(from.lastIndexOf('@') + 1)}`;
}
