import type { HttpSettings } from '../../../contract/queued-notification';
import type { Setting } from '../../../contract/setting';
import type { HttpConfig } from '../../model';
import type { NamedSecret } from '../secret-names';

/** What becomes of an `http_config`. */
export interface TranslatedHttp {
  readonly settings: HttpSettings;
  /** The values that belong into the secret. */
  readonly secrets: readonly NamedSecret[];
  /** The fields that a function cannot honor. */
  readonly dropped: readonly string[];
}

/** Redirects are failures, and the version of HTTP is the function's choice: neither changes what a server receives. */
const WITHOUT_EFFECT = new Set(['follow_redirects', 'enable_http2']);
const TRANSLATED = new Set(['basic_auth', 'authorization', 'bearer_token', 'bearer_token_file', 'http_headers']);

/**
 * Translates credentials and headers. Proxies, OAuth 2.0, and TLS settings need what a function does not have.
 *
 * @param base the start of the names of the secrets, for example `team/webhook/0`.
 */
export function translateHttp(config: HttpConfig, base: string): TranslatedHttp {
  const secrets: NamedSecret[] = [];
  const secret = (name: string, field: string, value: unknown, file: unknown): Setting => {
    secrets.push({ name: `${base}/${name}`, field, value: textOf(value), file: textOf(file) });
    return { secret: `${base}/${name}` };
  };
  const basic = recordOf(config.basic_auth);
  const authorization = recordOf(config.authorization);
  const token = textOf(config.bearer_token) ?? textOf(config.bearer_token_file);
  const headers = Object.entries(recordOf(config.http_headers) ?? {}).flatMap(([name, given]) => {
    const { values, secrets: hidden, files } = recordOf(given) ?? {};
    const numbered = (index: number): string => `header/${name}${index === 0 ? '' : `/${index}`}`;
    return [
      ...listOf(values).map((value) => ({ name, value: { value } })),
      ...listOf(hidden).map((value, index) => ({ name, value: secret(numbered(index), `http_headers.${name}.secrets`, value, undefined) })),
      ...listOf(files).map((file, index) =>
        ({ name, value: secret(numbered(listOf(hidden).length + index), `http_headers.${name}.files`, undefined, file) })),
    ];
  });
  const settings: HttpSettings = {
    ...(basic && { basicAuth: basicAuthOf(basic, secret) }),
    ...(authorization && {
      authorization: {
        type: textOf(authorization.type) ?? 'Bearer',
        credentials: secret('credentials', 'authorization', authorization.credentials, authorization.credentials_file),
      },
    }),
    ...(token !== undefined && {
      authorization: { type: 'Bearer', credentials: secret('credentials', 'bearer_token', config.bearer_token, config.bearer_token_file) },
    }),
    ...(headers.length > 0 && { headers }),
  };
  const dropped = Object.keys(config).filter((field) => !TRANSLATED.has(field) && !WITHOUT_EFFECT.has(field));
  return { settings, secrets, dropped };
}

type MakeSecret = (name: string, field: string, value: unknown, file: unknown) => Setting;

function basicAuthOf(basic: Record<string, unknown>, secret: MakeSecret): HttpSettings['basicAuth'] {
  const username = textOf(basic.username);
  const password = textOf(basic.password) ?? textOf(basic.password_file);
  return {
    ...(username !== undefined && { username: { value: username } }),
    ...(username === undefined && textOf(basic.username_file) !== undefined
      && { username: secret('username', 'basic_auth', undefined, basic.username_file) }),
    ...(password !== undefined && { password: secret('password', 'basic_auth', basic.password, basic.password_file) }),
  };
}

function recordOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : undefined;
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
