import { SmtpReplyError } from './reply-error';
import type { SmtpReply, SmtpSession } from './session';

export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

/**
 * Hands a mail over to the server, for all of its recipients or for none: the mail is not sent if one of them is refused.
 *
 * @param mail with lines that end in CRLF.
 * @throws SmtpReplyError when the server refuses a part of it.
 */
export async function handOver(session: SmtpSession, { from, to }: Envelope, mail: string): Promise<void> {
  const has = (extension: string): boolean => session.extensions.some((line) => line.split(' ')[0].toUpperCase() === extension);
  const parameters = `${has('8BITMIME') ? ' BODY=8BITMIME' : ''}${has('SMTPUTF8') ? ' SMTPUTF8' : ''}`;
  await send(session, 'MAIL', `MAIL FROM:<${from}>${parameters}`, ({ status }) => status === 250);
  for (const recipient of to) await send(session, 'RCPT', `RCPT TO:<${recipient}>`, ({ status }) => status >= 250 && status <= 259);
  await send(session, 'DATA', 'DATA', ({ status }) => status === 354);
  // A line that begins with a dot gets another one, and a line with nothing but a dot ends the mail.
  await send(session, 'the message', `${mail.replace(/^\./gm, '..').replace(/\r\n$/, '')}\r\n.`, ({ status }) => status === 250);
}

async function send(session: SmtpSession, name: SmtpReplyError['command'], text: string, isAccepted: (reply: SmtpReply) => boolean): Promise<void> {
  const reply = await session.command(text);
  if (!isAccepted(reply)) throw new SmtpReplyError(name, reply);
}
