import type { SmtpReply } from './session';

/** The server refused a command. */
export class SmtpReplyError extends Error {
  /** @param command without its arguments, which can hold credentials. */
  constructor(readonly command: 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'the message', readonly reply: SmtpReply) {
    super(`the server refused ${command}: ${reply.text}`);
  }
}
