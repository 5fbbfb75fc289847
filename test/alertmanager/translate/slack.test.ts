import { parse } from 'yaml';
import { configOf, configWith, told, translateText, withCalls } from './support';
import { AlertManagerConfig } from '../../../src/alertmanager/alert-manager-config';
import { AddressPermission, type SlackSettings } from '../../../src/contract/queued-notification';
import { unpackDefinition } from '../../message/support/alertmanager';

const SECRET = 's3cr3t';
const HOOK = `https://hooks.slack.com/services/T0/B0/${SECRET}`;
const API = 'https://slack.com/api/chat.postMessage';
const PLACE = 'receivers[0].slack_configs[0]';

const chat = (entry: object, global: object = {}): string => {
  const config = JSON.parse(configWith({ name: 'a', slack_configs: [{ channel: '#c', ...entry }] })) as object;
  return JSON.stringify({ ...config, global });
};

function settingsOf(text: string): SlackSettings {
  const translation = translateText(text);
  const [receiver] = configOf(translation).receivers;
  const message = withCalls(receiver.sns_configs?.[0].message ?? '', translation);
  const settings = /"settings":(\{.*\}),"receiver"/.exec(message.split('\n')[0])?.[1] ?? '';
  return JSON.parse(settings) as SlackSettings;
}

describe('where messages go', () => {
  const url = { url: { secret: 'a/slack/0' } };
  const bearer = (secret: string): object => ({ authorization: { type: 'Bearer', credentials: { secret } } });
  test.each<[object, object, object?]>([
    [{ api_url: HOOK }, url],
    [{ api_url_file: '/f' }, url],
    [{}, { url: { secret: 'global/slack' } }, { slack_api_url: HOOK }],
    [{}, { url: { secret: 'global/slack' } }, { slack_api_url_file: '/f' }],
    [{ api_url: HOOK }, url, { slack_api_url: 'https://other.example.com' }],
    // A token goes to Slack's API, whose URL is no secret.
    [{ app_token: SECRET }, { url: { value: API }, ...bearer('a/slack/0/token') }],
    [{ app_token_file: '/f' }, { url: { value: API }, ...bearer('a/slack/0/token') }],
    [{ app_token: SECRET, app_url: 'https://x.example.com' }, { url: { secret: 'a/slack/0/url' }, ...bearer('a/slack/0/token') }],
    [{ app_token: SECRET }, { url: { secret: 'global/slack/url' }, ...bearer('a/slack/0/token') }, { slack_app_url: 'https://x.example.com' }],
    [{ app_token: SECRET }, { url: { value: API }, ...bearer('a/slack/0/token') }, { slack_api_url: HOOK }],
    [{}, { url: { value: API }, ...bearer('global/slack/token') }, { slack_app_token: SECRET }],
    // A token in global comes before a file with a URL, but not before a URL.
    [{ api_url_file: '/f' }, { url: { value: API }, ...bearer('global/slack/token') }, { slack_app_token: SECRET }],
    [{ api_url: HOOK }, url, { slack_app_token: SECRET }],
    // The way before there were tokens.
    [{ api_url: API, http_config: { authorization: { credentials: SECRET } } }, { url: { value: API }, ...bearer('a/slack/0/credentials') }],
    [{ http_config: { authorization: { credentials: SECRET } } }, { url: { value: API }, ...bearer('a/slack/0/credentials') }, { slack_app_token: SECRET, slack_api_url: API }],
    [{}, { url: { value: API }, ...bearer('global/credentials') }, { slack_api_url: API, http_config: { bearer_token: SECRET } }],
    [{ api_url: HOOK, timeout: '5s' }, { ...url, timeoutMs: 5000 }],
    [{ api_url: HOOK, http_config: { http_headers: { 'X-A': { values: ['1'] } } } }, { ...url, headers: [{ name: 'X-A', value: { value: '1' } }] }],
  ])('%j is %j', (...[entry, settings, global = {}]) => {
    const { message, ...rest } = settingsOf(chat(entry, global));
    expect(message.channel).toBe('#c');
    expect(rest).toEqual(settings);
    const { definition, findings } = translateText(chat(entry, global));
    expect(definition + JSON.stringify(findings)).not.toContain(SECRET);
  });
});

test('texts without actions stand in the head, and others in sections; defaults are called by name, but for the color', () => {
  const { message } = settingsOf(chat({ api_url: HOOK, title: 'static {{"{{"}}', footer: '', short_fields: true, fields: [{ title: 't', value: '{{ .Status }}' }] }));
  expect(message).toMatchObject({
    channel: '#c',
    username: 0,
    icon_emoji: 1,
    icon_url: 2,
    attachment: { color: 3, title: 4, title_link: 5, callback_id: 6, footer: '', fallback: 7, pretext: 8, fields: [{ title: 't', value: 9, short: true }], text: 10, mrkdwn_in: ['fallback', 'pretext', 'text'] },
  });
  const translation = translateText(chat({ api_url: HOOK }));
  const { templates } = unpackDefinition(translation.definition);
  const text = templates['cdk-amp-pagerduty.tmpl'];
  for (const name of ['username', 'title', 'titlelink', 'iconemoji', 'iconurl', 'pretext', 'text', 'fallback', 'callbackid', 'footer']) {
    expect(text).toContain(`{{ template "slack.default.${name}" . }}`);
  }
  expect(text).not.toContain('slack.default.color');
  expect(text).toContain('{{ if eq .Status "firing" }}danger{{ else }}good{{ end }}');
});

test('sends resolved alerts only if asked to, and comes behind the pages of its receiver', () => {
  const text = configWith({
    name: 'a',
    slack_configs: [{ api_url: HOOK }, { api_url: HOOK, send_resolved: true }],
    pagerduty_configs: [{ routing_key: '0'.repeat(32) }],
    webhook_configs: [{ url: 'https://hooks.example.com' }],
    sns_configs: [{ topic_arn: 'arn:aws:sns:eu-west-1:123456789012:own' }],
  });
  const configs = configOf(translateText(text)).receivers[0].sns_configs ?? [];
  expect(configs.map(({ send_resolved: resolved, attributes = {} }) => [resolved, attributes.transport ?? (attributes.routing_key_name ? 'page' : 'own')])).toEqual([
    [true, 'page'], [true, 'webhook'], [false, 'slack'], [true, 'slack'], [true, 'own'],
  ]);
});

test('a receiver named like the parts of a template name gets templates of its own', () => {
  const text = configWith(
    { name: 'a', slack_configs: [{ api_url: HOOK, title: 'one {{ .Status }}' }, { api_url: HOOK, title: 'two {{ .Status }}' }] },
    { name: 'a.0', slack_configs: [{ api_url: HOOK, title: 'three {{ .Status }}' }], pagerduty_configs: [{ routing_key: '0'.repeat(32) }] });
  const translation = translateText(text);
  const titles = configOf(translation).receivers.flatMap(({ sns_configs: configs = [] }) => configs.map(({ message }) => /(one|two|three) /.exec(withCalls(message, translation))?.[1]));
  expect(titles).toEqual(['one', 'two', undefined, 'three']);
});

test('the command for secrets knows the values', () => {
  const text = configWith(
    { name: 'a', slack_configs: [{ api_url: HOOK }, { app_token: SECRET }] }, { name: 'b', slack_configs: [{ api_url_file: '/f' }, {}, {}] });
  const secrets = AlertManagerConfig.fromString(JSON.stringify({ ...parse(text), global: { slack_api_url: 'https://global.example.com/x' } }))._secrets(false);
  expect(secrets.map(({ name, value, file }) => [name, value ?? file])).toEqual([
    ['a/slack/0', HOOK], ['a/slack/1/token', SECRET], ['b/slack/0', '/f'], ['global/slack', 'https://global.example.com/x'],
  ]);
});

describe('findings', () => {
  test.each<[object, string[], object?]>([
    [{ api_url: HOOK }, []],
    [{ api_url: 'http://mattermost:8065/hooks/x' }, [`warning address-refused ${PLACE}.api_url`]],
    [{}, ['warning address-refused global.slack_api_url'], { slack_api_url: 'http://10.0.0.1/x' }],
    [{ api_url: '<secret>' }, [`error secret-redacted ${PLACE}.api_url`]],
    [{ api_url: 'https://hooks.slack.com/services/${TOKEN}' }, [`warning secret-implausible ${PLACE}.api_url`]],
    // Alertmanager renders no URL of Slack.
    [{ api_url: 'https://hooks.slack.com/services/{{ .CommonLabels.hook }}' }, [`warning secret-implausible ${PLACE}.api_url`]],
    [{ app_token: '${BOT}' }, [`warning secret-implausible ${PLACE}.app_token`]],
    [{ app_token: 'xoxb-0-0-a' }, []],
    [{}, ['warning secret-implausible global.slack_app_token'], { slack_app_token: '{{ slack_token }}' }],
    [{ api_url_file: '/f' }, [`warning secret-file ${PLACE}.api_url_file`]],
    [{}, ['warning secret-file global.slack_app_token_file'], { slack_app_token_file: '/f' }],
    [{ api_url: HOOK, http_config: { proxy_url: 'http://proxy' } }, [`warning request-http-config ${PLACE}.http_config.proxy_url`]],
    [{ api_url: HOOK, timeout: '31s' }, [`warning request-timeout-capped ${PLACE}.timeout`]],
    [{ api_url: API, update_message: true, http_config: { bearer_token: 'x' } }, [`warning slack-field-dropped ${PLACE}.update_message`]],
    [{ app_token: 'x', post_updates_to_thread: true }, [`warning slack-field-dropped ${PLACE}.post_updates_to_thread`]],
    [{ app_token: 'x', update_message: false }, []],
    [{ api_url_file: '/f' }, [`warning slack-field-dropped ${PLACE}.api_url_file`], { slack_app_token: 'x' }],
    [{ app_token: 'x', channel: '' }, [`warning slack-channel-missing ${PLACE}`]],
    [{ api_url: HOOK, channel: '' }, []],
    [{ api_url: HOOK, title: '{{ define "slack.default.title" }}x{{ end }}' }, [`error field-redefines-template ${PLACE}`]],
    [{ api_url: HOOK, title: '{{ define "x" }}x{{ end }}', text: '{{ template "x" }}' }, [`error template-undefined ${PLACE}.text`]],
    [{ api_url: HOOK, text: '{{ now }}' }, [`error template-function-unavailable ${PLACE}.text`]],
  ])('%j: %j', (...[entry, findings, global = {}]) => {
    expect(told(translateText(chat(entry, global)))).toEqual(findings);
  });

  test('addresses that are allowed need none', () => {
    const request = { notifyPermissions: Object.values(AddressPermission) };
    expect(told(translateText(chat({ api_url: 'http://mattermost:8065/hooks/x' }), request))).toEqual([]);
  });

  test('what entries inherit is reported once', () => {
    const text = JSON.stringify({
      ...JSON.parse(configWith({ name: 'a', slack_configs: [{ channel: 'x' }, { channel: 'y' }] }, { name: 'b', slack_configs: [{ channel: 'z' }] })) as object,
      global: { slack_api_url_file: '/f', http_config: { proxy_url: 'http://proxy' } },
    });
    expect(told(translateText(text))).toEqual(['warning secret-file global.slack_api_url_file', 'warning request-http-config global.http_config.proxy_url']);
  });

  test('a receiver that is named like a secret of Slack is an error', () => {
    const text = configWith({ name: 'a', slack_configs: [{ api_url: HOOK }] }, { name: 'a/slack/0', pagerduty_configs: [{ routing_key: '0'.repeat(32) }] });
    expect(told(translateText(text))).toEqual([`error secret-name-taken ${PLACE}.api_url`]);
  });
});

describe('an entry with a template that Alertmanager loads and cannot parse', () => {
  const chatWith = (fields: object, more: object[] = []): string => configWith(
    { name: 'a', slack_configs: [{ api_url: HOOK, ...fields }, ...more], pagerduty_configs: [{ routing_key: '0'.repeat(32) }] });

  test.each([
    [{ text: '{{ $labels.x }}' }, 'text'], [{ title: '{{ nope .Status }}' }, 'title'], [{ fields: [{ title: 't', value: '{{ if }}' }] }, 'fields[0].value'],
  ])('%j is left out with a warning, and does not keep the page from moving', (fields, field) => {
    const translation = translateText(chatWith(fields, [{ api_url: `${HOOK}/second` }]));
    expect(told(translation)).toEqual([`warning entry-never-sent ${PLACE}.${field}`]);
    const configs = configOf(translation).receivers[0].sns_configs ?? [];
    // The entry behind it keeps the name of its secret.
    expect(configs.map(({ message }) => /"secret":"(a\/slack\/\d)"/.exec(message)?.[1])).toEqual([undefined, 'a/slack/1']);
  });

  test('is an error where it pages, and where the template only fails on AMP', () => {
    const page = configWith({ name: 'a', pagerduty_configs: [{ routing_key: '0'.repeat(32), description: '{{ $labels.x }}' }] });
    expect(told(translateText(page))).toEqual(['error template-syntax receivers[0].pagerduty_configs[0].description']);
    expect(told(translateText(chatWith({ text: '{{ now }}' })))).toEqual([`error template-function-unavailable ${PLACE}.text`]);
  });
});
