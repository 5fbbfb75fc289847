import type { UsedEmail } from './used-email';
import type { FindingReporter } from '../../../findings/reporter';
import type { ConfigPath } from '../../model';

/** Credentials for the smarthost that Alertmanager, and so the notify function, does not authenticate with. */
export function checkEmailCredentials({ email: { settings, ignoredCredentials }, config, place }: UsedEmail, reporter: FindingReporter): void {
  const auth = settings.server?.auth;
  if (auth && !auth.password && !auth.secret) {
    reporter.error(config.auth_username ? [...place, 'auth_username'] : ['global', 'smtp_auth_username'], {
      code: 'email-credential-missing',
      message: 'there is a user name, but neither a password nor a secret: Alertmanager sends no mail to a server that asks for one',
      fix: 'add auth_password (for PLAIN and LOGIN) or auth_secret (for CRAM-MD5), or remove the user name',
    });
  }
  for (const { field, reason } of ignoredCredentials) {
    const path: ConfigPath = field.startsWith('smtp_') ? ['global', field] : [...place, field];
    if (reason === 'no-username') {
      reporter.warning(path, {
        code: 'email-username-missing',
        message: `there is ${field}, but no user name: mails are sent without authentication, as by Alertmanager`,
        fix: 'add auth_username, or smtp_auth_username in global; or remove the credential if the server accepts mails without',
      });
    } else {
      reporter.warning(path, {
        code: 'email-credential-ignored',
        message: `${field} has no effect beside ${field}_file, which Alertmanager reads instead`,
        fix: 'remove one of them',
      });
    }
  }
}
