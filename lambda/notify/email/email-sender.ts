import { readyMail } from './ready-mail';
import type { SmtpCollaborators } from './smtp/send-smtp';
import type { Clock } from '../../shared/clock';
import type { Send } from '../transport';

export interface EmailCollaborators extends SmtpCollaborators {
  readonly clock: Clock;
}

/** Sends mails. What talks to servers of mail is loaded with the first of them. */
export function emailSender(collaborators: EmailCollaborators): Send<'email'> {
  return async ({ request, ...origin }) => {
    const mail = readyMail(request, origin, collaborators.clock.now());
    if ('outcome' in mail) return mail;
    if (request.server === undefined) return { outcome: 'rejected', reason: 'the mail has no server' };
    const { sendBySmtp } = require('./smtp/send-smtp') as typeof import('./smtp/send-smtp');
    return sendBySmtp(mail, request.server, collaborators);
  };
}
