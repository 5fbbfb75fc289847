import { readyMail } from './ready-mail';
import type { SesCollaborators } from './ses/send-ses';
import type { SmtpCollaborators } from './smtp/send-smtp';
import type { Clock } from '../../shared/clock';
import type { Send } from '../transport';

export interface EmailCollaborators extends SmtpCollaborators {
  readonly clock: Clock;
  /** Where mails without a server go; undefined if there is no such place. */
  readonly ses?: SesCollaborators;
}

/** Sends mails. What talks to servers of mail, or to Amazon SES, is loaded with the first of them. */
export function emailSender(collaborators: EmailCollaborators): Send<'email'> {
  return async ({ request, ...origin }) => {
    const mail = readyMail(request, origin, collaborators.clock.now());
    if ('outcome' in mail) return mail;
    if (request.server !== undefined) {
      const { sendBySmtp } = require('./smtp/send-smtp') as typeof import('./smtp/send-smtp');
      return sendBySmtp(mail, request.server, collaborators);
    }
    // The definition and the function were deployed with different settings: the next deployment ends that.
    if (collaborators.ses === undefined) return { outcome: 'failed', reason: 'the mail is for Amazon SES, which the function is not set up for' };
    const { sendBySes } = require('./ses/send-ses') as typeof import('./ses/send-ses');
    return sendBySes(mail, collaborators.ses);
  };
}
