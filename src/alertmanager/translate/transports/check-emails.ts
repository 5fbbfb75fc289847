import { Token } from 'aws-cdk-lib';
import { checkEmailAddresses } from './check-email-addresses';
import { checkEmailCredentials } from './check-email-credentials';
import type { SecretCheck } from './check-secret';
import { emailTemplates } from './emails';
import type { HtmlTemplates } from './html-template';
import { missingPermissions } from './missing-permissions';
import type { UsedEmail } from './used-email';
import { AddressPermission } from '../../../contract/queued-notification';
import type { FindingReporter } from '../../../findings/reporter';
import { HtmlProblem, UndefinedTemplate } from '../../../go/html/transition';
import type { ConfigPath, TemplateFile } from '../../model';
import { BUILT_IN_TEMPLATES } from '../../templates/built-in-templates';
import { definedTwice } from '../field-definitions';

export interface EmailCheck {
  readonly html: HtmlTemplates;
  readonly templates: readonly TemplateFile[];
  /** The addresses besides public ones that the notify function can connect to. */
  readonly permissions: readonly AddressPermission[];
  readonly secretCheck: SecretCheck;
  /** If mails are sent through Amazon SES. Can be a token. */
  readonly sesIdentity?: string;
}

/** What of `email_configs` needs a person. */
export function checkEmails(used: readonly UsedEmail[], check: EmailCheck, reporter: FindingReporter): void {
  for (const email of used) {
    checkServer(email, check.permissions, reporter);
    checkEmailCredentials(email, reporter);
    checkSes(email, check.sesIdentity, reporter);
    checkSecrets(email, check.secretCheck);
    checkHeaders(email, reporter);
    checkEmailAddresses(email, reporter);
    checkTexts(email, check, reporter);
  }
}

/** AWS blocks connections to this port from functions outside of a VPC, and does not lift that. */
const BLOCKED_PORT = 25;

function checkServer(
  { email: { settings: { server } }, config, place }: UsedEmail, permissions: readonly AddressPermission[], reporter: FindingReporter,
): void {
  if (server === undefined) {
    return;
  }
  const path: ConfigPath = config.smarthost ? [...place, 'smarthost'] : ['global', 'smtp_smarthost'];
  const { host, port, encryption, auth } = server;
  const canConnect = permissions.includes(AddressPermission.PRIVATE);
  const missing = missingPermissions({ protocol: 'smtp:', hostname: host }, permissions);
  if (missing) {
    reporter.warning(path, {
      code: 'email-address-refused',
      message: `the notify function does not connect to the smarthost ${host}: ${missing.reason}. Mails move to the dead-letter queue`,
      fix: `${missing.fix}; or use a public smarthost, or send through Amazon SES with emails: Emails.throughSes(…)`,
    });
  }
  if (port === BLOCKED_PORT && !canConnect) {
    reporter.warning(path, {
      code: 'email-port-blocked',
      message: 'the smarthost has port 25, which AWS blocks for Lambda functions outside of a VPC: no mail is sent',
      fix: 'use port 587 or 465 of the server, connect the function to a VPC with Delivery.relay({ notify: { vpc } }), or send through Amazon SES with emails: Emails.throughSes(…)',
    });
  }
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    reporter.error(path, { code: 'email-port-invalid', message: 'the smarthost has no port that a function can connect to', fix: 'write a number from 1 to 65535, for example smtp.example.com:587' });
  }
  if (encryption === 'none') {
    reporter.warning(config.require_tls === undefined ? ['global', 'smtp_require_tls'] : [...place, 'require_tls'], {
      code: 'email-not-encrypted',
      message: `require_tls is false, so mails${auth ? ' and credentials' : ''} are readable on the network: Alertmanager does not encrypt then, even if the server offers it`
        + `${auth ? ', and it sends no password for PLAIN' : ''}`,
      fix: 'remove require_tls if the server knows STARTTLS, or acknowledge this',
    });
  }
  const references = Object.keys((config.tls_config ?? {})).filter((field) => field.endsWith('_ref'));
  if (references.length > 0) {
    reporter.error([...place, 'tls_config'], {
      code: 'email-tls-reference',
      message: `${references.join(', ')} of tls_config name entries of a secret manager, and Alertmanager has none`,
      fix: 'write the certificate or key itself, or the path of its file',
    });
  }
}

/** SES accepts no more recipients of one mail. */
const MAX_SES_RECIPIENTS = 50;

function checkSes({ email: { texts: { from, to } }, config, place }: UsedEmail, identity: string | undefined, reporter: FindingReporter): void {
  if (identity === undefined) {
    return;
  }
  const address = /<([^>]*)>\s*$/.exec(from)?.[1] ?? from.trim();
  if (!Token.isUnresolved(identity) && !from.includes('{{') && !isCovered(address.toLowerCase(), identity.toLowerCase())) {
    reporter.warning(config.from ? [...place, 'from'] : ['global', 'smtp_from'], {
      code: 'email-sender-not-verified',
      message: `mails are sent from ${address}, and the identity of Amazon SES is ${identity}: SES refuses them`,
      fix: `send from an address of ${identity}, or pass another identity to Emails.throughSes(…)`,
    });
  }
  const recipients = to.split(',').length;
  if (recipients > MAX_SES_RECIPIENTS) {
    reporter.error([...place, 'to'], {
      code: 'email-recipients-too-many',
      message: `to has ${recipients} addresses, and Amazon SES accepts at most ${MAX_SES_RECIPIENTS}`,
      fix: 'write several entries, or a mailing list',
    });
  }
}

/** A domain covers its subdomains, too. */
function isCovered(address: string, identity: string): boolean {
  return address === identity || address.endsWith(`@${identity}`) || (!identity.includes('@') && address.endsWith(`.${identity}`));
}

function checkSecrets({ email: { secrets }, place }: UsedEmail, secretCheck: SecretCheck): void {
  for (const secret of secrets) {
    const { name, field } = secret;
    const isGlobal = name.startsWith('global/');
    const path: ConfigPath = isGlobal ? ['global', field.startsWith('tls_config') ? 'smtp_tls_config' : field] : [...place, ...field.split('.').slice(0, 1)];
    secretCheck.check(secret, path);
  }
}

/** Headers that every mail has anyway. */
const FIXED_HEADERS: readonly string[] = ['Date', 'Content-Type', 'Mime-Version'];

function checkHeaders({ email: { settings }, place }: UsedEmail, reporter: FindingReporter): void {
  const isThroughSes = settings.server === undefined;
  for (const name of settings.headers.filter((header) => FIXED_HEADERS.includes(header))) {
    const report = isThroughSes ? reporter.error.bind(reporter) : reporter.warning.bind(reporter);
    report([...place, 'headers'], {
      code: 'email-header-repeated',
      message: `every mail has the header ${name}, so it is sent twice${isThroughSes ? ', which Amazon SES refuses' : ', as by Alertmanager'}`,
      fix: `remove ${name} from headers`,
    });
  }
}

function checkTexts({ email: { texts }, config, place, templateName }: UsedEmail, { html, templates }: EmailCheck, reporter: FindingReporter): void {
  const path = config.html === undefined ? place : [...place, 'html'];
  const translated = texts.html === undefined ? undefined : html.translate(texts.html, templateName);
  if (translated instanceof HtmlProblem) {
    reportHtml(translated, path, reporter);
  } else if (translated?.usesSafeHtml === true) {
    reporter.warning(path, {
      code: 'email-html-not-escaped',
      message: 'the html uses safeHtml, which prints labels and annotations as HTML, as in Alertmanager; anywhere but at the end of an action in text, it has no effect here',
      fix: 'remove safeHtml, or acknowledge this if only trusted people can set these labels and annotations',
    });
  }
  for (const name of definedTwice(emailTemplates({ ...texts, html: undefined }), templates)) {
    reporter.error(place, {
      code: 'field-redefines-template',
      message: `a field defines the template ${JSON.stringify(name)}, which is defined elsewhere, too; all fields of an entry share one message`,
      fix: 'give it a name of its own, or define it once in a template file',
    });
  }
}

/** A template that exists nowhere is a finding of the check of templates, with the place of the call. */
function reportHtml(problem: HtmlProblem, path: ConfigPath, reporter: FindingReporter): void {
  if (!(problem instanceof UndefinedTemplate)) {
    reporter.error(path, { code: 'email-html-unsafe', message: problem.message, fix: problem.fix });
  } else if (BUILT_IN_TEMPLATES.has(problem.template)) {
    reporter.error(path, {
      code: 'email-html-unsafe',
      message: `the html calls Alertmanager's template ${JSON.stringify(problem.template)}, which is made for another integration and is not escaped for HTML`,
      fix: 'call "email.default.html", or your own template; or define this one in a file that is listed under templates:',
    });
  }
}
