import type { UsedEmail } from './used-email';
import { parseEmailAddresses } from '../../../contract/email-addresses';
import type { FindingReporter } from '../../../findings/reporter';
import type { ConfigPath } from '../../model';

/** Senders and recipients that no mail can have. The notify function reads addresses by the same rules when a mail is sent. */
export function checkEmailAddresses({ email: { texts: { from, to } }, config, place }: UsedEmail, reporter: FindingReporter): void {
  const senders = from.includes('{{') ? 1 : parseEmailAddresses(from)?.length;
  if (senders !== 1) {
    const path: ConfigPath = config.from ? [...place, 'from'] : ['global', 'smtp_from'];
    reporter.warning(path, {
      code: 'email-sender-invalid',
      message: `from is ${JSON.stringify(from)}, which is ${senders === undefined ? 'no email address' : `${senders} email addresses`}: Alertmanager sends no mail`,
      fix: 'write one address, for example alerts@example.com or Alerts <alerts@example.com>',
    });
  }
  if (to.includes('{{')) {
    reporter.warning([...place, 'to'], {
      code: 'email-recipients-templated',
      message: 'to is a template: labels decide who gets mails, and a label with a comma adds recipients',
      fix: 'write one receiver per address, and choose between them by routes; or acknowledge this if only trusted people can set these labels',
    });
  } else if (parseEmailAddresses(to) === undefined) {
    reporter.warning([...place, 'to'], {
      code: 'email-recipients-invalid',
      message: `to is ${JSON.stringify(to)}, which is not a list of email addresses: Alertmanager sends no mail, not even to those of them that are valid`,
      fix: 'write addresses, separated by commas. A name stands before an address in angle brackets, and in quotes if it has a comma',
    });
  }
}
