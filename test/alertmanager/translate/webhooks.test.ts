import { configOf, configWith, told, translateText, withCalls } from './support';
import { AddressPermission } from '../../../src/contract/queued-notification';
import { amtoolComplaint, unpackDefinition } from '../../message/support/alertmanager';

const URL_ = 'https://hooks.example.com/t0ken';
const PLACE = 'receivers[0].webhook_configs[0]';

const hook = (entry: object, global: object = {}): string => JSON.stringify({ global, ...JSON.parse(configWith({ name: 'a', webhook_configs: [{ url: URL_, ...entry }] })) });

/** The settings in the head of the message of an entry. */
function settingsOf(text: string): object {
  const translation = translateText(text);
  const [{ message }] = configOf(translation).receivers[0].sns_configs ?? [];
  const head = message.slice(message.indexOf('{'), message.indexOf(',"receiver"')) + '}';
  return JSON.parse(head).settings;
}

describe('a receiver with webhooks', () => {
  const text = configWith({
    name: 'a',
    webhook_configs: [{ url: `${URL_}/0` }, { url: `${URL_}/1`, send_resolved: false, max_alerts: 3 }],
    pagerduty_configs: [{ routing_key: '0'.repeat(32) }],
    sns_configs: [{ topic_arn: 'arn:aws:sns:eu-west-1:123456789012:own', sigv4: {} }],
  });

  test('has an entry for each, behind its pages and in front of topics of the user', () => {
    const translation = translateText(text);
    expect(told(translation).filter((line) => line.startsWith('error'))).toEqual([]);
    expect(amtoolComplaint(unpackDefinition(translation.definition))).toBeUndefined();
    const [{ name, sns_configs: configs }] = configOf(translation).receivers;
    expect(name).toMatch(/^a__route_/);
    expect(configs?.map(({ attributes, send_resolved: resolved }) => [attributes?.routing_key_name ?? attributes?.transport, resolved]))
      .toEqual([['a', true], ['webhook', true], ['webhook', false], [undefined, true]]);
  });

  test('shares one template for the data of all entries', () => {
    const translation = translateText(text);
    const messages = configOf(translation).receivers[0].sns_configs?.slice(1, 3).map(({ message }) => withCalls(message, translation)) ?? [];
    expect(messages[0]).toContain('{"transport":"webhook","entry":"receivers.a.webhook_configs[0]","settings":{"url":"a/webhook/0"},"receiver":"a"');
    expect(messages[1]).toContain('"settings":{"url":"a/webhook/1","maxAlerts":3}');
    expect(new Set(messages.map((message) => message.slice(message.indexOf('\n')))).size).toBe(1);
  });

  test('names no URL and no credential anywhere in the definition', () => {
    const secrets = {
      url: 'https://hooks.example.com/t0ken/{{ .Status }}',
      http_config: {
        basic_auth: { username: 'visible', password: 'pass-w0rd' }, http_headers: { 'X-Key': { secrets: ['hidden-h3ader'], values: ['shown'] } },
      },
    };
    for (const given of [secrets, { ...secrets, http_config: { authorization: { credentials: 'cr3dentials' } } }, { http_config: { bearer_token: 'b3arer' } }]) {
      const { definition, findings } = translateText(hook(given));
      for (const secret of ['t0ken', 'pass-w0rd', 'hidden-h3ader', 'cr3dentials', 'b3arer']) {
        expect(definition).not.toContain(secret);
        expect(JSON.stringify(findings)).not.toContain(secret);
      }
    }
  });
});

test.each<[object, object, object?]>([
  [{}, { url: 'a/webhook/0' }],
  [{ max_alerts: 0 }, { url: 'a/webhook/0' }],
  [{ timeout: '1m30s' }, { url: 'a/webhook/0', timeoutMs: 90_000 }],
  [{ http_config: { basic_auth: { username: 'u', password: 'p' } } }, {
    url: 'a/webhook/0', basicAuth: { username: { value: 'u' }, password: { secret: 'a/webhook/0/password' } },
  }],
  [{ http_config: { authorization: { type: 'Token', credentials_file: '/f' } } }, {
    url: 'a/webhook/0', authorization: { type: 'Token', credentials: { secret: 'a/webhook/0/credentials' } },
  }],
  [{ http_config: { http_headers: { 'X-A': { values: ['1'], secrets: ['2', '3'], files: ['/f'] } } } }, {
    url: 'a/webhook/0',
    headers: [
      { name: 'X-A', value: { value: '1' } }, { name: 'X-A', value: { secret: 'a/webhook/0/header/X-A' } },
      { name: 'X-A', value: { secret: 'a/webhook/0/header/X-A/1' } }, { name: 'X-A', value: { secret: 'a/webhook/0/header/X-A/2' } },
    ],
  }],
  [{}, { url: 'a/webhook/0', authorization: { type: 'Bearer', credentials: { secret: 'global/credentials' } } }, { http_config: { bearer_token: 'x' } }],
  // An http_config of the entry hides the global one as a whole.
  [{ http_config: {} }, { url: 'a/webhook/0' }, { http_config: { bearer_token: 'x' } }],
])('%j is %j', (entry, settings, global = {}) => {
  expect(settingsOf(hook(entry, global))).toEqual(settings);
});

describe('findings', () => {
  test.each<[object, string[]]>([
    [{}, []],
    [{ url: 'https://hooks.example.com/{{ .Status }}' }, []],
    [{ url: 'https://{{ .Status }}.example.com/' }, [`error webhook-url-template ${PLACE}.url`]],
    [{ url: 'https://hooks.example.com/{{ if .Status }}x{{ end }}' }, [`error webhook-url-template ${PLACE}.url`]],
    [{ url: 'https://hooks.example.com/{{ .Status }}', max_alerts: 1 }, [`warning webhook-url-max-alerts ${PLACE}.url`]],
    [{ url: 'http://hooks.example.com/' }, [`warning address-refused ${PLACE}.url`]],
    [{ url: 'https://receiver:8080/' }, [`warning address-refused ${PLACE}.url`]],
    [{ url: 'https://10.1.2.3/' }, [`warning address-refused ${PLACE}.url`]],
    [{ url: 'https://localhost/' }, [`warning address-refused ${PLACE}.url`]],
    [{ url: '<secret>' }, [`error secret-redacted ${PLACE}.url`]],
    [{ url: undefined, url_file: '/etc/url' }, [`warning secret-file ${PLACE}.url_file`]],
    [{ http_config: { basic_auth: { username: 'u', password_file: '/p' } } }, [`warning secret-file ${PLACE}.http_config`]],
    [{ http_config: { proxy_url: 'http://proxy' } }, [`warning request-http-config ${PLACE}.http_config.proxy_url`]],
    [{ http_config: { follow_redirects: false, enable_http2: false } }, []],
    [{ payload: { text: 'x' } }, [`error webhook-payload-unsupported ${PLACE}.payload`]],
    [{ url: 'https://hooks.example.com/x?token=${HOOK_TOKEN}' }, [`warning secret-implausible ${PLACE}.url`]],
    [{ url: 'https://hooks.example.com/{{ .Status }}/<TOKEN>' }, [`warning secret-implausible ${PLACE}.url`]],
    [{ url: 'https://hooks.example.com/{{ printf "${%s}<b>" .Status }}' }, []],
    [{ http_config: { authorization: { credentials: '<your token>' } } }, [`warning secret-implausible ${PLACE}.http_config`]],
    [{ http_config: { basic_auth: { username: 'u', password: 'changeme' } } }, [`warning secret-implausible ${PLACE}.http_config`]],
    [{ http_config: { basic_auth: { username: 'u', password: 'pa$$<w{rd}' } } }, []],
    [{ http_config: { http_headers: { 'X-Key': { secrets: ['$KEY'] } } } }, [`warning secret-implausible ${PLACE}.http_config`]],
    [{ timeout: '30s' }, []],
    [{ timeout: '31s' }, [`warning request-timeout-capped ${PLACE}.timeout`]],
  ])('%j', (entry, findings) => {
    expect(told(translateText(hook(entry)))).toEqual(findings);
  });

  test('a placeholder that entries of several integrations inherit is reported once', () => {
    const entries = { webhook_configs: [{ url: URL_ }, { url: `${URL_}/2` }], slack_configs: [{ api_url: URL_, channel: 'x' }] };
    const text = JSON.stringify({ ...JSON.parse(configWith({ name: 'a', ...entries })) as object, global: { http_config: { bearer_token: '${TOKEN}' } } });
    expect(told(translateText(text))).toEqual(['warning secret-implausible global.http_config']);
  });

  const HTTP = 'allow others with Delivery.relay({ notify: { allowHttp: true } })';
  const VPC = 'connect the function to the network with Delivery.relay({ notify: { vpc } })';
  const BOTH = 'connect the function to the network and allow http with Delivery.relay({ notify: { vpc, allowHttp: true } })';

  test.each<[string, string, string, AddressPermission[]?]>([
    ['http://flask-app:5000/', 'the URL is not https, and only a private network knows the host name', BOTH],
    ['http://x.monitoring.svc/', 'the URL is not https, and only a private network knows the host name', `${BOTH}; a VPC does not know the names of Kubernetes services`],
    ['https://x.svc.cluster.local/', 'only a private network knows the host name', `${VPC}; a VPC does not know the names of Kubernetes services`],
    ['https://x.internal/', 'only a private network knows the host name', VPC],
    ['https://X.CORP.LOCAL./', 'only a private network knows the host name', VPC],
    ['http://10.1.2.3/', 'the URL is not https, and the address is private', BOTH],
    ['http://flask-app:5000/', 'only a private network knows the host name', VPC, [AddressPermission.HTTP]],
    ['http://flask-app:5000/', 'the URL is not https', HTTP, [AddressPermission.PRIVATE]],
    ['http://localhost/', 'the address is that of the function itself or of its link', 'use the address that other machines', [AddressPermission.HTTP]],
  ])('%s needs a fix: %s', (url, reason, fix, notifyPermissions = []) => {
    const { findings } = translateText(hook({ url }), { notifyPermissions });
    expect(findings).toEqual([expect.objectContaining({ code: 'address-refused', fix: expect.stringContaining(fix) as string })]);
    expect(findings[0].message).toContain(`: ${reason}. Notifications`);
  });

  test.each<[string, AddressPermission[]?]>([
    ['https://x.monitoring.svc.example.com/'], ['https://internal.example.com/'], ['https://local.example.com./'], ['https://8.8.8.8/'], ['https://[2001:db8::1]/'],
    ['http://flask-app:5000/', [AddressPermission.HTTP, AddressPermission.PRIVATE]], ['https://x.svc.cluster.local/', [AddressPermission.PRIVATE]],
  ])('%s needs none', (url, notifyPermissions = []) => {
    expect(told(translateText(hook({ url }), { notifyPermissions }))).toEqual([]);
  });

  test('each field of http_config that is dropped has a fix of its own', () => {
    const fixesOf = (config: object): Array<[string | undefined, string | undefined]> =>
      translateText(hook({ http_config: config })).findings.map(({ path, fix }) => [path?.slice(`${PLACE}.http_config.`.length), fix]);
    const proxy = { proxy_url: 'http://user:s3cret@proxy:3128', no_proxy: 'example.com', proxy_connect_header: { 'X-A': ['1'] } };
    const proxyFix = expect.stringContaining('Delivery.relay({ notify: { httpsProxy } })') as string;
    expect(fixesOf(proxy)).toEqual([['proxy_url', proxyFix]]);
    expect(fixesOf({ proxy_from_environment: true })).toEqual([['proxy_from_environment', proxyFix]]);
    expect(fixesOf({ tls_config: { ca_file: '/ca' }, proxy_url: 'http://proxy', oauth2: { client_id: 'i', client_secret: 's', token_url: 'https://t.example.com' } })).toEqual([
      ['tls_config', expect.stringMatching(/public certificate authority/)], ['proxy_url', proxyFix], ['oauth2', expect.stringMatching(/^authenticate with basic_auth, authorization/)],
    ]);
    expect(JSON.stringify(translateText(hook({ http_config: proxy })).findings)).not.toContain('s3cret');
    expect(fixesOf({ basic_auth: { username: 'u', password: 'p' }, http_headers: { 'X-A': { values: ['1'] } }, follow_redirects: false })).toEqual([]);
  });

  test('addresses that are allowed need none', () => {
    for (const url of ['http://receiver:8080/', 'http://10.1.2.3/', 'http://localhost/']) {
      expect(told(translateText(hook({ url }), { notifyPermissions: Object.values(AddressPermission) }))).toEqual([]);
    }
  });

  test('a receiver that is named like a secret of a webhook is an error', () => {
    const text = configWith({ name: 'a', webhook_configs: [{ url: URL_ }] }, { name: 'a/webhook/0', pagerduty_configs: [{ routing_key: '0'.repeat(32) }] });
    expect(told(translateText(text))).toEqual([`error secret-name-taken ${PLACE}.url`]);
  });
});
