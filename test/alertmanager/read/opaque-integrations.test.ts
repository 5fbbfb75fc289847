import { amtoolVerdicts } from './amtool';
import { UnsupportedReceivers } from '../../../src/alertmanager/options';
import { readConfig } from '../../../src/alertmanager/read/read-config';

const OTHERS = [
  'discord_configs', 'incidentio_configs', 'jira_configs', 'mattermost_configs', 'msteams_configs', 'msteamsv2_configs', 'opsgenie_configs',
  'pushover_configs', 'rocketchat_configs', 'telegram_configs', 'victorops_configs', 'webex_configs', 'wechat_configs',
];

/** Values that a strict decoder refuses, each for another reason. */
const CONTENTS = ['[{unknown: 1}]', '[{}]', '[null]', '[text]', '[{http_config: {basic_auth: 1}}]', '[{a: 1, a: 2}]', '[{key: !!int x}]', '{}', 'text', '[&a {b: *a}]'];

function read(receiver: string, choice?: UnsupportedReceivers, global = '{}'): ReturnType<typeof readConfig> {
  return readConfig(`global: ${global}\nroute: {receiver: r}\nreceivers:\n- name: r\n  pagerduty_configs: [{routing_key: k}]\n  ${receiver}\n`, 'f', choice);
}

describe.each([UnsupportedReceivers.ERROR, UnsupportedReceivers.WARN])('an integration that is not translated, with %s', (choice) => {
  test.each([...OTHERS, 'kafka_configs', 'slackbot_next_configs'])('%s can contain anything, and its presence is noted', (name) => {
    for (const content of CONTENTS) {
      const { config, findings } = read(`${name}: ${content}`, choice);
      expect(findings).toEqual([]);
      expect(config?.receivers[0].others).toEqual([name]);
    }
  });

  test.each(['[]', 'null', '', '~'])('is not there when its list is %j', (content) => {
    expect(read(`kafka_configs: ${content}`, choice).config?.receivers[0].others).toEqual([]);
  });

  test('can come through an alias or a merge key', () => {
    expect(read('<<: {kafka_configs: [{a: b}]}', choice).config?.receivers[0].others).toEqual(['kafka_configs']);
    const { config, findings } = readConfig('route: {receiver: r}\nreceivers: [{name: r, jira_configs: &j [{a: b}]}, {name: s, jira_configs: *j}]', 'f', choice);
    expect(findings).toEqual([]);
    expect(config?.receivers.map(({ others }) => others)).toEqual([['jira_configs'], ['jira_configs']]);
  });

  test('can have defaults in global, with any value', () => {
    const { findings } = read('labels: {}', choice, '{opsgenie_api_url: 1, victorops_api_key: [x], telegram_anything: {}, jira_api_url: nowhere}');
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
    const { findings } = read(receiver, choice);
    expect(findings.map((finding) => [finding.code, finding.fix?.slice(0, fix.length)])).toEqual([['config-unknown-field', fix]]);
  });

  test('is told from a misspelled field of global', () => {
    expect(read('labels: {}', choice, '{opsgeni_api_url: x}').findings.map(({ code }) => code)).toEqual(['config-unknown-field']);
  });

  test('does not spare PagerDuty and SNS', () => {
    expect(read('sns_configs: [{unknown: 1}]', choice).findings.map(({ code }) => code)).toEqual(['config-missing-field', 'config-unknown-field']);
    expect(readConfig('route: {receiver: r}\nreceivers: [{name: r, pagerduty_configs: [{unknown: 1}]}]', 'f', choice).findings).toHaveLength(2);
  });
});

describe('email', () => {
  test.each(['email_configs: [{to: a}]', 'email_configs: text'])('is checked whatever is left out: %s', (receiver) => {
    for (const each of [undefined, UnsupportedReceivers.WARN]) expect(read(receiver, each).findings.length).toBeGreaterThan(0);
  });

  test.each(['{smtp_smarthost: x}', '{smtp_require_tls: maybe}', '{smtp_auth_password: a, smtp_auth_password_file: b}'])('and so are its defaults: %s', (global) => {
    for (const each of [UnsupportedReceivers.ERROR, UnsupportedReceivers.WARN]) expect(read('labels: {}', each, global).findings.length).toBeGreaterThan(0);
  });
});

describe('Slack', () => {
  const WRONG = ['slack_configs: [{api_url: x}]', 'slack_configs: [{some_new_field: true}]'];
  const WRONG_GLOBALS = ['{slack_api_url: x}', '{slack_app_token: a, slack_app_token_file: b}'];

  test.each(WRONG)('are checked unless they are left out: %s', (receiver) => {
    expect(read(receiver).findings.length).toBeGreaterThan(0);
    const { config, findings } = read(receiver, UnsupportedReceivers.WARN);
    expect(findings).toEqual([]);
    expect(config?.receivers[0].others).toEqual([receiver.slice(0, receiver.indexOf(':'))]);
  });

  test.each(WRONG_GLOBALS)('and so are their defaults: %s', (global) => {
    expect(read('labels: {}', UnsupportedReceivers.ERROR, global).findings.length).toBeGreaterThan(0);
    expect(read('labels: {}', UnsupportedReceivers.WARN, global).findings).toEqual([]);
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
