import { anything, bool, listOf, mapOf, optionalText, StructCheck, struct, text } from './schema';
import { checkUrlReference } from '../check-url';
import { oneOf } from '../names';

const TLS_VERSION = optionalText(oneOf('TLS10', 'TLS11', 'TLS12', 'TLS13'));

const certificateAndKey: StructCheck = (fields, report) => {
  const given = (names: readonly string[]): boolean => names.some((name) => fields.has(name) || fields.isInvalid(name));
  const [certificate, key] = [given(['cert', 'cert_file', 'cert_ref']), given(['key', 'key_file', 'key_ref'])];
  if (certificate !== key) {
    report({
      code: 'config-missing-field',
      message: `the client ${certificate ? 'certificate has no key' : 'key has no certificate'}`,
      fix: 'give "cert_file" and "key_file" together',
    });
  }
};

export const TLS_CONFIG = struct('TLS configuration', {
  ca: text(),
  cert: text(),
  key: text(),
  ca_file: text(),
  cert_file: text(),
  key_file: text(),
  ca_ref: text(),
  cert_ref: text(),
  key_ref: text(),
  server_name: text(),
  insecure_skip_verify: bool(),
  min_version: TLS_VERSION,
  max_version: TLS_VERSION,
}, {
  atMostOne: [['ca', 'ca_file', 'ca_ref'], ['cert', 'cert_file', 'cert_ref'], ['key', 'key_file', 'key_ref']],
  check: certificateAndKey,
});

const PROXY_FIELDS = {
  proxy_url: optionalText(checkUrlReference),
  no_proxy: text(),
  proxy_from_environment: bool(),
  proxy_connect_header: mapOf(listOf(text())),
};

const proxyRules: StructCheck = (fields, report) => {
  const environment = fields.bool('proxy_from_environment') === true;
  if (environment && fields.has('proxy_url')) {
    report({ code: 'config-conflicting-fields', message: '"proxy_from_environment" and "proxy_url" exclude each other', fix: 'keep one of them' }, 'proxy_url');
  }
  if (environment && fields.has('no_proxy')) {
    report({ code: 'config-conflicting-fields', message: '"proxy_from_environment" and "no_proxy" exclude each other', fix: 'keep one of them' }, 'no_proxy');
  }
  const headers = (fields.map('proxy_connect_header')?.size ?? 0) > 0;
  const needsProxy = headers ? 'proxy_connect_header' : fields.has('no_proxy') ? 'no_proxy' : undefined;
  if (needsProxy !== undefined && !environment && !fields.has('proxy_url') && !fields.isInvalid('proxy_url')) {
    report({ code: 'config-missing-field', message: `"${needsProxy}" has no effect without "proxy_url"`, fix: 'give "proxy_url" a value' }, needsProxy);
  }
};

const BASIC_AUTH = struct('basic authentication', {
  username: text(),
  username_file: text(),
  username_ref: text(),
  password: text(),
  password_file: text(),
  password_ref: text(),
});

const AUTHORIZATION = struct('authorization', {
  type: text(),
  credentials: text(),
  credentials_file: text(),
  credentials_ref: text(),
});

const OAUTH2 = struct('OAuth 2.0 configuration', {
  client_id: text(),
  client_secret: text(),
  client_secret_file: text(),
  client_secret_ref: text(),
  client_certificate_key_id: text(),
  client_certificate_key: text(),
  client_certificate_key_file: text(),
  client_certificate_key_ref: text(),
  grant_type: text(),
  signature_algorithm: text(),
  iss: text(),
  audience: text(),
  claims: mapOf(anything()),
  scopes: listOf(text()),
  token_url: text(),
  endpoint_params: mapOf(text()),
  tls_config: TLS_CONFIG,
  ...PROXY_FIELDS,
}, {
  required: ['client_id', 'token_url'],
  check: (fields, report) => {
    const jwt = fields.text('grant_type') === 'urn:ietf:params:oauth:grant-type:jwt-bearer';
    const group = jwt
      ? ['client_certificate_key', 'client_certificate_key_file', 'client_certificate_key_ref']
      : ['client_secret', 'client_secret_file', 'client_secret_ref'];
    const given = group.filter((name) => fields.has(name));
    if (given.length > 1) {
      report({ code: 'config-conflicting-fields', message: `"${given[0]}" and "${given[1]}" exclude each other`, fix: 'keep one of them' }, given[1]);
    }
    const algorithm = fields.text('signature_algorithm') ?? '';
    const problem = jwt && algorithm !== '' ? oneOf('RS256', 'RS384', 'RS512')(algorithm) : undefined;
    if (problem) {
      report(problem, 'signature_algorithm');
    }
    proxyRules(fields, report);
  },
});

/** Headers that the client sets itself. */
const RESERVED_HEADERS = new Set([
  'authorization', 'host', 'content-encoding', 'content-length', 'content-type', 'user-agent', 'connection', 'keep-alive', 'proxy-authenticate',
  'proxy-authorization', 'www-authenticate', 'accept-encoding', 'x-prometheus-remote-write-version', 'x-prometheus-remote-read-version',
  'x-prometheus-scrape-timeout-seconds', 'x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256',
]);

export const HEADERS = mapOf(struct('HTTP header', { values: listOf(text()), secrets: listOf(text()), files: listOf(text()) }), (name) =>
  RESERVED_HEADERS.has(name.toLowerCase())
    ? { code: 'config-invalid-value', message: `the header "${name}" is set by Alertmanager itself`, fix: 'remove it' }
    : undefined);

const authenticationRules: StructCheck = (fields, report) => {
  const ways = ['basic_auth', 'authorization', 'oauth2'].filter((name) => fields.get(name) !== undefined);
  const token = ['bearer_token', 'bearer_token_file'].filter((name) => fields.has(name));
  const given = [...ways, ...token];
  if (given.length > 1) {
    report({ code: 'config-conflicting-fields', message: `${given.map((name) => `"${name}"`).join(' and ')} exclude each other`, fix: 'keep one of them' }, given[1]);
  }
  const type = fields.struct('authorization')?.text('type') ?? '';
  if (type.trim().toLowerCase() === 'basic') {
    report({ code: 'config-invalid-value', message: 'the authorization type "basic" is not allowed', fix: 'use "basic_auth"' }, 'authorization');
  }
  oneSourceEach(fields, report);
};

/** Of the ways to give a user name, a password or credentials, one is enough. */
const oneSourceEach: StructCheck = (fields, report) => {
  for (const [struct_, name] of [['basic_auth', 'username'], ['basic_auth', 'password'], ['authorization', 'credentials']]) {
    const given = [name, `${name}_file`, `${name}_ref`].filter((field) => fields.struct(struct_)?.has(field));
    if (given.length > 1) {
      report({ code: 'config-conflicting-fields', message: `"${given[0]}" and "${given[1]}" exclude each other`, fix: 'keep one of them' }, struct_);
    }
  }
};

/** How Alertmanager talks to an HTTP service: the same in every integration. */
export const HTTP_CONFIG = struct('HTTP configuration', {
  basic_auth: BASIC_AUTH,
  authorization: AUTHORIZATION,
  oauth2: OAUTH2,
  bearer_token: text(),
  bearer_token_file: text(),
  tls_config: TLS_CONFIG,
  follow_redirects: bool(),
  enable_http2: bool(),
  http_headers: HEADERS,
  ...PROXY_FIELDS,
}, {
  replaceOnMerge: true,
  check: (fields, report) => {
    authenticationRules(fields, report);
    proxyRules(fields, report);
  },
});
