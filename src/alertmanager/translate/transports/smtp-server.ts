import type { SmtpAuth, SmtpServer, TlsSettings, TlsVersion } from '../../../contract/email';
import type { Setting } from '../../../contract/setting';
import type { EmailConfig, GlobalConfig, TlsConfig } from '../../model';
import type { NamedSecret } from '../secret-names';

/** A server as the notify function connects to it, and what belongs into the secret for that. */
export interface TranslatedSmtp {
  readonly server: SmtpServer;
  readonly secrets: readonly NamedSecret[];
  readonly ignoredCredentials: readonly IgnoredCredential[];
}

/** A credential that Alertmanager does not use. */
export interface IgnoredCredential {
  /** One of `global` begins with `smtp_`. */
  readonly field: string;
  /** There is no user name, or there is a file with the value. */
  readonly reason: 'no-username' | 'file';
}

const DEFAULT_HELLO = 'localhost';
const IMPLICIT_TLS_PORT = 465;

const TLS_VERSIONS: { readonly [name: string]: TlsVersion } = { TLS10: 'TLSv1', TLS11: 'TLSv1.1', TLS12: 'TLSv1.2', TLS13: 'TLSv1.3' };

/** The start of the names of what `global` has. */
const GLOBAL = 'global/smtp';

/**
 * The server of an entry, with what it inherits as in Alertmanager 0.35: field by field, but for a credential and its file, which belong
 * together, and for `tls_config`, which is inherited as a whole.
 *
 * @param base the start of the names of the secrets, for example `team/email/0`.
 */
export function translateSmtp(config: EmailConfig, global: GlobalConfig, base: string): TranslatedSmtp {
  const secrets: NamedSecret[] = [];
  const secret = (start: string, name: string, field: string, value: string | undefined, file: string | undefined): Setting | undefined => {
    if (!value && !file) {
      return undefined;
    }
    // Alertmanager reads the file if it has both.
    secrets.push({ name: `${start}/${name}`, ...(file ? { field: `${field}_file`, file } : { field, value }) });
    return { secret: `${start}/${name}` };
  };
  const credential = (name: 'password' | 'secret'): Setting | undefined =>
    secret(base, name, `auth_${name}`, config[`auth_${name}`], config[`auth_${name}_file`])
    ?? secret(GLOBAL, name, `smtp_auth_${name}`, global[`smtp_auth_${name}`], global[`smtp_auth_${name}_file`]);
  const username = config.auth_username || global.smtp_auth_username || '';
  const { host, port } = splitHostPort(config.smarthost || global.smtp_smarthost || '');
  const implicit = config.force_implicit_tls ?? global.smtp_force_implicit_tls ?? port === IMPLICIT_TLS_PORT;
  const encryption = implicit ? 'implicit' : config.require_tls ?? global.smtp_require_tls ?? true ? 'starttls' : 'none';
  const [tls, tlsBase] = config.tls_config ? [config.tls_config, base] : [global.smtp_tls_config, GLOBAL];
  return {
    server: {
      host,
      port,
      hello: config.hello || global.smtp_hello || DEFAULT_HELLO,
      encryption,
      ...(encryption !== 'none' && tls && { tls: tlsSettings(tls, (name) => secret(tlsBase, name, `tls_config.${name}`, tls[name], tls[`${name}_file`])) }),
      ...(username !== '' && { auth: authOf(username, config.auth_identity || global.smtp_auth_identity, credential) }),
    },
    secrets,
    ignoredCredentials: (['password', 'secret'] as const).flatMap((name) => ignoredCredential(config, global, name, username !== '')),
  };
}

/** Alertmanager refuses both a value and its file in `global`, but not in an entry. */
function ignoredCredential(config: EmailConfig, global: GlobalConfig, name: 'password' | 'secret', hasUsername: boolean): IgnoredCredential[] {
  const [own, ownFile] = [`auth_${name}`, `auth_${name}_file`] as const;
  if (hasUsername) {
    return config[own] && config[ownFile] ? [{ field: own, reason: 'file' }] : [];
  }
  const inherited = ([`smtp_auth_${name}`, `smtp_auth_${name}_file`] as const).find((field) => global[field]);
  const field = [own, ownFile].find((each) => config[each]) ?? inherited;
  return field === undefined ? [] : [{ field, reason: 'no-username' }];
}

function authOf(username: string, identity: string | undefined, credential: (name: 'password' | 'secret') => Setting | undefined): SmtpAuth {
  const [password, secret] = [credential('password'), credential('secret')];
  return { username, ...(identity && { identity }), ...(password && { password }), ...(secret && { secret }) };
}

function tlsSettings(config: TlsConfig, secret: (name: 'ca' | 'cert' | 'key') => Setting | undefined): TlsSettings {
  const [ca, cert, key] = [secret('ca'), secret('cert'), secret('key')];
  const [minVersion, maxVersion] = [TLS_VERSIONS[config.min_version ?? ''], TLS_VERSIONS[config.max_version ?? '']];
  return {
    ...(config.server_name && { serverName: config.server_name }),
    ...(config.insecure_skip_verify && { insecureSkipVerify: true }),
    ...(minVersion && { minVersion }),
    ...(maxVersion && { maxVersion }),
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
  };
}

/** The reader has checked that there are both; a port can also be a name, such as `smtp`. */
export function splitHostPort(address: string): { readonly host: string; readonly port: number } {
  const colon = address.lastIndexOf(':');
  const port = address.slice(colon + 1);
  return { host: address.slice(0, Math.max(0, colon)).replace(/^\[|\]$/g, ''), port: SERVICES[port] ?? Number(port) };
}

const SERVICES: { readonly [name: string]: number } = { smtp: 25, submission: 587, smtps: IMPLICIT_TLS_PORT, submissions: IMPLICIT_TLS_PORT };
