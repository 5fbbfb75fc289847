import { amtoolVerdicts } from './amtool';
import { readConfig } from '../../../src/alertmanager/read/read-config';

const OTHERS = [
  'discord_configs', 'incidentio_configs', 'jira_configs', 'mattermost_configs', 'msteams_configs', 'msteamsv2_configs', 'opsgenie_configs',
  'pushover_configs', 'rocketchat_configs', 'telegram_configs', 'victorops_configs', 'webex_configs', 'wechat_configs',
];

/** Values that a strict decoder refuses, each for another reason. */
const CONTENTS = ['[{unknown: 1}]', '[{}]', '[null]', '[text]', '[{http_config: {basic_auth: 1}}]', '[{a: 1, a: 2}]', '[{key: !!int x}]', '{}', 'text', '[&a {b: *a}]'];

function read(receiver: string, global = '{}'): ReturnType<typeof readConfig> {
  return readConfig(`global: ${global}\nroute: {receiver: r}\nreceivers:\n- name: r\n  pagerduty_configs: [{routing_key: k}]\n  ${receiver}\n`, 'f');
}

describe('an integration that is not translated', () => {
  test.each([...OTHERS, 'kafka_configs', 'slackbot_next_configs'])('%s can contain anything, and its presence is noted', (name) => {
    for (const content of CONTENTS) {
      const { config, findings } = read(`${name}: ${content}`);
      expect(findings).toEqual([]);
      expect(config?.receivers[0].others).toEqual([name]);
    }
  });

  test.each(['[]', 'null', '', '~'])('is not there when its list is %j', (content) => {
    expect(read(`kafka_configs: ${content}`).config?.receivers[0].others).toEqual([]);
  });

  test('can come through an alias or a merge key', () => {
    expect(read('<<: {kafka_configs: [{a: b}]}').config?.receivers[0].others).toEqual(['kafka_configs']);
    const { config, findings } = readConfig('route: {receiver: r}\nreceivers: [{name: r, jira_configs: &j [{a: b}]}, {name: s, jira_configs: *j}]', 'f');
    expect(findings).toEqual([]);
    expect(config?.receivers.map(({ others }) => others)).toEqual([['jira_configs'], ['jira_configs']]);
  });

  test('can have defaults in global, with any value', () => {
    const { findings } = read('labels: {}', '{opsgenie_api_url: 1, victorops_api_key: [x], telegram_anything: {}, jira_api_url: nowhere}');
    expect(findings.map(({ code }) => code)).toEqual([]);
  });

  test.each([
    ['pagerdty_configs: [{routing_key: k}]', 'did you mean "pagerduty_configs"?'],
    ['pager_duty_configs: [{routing_key: k}]', 'did you mean "pagerduty_configs"?'],
    ['SNS_configs: [{topic_arn: x}]', 'did you mean "sns_configs"?'],
    ['pagerduty_config: {}', 'did you mean "pagerduty_configs"?'],
    ['kafka_config: []', 'remove it; known fields are name'],
    ['configs: []', 'remove it; known fields are name'],
  ])('is told from a misspelled field: %s', (receiver, fix) => {
    const { findings } = read(receiver);
    expect(findings.map((finding) => [finding.code, finding.fix?.slice(0, fix.length)])).toEqual([['config-unknown-field', fix]]);
  });

  test('is told from a misspelled field of global', () => {
    expect(read('labels: {}', '{opsgeni_api_url: x}').findings.map(({ code }) => code)).toEqual(['config-unknown-field']);
  });

  test('does not spare PagerDuty and SNS', () => {
    expect(read('sns_configs: [{unknown: 1}]').findings.map(({ code }) => code)).toEqual(['config-missing-field', 'config-unknown-field']);
    expect(readConfig('route: {receiver: r}\nreceivers: [{name: r, pagerduty_configs: [{unknown: 1}]}]', 'f').findings).toHaveLength(2);
  });
});

describe('email', () => {
  test.each(['email_configs: [{to: a}]', 'email_configs: text'])('is checked: %s', (receiver) => {
    expect(read(receiver).findings.length).toBeGreaterThan(0);
  });

  test.each(['{smtp_smarthost: x}', '{smtp_require_tls: maybe}', '{smtp_auth_password: a, smtp_auth_password_file: b}'])('and so are its defaults: %s', (global) => {
    expect(read('labels: {}', global).findings.length).toBeGreaterThan(0);
  });
});

describe('Slack', () => {
  test.each(['slack_configs: [{api_url: x}]', 'slack_configs: [{some_new_field: true}]'])('is checked: %s', (receiver) => {
    expect(read(receiver).findings.length).toBeGreaterThan(0);
  });

  test.each(['{slack_api_url: x}', '{slack_app_token: a, slack_app_token_file: b}', '{slack_app_token: a, slack_api_url: "https://x"}'])('and so are its defaults: %s', (global) => {
    expect(read('labels: {}', global).findings.length).toBeGreaterThan(0);
  });

  test.each<[string, string, string[]]>([
    ['{slack_app_token: t}', '{}', []],
    ['{slack_app_token: t, slack_app_url: ~}', '{}', ['config-missing-field']],
    ['{slack_app_token: t, slack_app_url: ~}', '{app_url: "https://slack.com/api/chat.postMessage"}', []],
    // A token is sent as authorization, so there must be no other.
    ['{http_config: {bearer_token: b}}', '{app_token: t}', ['config-conflicting-fields']],
    ['{}', '{app_token: t, http_config: {authorization: {credentials: c}}}', ['config-conflicting-fields']],
    ['{http_config: {bearer_token: b}}', '{app_token: t, http_config: {}}', []],
    ['{slack_app_token: t}', '{http_config: {authorization: {credentials: c}}}', ['config-missing-field']],
    ['{slack_app_token: t, http_config: {authorization: {credentials: c}}}', '{}', ['config-conflicting-fields']],
    ['{slack_app_token: t, http_config: {authorization: {credentials: c}}}', '{api_url: "https://x"}', []],
    // Updates need a token, wherever the URL comes from.
    ['{slack_app_token: t}', '{update_message: true}', []],
    ['{slack_app_token: t, slack_app_url: "https://x"}', '{update_message: true}', ['config-invalid-value']],
    ['{slack_api_url: "https://x"}', '{post_updates_to_thread: true}', ['config-invalid-value']],
    ['{slack_api_url: "https://slack.com/api/chat.postMessage"}', '{post_updates_to_thread: true}', []],
  ])('%s and an entry %s', (global, entry, codes) => {
    expect(read(`slack_configs: [${entry}]`, global).findings.map(({ code }) => code)).toEqual(codes);
  });

  test.each(['update_message', 'post_updates_to_thread'])('%s is for bot tokens', (option) => {
    const codesOf = (fields: string): string[] => read(`slack_configs: [{${option}: true, ${fields}}]`).findings.map(({ code }) => code);
    expect(codesOf('api_url: "https://slack.com/api/chat.postMessage"')).toEqual([]);
    expect(codesOf('app_token: x')).toEqual([]);
    expect(codesOf('api_url: "https://hooks.slack.com/x"')).toEqual(['config-invalid-value']);
    expect(codesOf('api_url_file: x')).toEqual(['config-invalid-value']);
    expect(read('slack_configs: [{api_url_file: x}]').findings).toEqual([]);
  });
});

describe('the sections tracing and event_recorder', () => {
  test.each(CONTENTS)('can contain %s', (content) => {
    const { config, findings } = readConfig(`route: {receiver: r}\nreceivers: [{name: r}]\ntracing: ${content}\nevent_recorder: ${content}\n`, 'f');
    expect(config).toBeDefined();
    expect(findings.filter(({ code }) => code !== 'config-section-dropped')).toEqual([]);
  });

  test('are each reported as dropped, with a subject of their own', () => {
    const { findings } = readConfig('route: {receiver: r}\nreceivers: [{name: r}]\ntracing: {endpoint: x}\nevent_recorder: {a: 1}\n', 'f');
    expect(findings).toMatchObject([
      { code: 'config-section-dropped', severity: 'warning', subject: 'tracing', position: { line: 3 } },
      { code: 'config-section-dropped', severity: 'warning', subject: 'event_recorder', position: { line: 4 } },
    ]);
  });

  test('are not reported when the file has neither', () => {
    expect(readConfig('route: {receiver: r}\nreceivers: [{name: r}]\n', 'f').findings).toEqual([]);
  });
});

test('what amtool refuses in an integration that it knows is not repeated here', () => {
  const text = 'route: {receiver: r}\nreceivers: [{name: r, webex_configs: [{}]}]';
  expect(amtoolVerdicts([text])).toEqual([false]);
  expect(readConfig(text, 'f').findings).toEqual([]);
});
