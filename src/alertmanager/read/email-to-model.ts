import { StructValue } from './decoded';
import type { EmailConfig, GlobalConfig, TlsConfig } from '../model';
import { canonicalHeader } from './schema/transport';
import { compact, textsOf } from './struct-fields';

const TEXTS = [
  'to', 'from', 'hello', 'smarthost', 'auth_username', 'auth_password', 'auth_password_file', 'auth_secret', 'auth_secret_file', 'auth_identity', 'html', 'text',
] as const;

const GLOBAL_TEXTS = [
  'smtp_from', 'smtp_hello', 'smtp_smarthost', 'smtp_auth_username', 'smtp_auth_password', 'smtp_auth_password_file', 'smtp_auth_secret',
  'smtp_auth_secret_file', 'smtp_auth_identity',
] as const;

const TLS_TEXTS = [
  'ca', 'ca_file', 'ca_ref', 'cert', 'cert_file', 'cert_ref', 'key', 'key_file', 'key_ref', 'server_name', 'min_version', 'max_version',
] as const;

/** An entry of `email_configs` in the shape that the translation works on. */
export function toEmail(config: StructValue | undefined): EmailConfig {
  const fields = config ?? new StructValue();
  const headers = fields.map('headers') && [...fields.textMap('headers')].map(([name, value]) => [canonicalHeader(name), value]);
  const threading = fields.struct('threading');
  return compact({
    ...textsOf(fields, TEXTS),
    send_resolved: fields.bool('send_resolved'),
    headers: headers && Object.fromEntries(headers),
    require_tls: fields.bool('require_tls'),
    tls_config: toTls(fields.struct('tls_config')),
    force_implicit_tls: fields.bool('force_implicit_tls'),
    threading: threading?.bool('enabled') === true ? { thread_by_date: threading.text('thread_by_date') === 'none' ? 'none' : 'daily' } : undefined,
  });
}

/** What `global` says for all entries of `email_configs`. */
export function toSmtpDefaults(global: StructValue): Pick<GlobalConfig, `smtp_${string}` & keyof GlobalConfig> {
  return compact({
    ...textsOf(global, GLOBAL_TEXTS),
    smtp_require_tls: global.bool('smtp_require_tls'),
    smtp_tls_config: toTls(global.struct('smtp_tls_config')),
    smtp_force_implicit_tls: global.bool('smtp_force_implicit_tls'),
  });
}

function toTls(fields: StructValue | undefined): TlsConfig | undefined {
  return fields && compact({ ...textsOf(fields, TLS_TEXTS), insecure_skip_verify: fields.bool('insecure_skip_verify') });
}
