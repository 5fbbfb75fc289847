import { HTTP_CONFIG, TLS_CONFIG } from './http';
import { anything, bool, goDuration, mapOf, optionalBool, struct, StructCheck, text, uint } from './schema';
import { checkHostPort, checkSecretUrlTemplate } from '../check-url';
import { oneOf } from '../names';

/** Integrations that hand the notification to a transport: mail, a webhook, Amazon SNS. */

const threadDates = oneOf('none', 'daily');

const mailRules: StructCheck = (fields, report) => {
  const seen = new Set<string>();
  for (const name of fields.map('headers')?.keys() ?? []) {
    const canonical = canonicalHeader(name);
    if (seen.has(canonical)) {
      report({ code: 'config-duplicate-key', message: `the header "${canonical}" is given twice; case does not count`, fix: 'keep one of them' }, 'headers');
    }
    seen.add(canonical);
  }
  const threading = fields.struct('threading');
  if (threading?.bool('enabled') !== true) {
    return;
  }
  for (const header of ['References', 'In-Reply-To'].filter((name) => seen.has(name))) {
    report({ code: 'config-conflicting-fields', message: `the header "${header}" and threading exclude each other`, fix: 'keep one of them' }, 'headers');
  }
  const problem = threadDates(threading.text('thread_by_date') ?? '');
  if (problem) {
    report({ ...problem, message: `"thread_by_date": ${problem.message}` }, 'threading');
  }
};

/** `X-My-Header` for every way to write it; a name that cannot be a header stays as it is. */
export function canonicalHeader(name: string): string {
  if (!/^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/.test(name)) {
    return name;
  }
  return name.toLowerCase().replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}

export const EMAIL_CONFIG = struct('an email configuration', {
  send_resolved: bool(),
  to: text(),
  from: text(),
  hello: text(),
  smarthost: text(checkHostPort),
  auth_username: text(),
  auth_password: text(),
  auth_password_file: text(),
  auth_secret: text(),
  auth_secret_file: text(),
  auth_identity: text(),
  headers: mapOf(text()),
  html: text(),
  text: text(),
  require_tls: optionalBool(),
  tls_config: TLS_CONFIG,
  force_implicit_tls: optionalBool(),
  threading: struct('email threading', { enabled: bool(), thread_by_date: text() }),
}, { required: ['to'], check: mailRules });

export const WEBHOOK_CONFIG = struct('a webhook configuration', {
  send_resolved: bool(),
  http_config: HTTP_CONFIG,
  url: text(checkSecretUrlTemplate),
  url_file: text(),
  max_alerts: uint(),
  timeout: goDuration(),
  payload: anything(),
}, { anyOf: [['url', 'url_file']], atMostOne: [['url', 'url_file']] });

const SIGV4 = struct('AWS Signature Version 4 settings', {
  region: text(),
  access_key: text(),
  secret_key: text(),
  profile: text(),
  role_arn: text(),
  external_id: text(),
  session_name: text(),
  tags: mapOf(text()),
  use_fips_sts_endpoint: bool(),
  service_name: text(),
}, {
  replaceOnMerge: true,
  check: (fields, report) => {
    if (fields.has('access_key') !== fields.has('secret_key')) {
      report({ code: 'config-missing-field', message: '"access_key" and "secret_key" belong together', fix: 'give both or none' });
    }
    for (const name of ['external_id', 'session_name', 'tags'].filter((one) => fields.has(one) && !fields.has('role_arn'))) {
      report({ code: 'config-missing-field', message: `"${name}" has no meaning without "role_arn"`, fix: 'give "role_arn" a value' }, name);
    }
  },
});

export const SNS_CONFIG = struct('an SNS configuration', {
  send_resolved: bool(),
  http_config: HTTP_CONFIG,
  api_url: text(),
  sigv4: SIGV4,
  topic_arn: text(),
  phone_number: text(),
  target_arn: text(),
  subject: text(),
  message: text(),
  attributes: mapOf(text()),
  use_aws_http_client: bool(),
  // Not Alertmanager's: AMP shows it in its status. The translation reports a finding for configurations that were pasted from there.
  workspace_arn: text(),
}, {
  check: (fields, report) => {
    // Alertmanager's own test lets none and all three pass no better than it lets two: it counts whether the number is odd.
    const given = ['target_arn', 'topic_arn', 'phone_number'].filter((name) => fields.has(name) || fields.isInvalid(name));
    if (given.length % 2 === 0) {
      report({ code: 'config-missing-field', message: 'an SNS configuration needs one of "topic_arn", "target_arn", "phone_number"', fix: 'give exactly one of them' });
    }
  },
});
