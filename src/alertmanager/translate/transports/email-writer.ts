import { checkEmails, EmailCheck } from './check-emails';
import { emailSnsConfig } from './email-config';
import { HtmlTemplates } from './html-template';
import type { TransportContext } from './transport-config';
import type { UsedEmail } from './used-email';
import type { FindingReporter } from '../../../findings/reporter';
import type { OwnTemplates } from '../own-templates';
import type { YamlMap } from '../yaml-writer';

/** Writes the `sns_config` of an entry. */
export type WriteEmail = (email: UsedEmail, context: TransportContext) => YamlMap;

/** Checks the entries, and returns what writes them. */
export function emailWriter(
  used: readonly UsedEmail[], check: Omit<EmailCheck, 'html'> & { readonly ownTemplates: OwnTemplates }, reporter: FindingReporter,
): WriteEmail {
  const html = new HtmlTemplates(check.templates, check.ownTemplates);
  checkEmails(used, { ...check, html }, reporter);
  return ({ config, email, templateName }, context) => emailSnsConfig(config, email, templateName, html, context);
}
