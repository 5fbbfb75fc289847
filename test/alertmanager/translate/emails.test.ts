import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { configOf, configWith, told, translateText, withCalls } from './support';
import { decodeTransportHead } from '../../../lambda/receive/decode/message-head';
import { AlertManagerConfig } from '../../../src/alertmanager/alert-manager-config';
import { BUILT_IN_TEMPLATES } from '../../../src/alertmanager/templates/built-in-templates';
import type { EmailSettings } from '../../../src/contract/email';
import { AddressPermission } from '../../../src/contract/queued-notification';
import { amtoolComplaint, unpackDefinition } from '../../message/support/alertmanager';

const PLACE = 'receivers[0].email_configs[0]';
const GLOBAL = { smtp_smarthost: 'mail.example.com:587', smtp_from: 'alerts@example.com' };

const mail = (entry: object = {}, global: object = {}): string =>
  JSON.stringify({ global: { ...GLOBAL, ...global }, ...JSON.parse(configWith({ name: 'a', email_configs: [{ to: 'team@example.com', ...entry }] })) });

function withTemplateFile(text: string, use: (directory: string) => void): void {
  const directory = mkdtempSync(join(tmpdir(), 'emails-'));
  try {
    writeFileSync(join(directory, 'own.tmpl'), text);
    use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The settings in the head of the message of an entry. */
function settingsOf(text: string): EmailSettings {
  const [{ message }] = configOf(translateText(text)).receivers[0].sns_configs ?? [];
  const head = `${message.slice(message.indexOf('{'), message.indexOf('{{ template'))}"status":"firing","groupLabels":[]}`;
  const { settings } = decodeTransportHead(head).head;
  return settings as EmailSettings;
}

const SERVER = { host: 'mail.example.com', port: 587, hello: 'localhost', encryption: 'starttls' };

/** As Alertmanager 0.35 inherits and decides. */
test.each<[object, object, object]>([
  [{}, {}, {}],
  [{ smarthost: 'other.example.com:2525', hello: 'me' }, { smtp_hello: 'them' }, { host: 'other.example.com', port: 2525, hello: 'me' }],
  [{}, { smtp_hello: 'them' }, { hello: 'them' }],
  [{ smarthost: '[2001:db8::1]:587' }, {}, { host: '2001:db8::1' }],
  [{ smarthost: 'mail.example.com:submission' }, {}, {}],
  [{ smarthost: 'mail.example.com:465' }, {}, { port: 465, encryption: 'implicit' }],
  [{ smarthost: 'mail.example.com:465', require_tls: false }, {}, { port: 465, encryption: 'implicit' }],
  [{ smarthost: 'mail.example.com:465', force_implicit_tls: false }, {}, { port: 465, encryption: 'starttls' }],
  [{ force_implicit_tls: true }, {}, { encryption: 'implicit' }],
  [{}, { smtp_force_implicit_tls: true }, { encryption: 'implicit' }],
  [{ force_implicit_tls: false }, { smtp_force_implicit_tls: true }, { encryption: 'starttls' }],
  [{ require_tls: false }, {}, { encryption: 'none' }],
  [{}, { smtp_require_tls: false }, { encryption: 'none' }],
  [{ require_tls: true }, { smtp_require_tls: false }, {}],
  [{ auth_username: 'u', auth_password: 'p' }, {}, { auth: { username: 'u', password: { secret: 'a/email/0/password' } } }],
  [{ auth_username: 'u', auth_secret_file: '/f', auth_identity: 'i' }, {}, { auth: { username: 'u', identity: 'i', secret: { secret: 'a/email/0/secret' } } }],
  [{}, { smtp_auth_username: 'u', smtp_auth_password: 'p', smtp_auth_secret: 's' }, {
    auth: { username: 'u', password: { secret: 'global/smtp/password' }, secret: { secret: 'global/smtp/secret' } },
  }],
  [{ auth_password_file: '/f' }, { smtp_auth_username: 'u', smtp_auth_password: 'p' }, { auth: { username: 'u', password: { secret: 'a/email/0/password' } } }],
  [{ auth_password: 'p' }, {}, {}],
  [{ auth_username: 'u', auth_password: 'p', auth_password_file: '/f' }, {}, { auth: { username: 'u', password: { secret: 'a/email/0/password' } } }],
  [{ tls_config: { server_name: 's', insecure_skip_verify: true, min_version: 'TLS12', max_version: 'TLS13' } }, {}, {
    tls: { serverName: 's', insecureSkipVerify: true, minVersion: 'TLSv1.2', maxVersion: 'TLSv1.3' },
  }],
  [{}, { smtp_tls_config: { ca: 'PEM', cert: 'PEM', key: 'PEM' } }, {
    tls: { ca: { secret: 'global/smtp/ca' }, cert: { secret: 'global/smtp/cert' }, key: { secret: 'global/smtp/key' } },
  }],
  [{ tls_config: { ca_file: '/ca' } }, { smtp_tls_config: { server_name: 's' } }, { tls: { ca: { secret: 'a/email/0/ca' } } }],
])('%j with %j has %j', (entry, global, server) => {
  expect(settingsOf(mail(entry, global)).server).toEqual({ ...SERVER, ...server });
});

test.each<[object, Partial<EmailSettings>]>([
  [{}, { headers: ['Subject'], parts: ['html'] }],
  [{ html: '', text: 'x' }, { headers: ['Subject'], parts: ['text'] }],
  [{ html: 'x', text: 'x' }, { headers: ['Subject'], parts: ['text', 'html'] }],
  [{ html: '' }, { headers: ['Subject'], parts: [] }],
  [{ headers: { 'x-a': '1', 'subject': 's', 'TO': 't' } }, { headers: ['Subject', 'X-A', 'To'], parts: ['html'] }],
  [{ threading: { enabled: true, thread_by_date: 'daily' } }, { headers: ['Subject'], parts: ['html'], threadBy: 'daily' }],
  [{ threading: { enabled: true, thread_by_date: 'none' } }, { headers: ['Subject'], parts: ['html'], threadBy: 'none' }],
  [{ threading: { enabled: false, thread_by_date: 'none' } }, { headers: ['Subject'], parts: ['html'] }],
])('%j', (entry, settings) => {
  const { server, ...others } = settingsOf(mail(entry));
  expect(others).toEqual(settings);
});

test('a receiver has its mails behind pages and webhooks, and sends resolved ones only if asked to', () => {
  const text = JSON.stringify({
    global: GLOBAL,
    ...JSON.parse(configWith({
      name: 'a',
      email_configs: [{ to: 'a@example.com' }, { to: 'b@example.com', send_resolved: true }],
      webhook_configs: [{ url: 'https://hooks.example.com' }],
      pagerduty_configs: [{ routing_key: '0'.repeat(32) }],
    })),
  });
  const translation = translateText(text);
  expect(told(translation)).toEqual([]);
  expect(translation.usesNotify).toBe(true);
  expect(amtoolComplaint(unpackDefinition(translation.definition))).toBeUndefined();
  const configs = configOf(translation).receivers[0].sns_configs ?? [];
  expect(configs.map(({ attributes, send_resolved: resolved }) => [attributes.transport, resolved]))
    .toEqual([[undefined, true], ['webhook', true], ['email', false], ['email', true]]);
});

test('no credential stands in the definition or in a finding, and the secrets command names each', () => {
  const text = mail({ auth_username: 'u', auth_password: 'passw0rd', auth_secret: 's3cret', tls_config: { key: 'k3y', cert: 'c' } }, {
    smtp_auth_password: 'gl0bal',
  });
  const { definition, findings } = translateText(text);
  expect(definition + JSON.stringify(findings)).not.toMatch(/passw0rd|s3cret|k3y|gl0bal/);
  expect(AlertManagerConfig.fromString(text)._secrets(false).map(({ name, value }) => [name, value])).toEqual([
    ['a/email/0/cert', 'c'], ['a/email/0/key', 'k3y'], ['a/email/0/password', 'passw0rd'], ['a/email/0/secret', 's3cret'],
  ]);
});

test('the HTML of all entries shares its templates', () => {
  const text = JSON.stringify({ global: GLOBAL, ...JSON.parse(configWith({ name: 'a', email_configs: [{ to: 'a@example.com' }, { to: 'b@example.com' }] })) });
  const translation = translateText(text);
  const [first, second] = configOf(translation).receivers[0].sns_configs?.map(({ message }) => withCalls(message, translation)) ?? [];
  const html = (message: string): string => message.slice(message.indexOf('["email","html"]'));
  expect(html(first)).toBe(html(second));
  expect(unpackDefinition(translation.definition).templates['cdk-amp-pagerduty.tmpl'].match(/define "cdk-amp-pagerduty\.html\.email\.default\.html"/g)).toHaveLength(1);
});

describe('findings', () => {
  const EVERYTHING = Object.values(AddressPermission);

  test.each<[object, string[], object?]>([
    [{}, []],
    [{ smarthost: 'localhost:587' }, [`warning email-address-refused ${PLACE}.smarthost`]],
    [{ smarthost: '10.0.0.1:587' }, [`warning email-address-refused ${PLACE}.smarthost`]],
    [{ smarthost: 'mailhost:587' }, [`warning email-address-refused ${PLACE}.smarthost`]],
    [{ smarthost: 'mail.corp.local:587' }, [`warning email-address-refused ${PLACE}.smarthost`]],
    [{ smarthost: 'SMTP.INTERNAL:587' }, [`warning email-address-refused ${PLACE}.smarthost`]],
    [{ smarthost: 'mail.svc:587' }, [`warning email-address-refused ${PLACE}.smarthost`]],
    [{ smarthost: 'local.example.com:587' }, []],
    [{ smarthost: '[2001:db8::1]:587' }, []],
    [{}, ['warning email-address-refused global.smtp_smarthost'], { smtp_smarthost: 'mail.corp.local:587' }],
    [{ smarthost: 'mail.example.com:25' }, [`warning email-port-blocked ${PLACE}.smarthost`]],
    [{}, ['warning email-port-blocked global.smtp_smarthost'], { smtp_smarthost: 'mail.example.com:smtp' }],
    [{ smarthost: 'mail.example.com:70000' }, [`error email-port-invalid ${PLACE}.smarthost`]],
    [{ smarthost: 'mail.example.com:name' }, [`error email-port-invalid ${PLACE}.smarthost`]],
    [{ require_tls: false }, [`warning email-not-encrypted ${PLACE}.require_tls`]],
    [{}, ['warning email-not-encrypted global.smtp_require_tls'], { smtp_require_tls: false }],
    [{ require_tls: false, force_implicit_tls: true }, []],
    [{ auth_username: 'u' }, [`error email-credential-missing ${PLACE}.auth_username`]],
    [{ auth_username: 'u', auth_password: '<secret>' }, [`error secret-redacted ${PLACE}.auth_password`]],
    [{ auth_username: 'u', auth_password: '${SMTP_PASSWORD}' }, [`warning secret-implausible ${PLACE}.auth_password`]],
    [{ auth_username: 'u', auth_secret: 'CHANGE_ME' }, [`warning secret-implausible ${PLACE}.auth_secret`]],
    [{}, ['warning secret-implausible global.smtp_auth_password'], { smtp_auth_username: 'u', smtp_auth_password: '<password>' }],
    [{ auth_username: 'u', auth_password: '$ecret<1>' }, []],
    [{ auth_username: 'u', auth_password_file: '/f' }, [`warning secret-file ${PLACE}.auth_password_file`]],
    [{}, ['warning secret-file global.smtp_auth_password_file'], { smtp_auth_username: 'u', smtp_auth_password_file: '/f' }],
    [{ auth_username: 'u', auth_password: 'stale', auth_password_file: '/f' }, [
      `warning email-credential-ignored ${PLACE}.auth_password`, `warning secret-file ${PLACE}.auth_password_file`,
    ]],
    [{ auth_username: 'u', auth_secret: '${STALE}', auth_secret_file: '/f' }, [
      `warning email-credential-ignored ${PLACE}.auth_secret`, `warning secret-file ${PLACE}.auth_secret_file`,
    ]],
    // A file for one, and a value for the other.
    [{ auth_username: 'u', auth_password: 'p', auth_secret_file: '/f' }, [`warning secret-file ${PLACE}.auth_secret_file`]],
    [{ auth_username: 'u', auth_password: 'p' }, [], { smtp_auth_password_file: '/f' }],
    [{ auth_password: 'p' }, [`warning email-username-missing ${PLACE}.auth_password`]],
    [{ auth_password_file: '/f' }, [`warning email-username-missing ${PLACE}.auth_password_file`]],
    [{}, ['warning email-username-missing global.smtp_auth_secret'], { smtp_auth_secret: 's' }],
    [{ auth_password: 'p' }, [], { smtp_auth_username: 'u' }],
    [{ auth_username: 'u' }, [], { smtp_auth_password: 'p' }],
    [{ tls_config: { ca_ref: 'x' } }, [`error email-tls-reference ${PLACE}.tls_config`]],
    [{ tls_config: { ca_file: '/ca' } }, [`warning secret-file ${PLACE}.tls_config`]],
    [{ headers: { 'content-type': 'text/plain' } }, [`warning email-header-repeated ${PLACE}.headers`]],
    [{ headers: { 'reply-to': 'x@example.com' } }, []],
    [{ to: '{{ .CommonLabels.owner }}@example.com' }, [`warning email-recipients-templated ${PLACE}.to`]],
    ...['nobody', 'a@example.com b@example.com', 'a, b@example.com', 'a@example.com; b@example.com', 'Ops, Dev <a@example.com>', ','].map(
      (to): [object, string[]] => [{ to }, [`warning email-recipients-invalid ${PLACE}.to`]]),
    ...['a@example.com, b@example.com', 'Ops <a@example.com>,"Dev, Test" <b@example.com>', 'a@example.com,\n b@example.com\n', 'alerts@localhost'].map(
      (to): [object, string[]] => [{ to }, []]),
    ...['a@example.com, b@example.com', 'Alerts', 'a@example.com b@example.com'].map(
      (from): [object, string[]] => [{ from }, [`warning email-sender-invalid ${PLACE}.from`]]),
    ...['Alerts <a@example.com>', 'a@example.com', '{{ .Status }}@example.com'].map((from): [object, string[]] => [{ from }, []]),
    [{}, ['warning email-sender-invalid global.smtp_from'], { smtp_from: 'Alerts' }],
    [{ from: 'a@example.com' }, [], { smtp_from: 'Alerts' }],
    [{ html: '<p title={{ .Status }}>' }, [`error email-html-unsafe ${PLACE}.html`]],
    [{ html: '<p title="{{ .Status }}">' }, []],
    [{ html: '{{ .Status | safeHtml }}' }, [`warning email-html-not-escaped ${PLACE}.html`]],
    [{ html: '{{ .Foo }}' }, [`error template-field-unknown ${PLACE}.html`]],
    [{ text: '{{ toYaml . }}' }, [`warning entry-never-sent ${PLACE}.text`]],
    [{ html: '<p>{{ template "none" . }}<p title={{ .Status }}>' }, [`error template-undefined ${PLACE}.html`]],
    [{ html: '{{ define "x" }}{{ template "none" . }}{{ end }}{{ template "x" . }}' }, [`error template-undefined ${PLACE}.html`]],
    [{ html: '{{ define "x" }}a{{ end }}', headers: { 'X-A': '{{ template "x" . }}' } }, [`error template-undefined ${PLACE}.headers["X-A"]`]],
    [{ headers: { Subject: '{{ template "none" . }}' } }, [`error template-undefined ${PLACE}.headers.Subject`]],
    [{ html: '{{ define "x" }}a{{ end }}{{ template "x" . }}', text: '{{ define "x" }}b{{ end }}{{ template "x" . }}' }, []],
    [{ headers: { 'X-A': '{{ define "x" }}a{{ end }}' }, text: '{{ define "x" }}b{{ end }}{{ template "x" . }}' }, [`error field-redefines-template ${PLACE}`]],
  ])('%j', (entry, findings, global = {}) => {
    expect(told(translateText(mail(entry, global)))).toEqual(findings);
  });

  test('what mails and webhooks inherit is reported once, and what is their own is not lost', () => {
    const entries = { email_configs: [{ to: 'a@example.com' }, { to: 'nobody' }], webhook_configs: [{ url: 'https://hooks.example.com/1' }, { url: 'http://hooks.example.com/2' }] };
    const text = JSON.stringify({
      ...JSON.parse(configWith({ name: 'a', ...entries }, { name: 'b', ...entries }, { name: 'c', slack_configs: [{ api_url: 'https://hooks.example.com/3', channel: 'c' }] })) as object,
      global: {
        smtp_smarthost: 'mail.corp.local:25',
        smtp_from: 'a@example.com',
        smtp_require_tls: false,
        smtp_auth_username: 'u',
        smtp_auth_password_file: '/p',
        http_config: { proxy_url: 'http://proxy', bearer_token_file: '/t' },
      },
    });
    expect(told(translateText(text)).sort()).toEqual([
      'warning address-refused receivers[0].webhook_configs[1].url', 'warning address-refused receivers[1].webhook_configs[1].url',
      'warning email-address-refused global.smtp_smarthost', 'warning email-not-encrypted global.smtp_require_tls', 'warning email-port-blocked global.smtp_smarthost',
      'warning email-recipients-invalid receivers[0].email_configs[1].to', 'warning email-recipients-invalid receivers[1].email_configs[1].to',
      'warning request-http-config global.http_config.proxy_url',
      'warning secret-file global.http_config', 'warning secret-file global.smtp_auth_password_file',
    ]);
  });

  test('the html of an entry has no other finding than that of a template that a file calls and nobody defines', () => {
    withTemplateFile('{{ define "own" }}<p>{{ template "none" . }}</p>{{ end }}', (directory) => {
      const text = JSON.stringify({ ...JSON.parse(mail({ html: '{{ template "own" . }}' })) as object, templates: ['own.tmpl'] });
      expect(translateText(text, {}, { templateDirectory: directory }).findings.map(({ code }) => code)).toEqual(['template-undefined']);
    });
    withTemplateFile('{{ define "own" }}x{{ end }}{{ if }}', (directory) => {
      const text = JSON.stringify({ ...JSON.parse(mail({ html: '{{ template "own" . }}' })) as object, templates: ['own.tmpl'] });
      expect(translateText(text, {}, { templateDirectory: directory }).findings.map(({ code }) => code)).toEqual(['template-syntax']);
    });
  });

  test.each([...BUILT_IN_TEMPLATES])('html with the template %s is translated, or has one finding', (name) => {
    const argument = ['__text_alert_list', '__text_alert_list_markdown', 'pagerduty.default.instances'].includes(name) ? '.Alerts' : '.';
    const translation = translateText(mail({ html: `<p>{{ template "${name}" ${argument} }}</p>` }));
    const isWritten = withCalls(configOf(translation).receivers[0].sns_configs?.[0].message ?? '', translation).includes('["email","html"]');
    expect(told(translation)).toEqual(isWritten ? [] : [`error email-html-unsafe ${PLACE}.html`]);
  });

  test('the reason of an address is its own', () => {
    const [{ message, fix }] = translateText(mail({ smarthost: 'localhost:587' })).findings;
    expect(message).toContain('the address is that of the function itself');
    expect(fix).not.toContain('vpc');
    const [named] = translateText(mail({ smarthost: 'mail.corp.local:587' })).findings;
    expect(named.message).toContain('only a private network knows the host name');
    expect(named.fix).toContain('Delivery.relay({ notify: { vpc } })');
  });

  test('what several entries inherit is reported once', () => {
    const [receiver, global] = [{ name: 'a', email_configs: [{ to: 'a@example.com' }, { to: 'b@example.com' }] }, { ...GLOBAL, smtp_from: 'Alerts', smtp_auth_password: 'p' }];
    expect(told(translateText(JSON.stringify({ global, ...JSON.parse(configWith(receiver)) as object }))).sort()).toEqual([
      'warning email-sender-invalid global.smtp_from', 'warning email-username-missing global.smtp_auth_password',
    ]);
  });

  test('of addresses that are allowed, there is none', () => {
    for (const smarthost of ['localhost:587', '10.0.0.1:587', 'mailhost:25', 'mail.corp.local:587']) {
      expect(told(translateText(mail({ smarthost }), { notifyPermissions: EVERYTHING }))).toEqual([]);
    }
  });

  test('a receiver that is named like a secret of a mail is an error', () => {
    const text = JSON.stringify({
      global: GLOBAL,
      ...JSON.parse(configWith(
        { name: 'a', email_configs: [{ to: 'a@example.com', auth_username: 'u', auth_password: 'p' }] },
        { name: 'a/email/0/password', pagerduty_configs: [{ routing_key: '0'.repeat(32) }] },
      )),
    });
    expect(told(translateText(text))).toEqual([`error secret-name-taken ${PLACE}.auth_password`]);
  });
});
