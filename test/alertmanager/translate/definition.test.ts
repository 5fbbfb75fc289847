import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Stack, Token } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import { parse } from 'yaml';
import { configOf, configWith, FIXTURES, headsOf, REQUEST, told, translateText, withCalls } from './support';
import { decodeMessage } from '../../../lambda/receive/decode/decode-message';
import { AlertManagerConfig } from '../../../src/alertmanager/alert-manager-config';
import { DetailsFormat, Incidents, UnsupportedReceivers } from '../../../src/alertmanager/options';
import { readConfig } from '../../../src/alertmanager/read/read-config';
import { everyRoute, planRoutes } from '../../../src/alertmanager/routes/route-plan';
import type { Translation } from '../../../src/alertmanager/translate/translation';
import { MAX_SECTION_LINE_CHARACTERS } from '../../../src/contract/message';
import { amtoolComplaint, unpackDefinition } from '../../message/support/alertmanager';

const everything = (request = {}): Translation => AlertManagerConfig.fromFile(join(FIXTURES, 'everything.yml'))._translate({ ...REQUEST, ...request });

const ALL_WAYS = Object.values(Incidents).flatMap((incidents) => Object.values(DetailsFormat).map((detailsFormat) => ({ incidents, detailsFormat })));

describe('the definition of a configuration with every feature', () => {
  test.each(ALL_WAYS)('is accepted by amtool, the same twice, and without a complaint: %j', (request) => {
    const translation = everything(request);
    expect(told(translation)).toEqual([]);
    expect(amtoolComplaint(unpackDefinition(translation.definition))).toBeUndefined();
    expect(everything(request)).toEqual(translation);
  });

  test('holds the template file as it is, and one with the messages', () => {
    const { templates, config } = unpackDefinition(everything().definition);
    expect(Object.keys(templates)).toEqual(['own.tmpl', 'cdk-amp-pagerduty.tmpl']);
    expect(templates['own.tmpl']).toBe(readFileSync(join(FIXTURES, 'own.tmpl'), 'utf8'));
    expect(parse(config).templates).toEqual(Object.keys(templates));
  });

  test('holds the route tree with matchers in one syntax and a receiver per route key', () => {
    const config = configOf(everything());
    expect(config.route).toEqual({
      receiver: expect.stringMatching(/^on-call__route_[0-9a-f]{12}$/),
      group_by: ['alertname', 'cluster'],
      group_wait: '45s',
      group_interval: '3m',
      repeat_interval: '12h',
      routes: [
        { receiver: 'nowhere', matchers: ['severity="info"'] },
        {
          receiver: expect.stringMatching(/^data__route_[0-9a-f]{12}$/),
          continue: true,
          matchers: ['env!~"dev|test"', 'service=~"^(?:db|cache.*)$"', 'team="data \\"base\\""'],
          mute_time_intervals: ['nights'],
          routes: [{ receiver: expect.stringMatching(/^data__route_[0-9a-f]{12}$/), group_by: ['...'], matchers: ['region="eu"'], active_time_intervals: ['weekdays'] }],
        },
        { receiver: expect.stringMatching(/^on-call__route_[0-9a-f]{12}$/), matchers: ['team!=""'] },
      ],
    });
    expect(config.receivers.map(({ name, sns_configs: configs }) => [name.replace(/_[0-9a-f]{12}$/, ''), configs?.length])).toEqual([
      ['nowhere', undefined], ['on-call__route', 1], ['on-call__route', 1], ['data__route', 2], ['data__route', 2], ['unused', undefined],
    ]);
  });

  test('holds inhibition rules and time intervals, and of the global section only what concerns alerts', () => {
    const { global, inhibit_rules: rules, time_intervals: intervals, ...rest } = configOf(everything());
    expect(Object.keys(rest)).toEqual(['templates', 'route', 'receivers']);
    expect(global).toEqual({ resolve_timeout: '10m' });
    expect(rules).toEqual([
      { source_matchers: ['severity="critical"'], target_matchers: ['severity=~"^(?:warning|info)$"'], equal: ['alertname', 'cluster'] },
      { source_matchers: ['alertname="Down"'], target_matchers: ['alertname!="Down"'] },
    ]);
    expect(intervals).toEqual([
      { name: 'weekdays', time_intervals: [{ weekdays: ['monday:friday'], days_of_month: ['1:-1'], months: ['january:june', '12'], years: ['2020:2099'] }] },
      { name: 'nights', time_intervals: [{ times: [{ start_time: '22:00', end_time: '24:00' }], location: 'Europe/Berlin' }] },
    ]);
  });

  test('tells every copy of a receiver its route key and its suffix', () => {
    const translation = everything();
    const [first, copy] = configOf(translation).receivers.map(({ name }) => name).filter((name) => name.startsWith('data__'));
    const key = '{}/{env!~"dev|test",service=~"^(?:db|cache.*)$",team="data \\"base\\""}';
    expect(headsOf(translation, first)).toMatchObject([
      { receiver: 'data', receiverSuffix: first.slice('data'.length), routeKey: key, routingKey: 'data' }, { endpoint: 'eu', routingKey: 'on-call' },
    ]);
    expect(headsOf(translation, copy)).toMatchObject([{ receiver: 'data', receiverSuffix: copy.slice('data'.length), routeKey: `${key}/{region="eu"}` }, {}]);
  });

  test('always says where to send, whether to send resolved alerts, and what it is about', () => {
    const [plain] = configOf(everything()).receivers[1].sns_configs ?? [];
    expect(plain).toMatchObject({
      send_resolved: true,
      topic_arn: REQUEST.topicArn,
      sigv4: { region: REQUEST.region },
      attributes: { status: '{{ .Status }}', receiver: 'on-call', severity: 'error', routing_key_name: 'on-call' },
    });
    const translation = everything();
    const [templated] = configOf(translation).receivers[3].sns_configs ?? [];
    expect(templated.send_resolved).toBe(false);
    expect(withCalls(templated.attributes.severity, translation)).toBe('{{ with .CommonLabels.severity | toLower }}{{ . }}{{ else }}unknown{{ end }}');
  });
});

test('text details keep what stands in the file, structured details their type', () => {
  const message = (detailsFormat: DetailsFormat): string => {
    const translation = everything({ detailsFormat });
    return withCalls(configOf(translation).receivers[3].sns_configs?.[0].message ?? '', translation);
  };
  expect(message(DetailsFormat.TEXT)).toContain(' text ["details","count"]\n0x10\n');
  expect(message(DetailsFormat.TEXT)).toContain(' text ["details","empty"]\n\n');
  expect(message(DetailsFormat.STRUCTURED)).toContain(' json ["details","count"]\n16\n');
  expect(message(DetailsFormat.STRUCTURED)).toContain(' json ["details","empty"]\nnull\n');
  for (const format of Object.values(DetailsFormat)) {
    expect(message(format)).toContain(' json ["details","nested","list",0]\n1\n');
    expect(message(format)).toContain(' text ["details","nested","list",3]\n{{ .Status }}\n');
    expect(message(format)).toContain(' json ["details","nested","map"]\n{}\n');
    expect(message(format)).not.toContain('"pagerduty.default.instances" .Alerts.Firing');
  }
});

describe('one incident per alert', () => {
  test('groups every route that pages by all labels, and no other route differently, with the same route keys', () => {
    const text = JSON.stringify({
      route: {
        receiver: 'page',
        routes: [
          { receiver: 'quiet', matchers: ['a="1"'], routes: [{ receiver: 'page', group_by: ['x'], matchers: ['b="1"'], routes: [{ matchers: ['c="1"'] }] }] },
          { group_by: ['y'], matchers: ['a="2"'], routes: [{ receiver: 'quiet', matchers: ['b="2"'] }] },
          { receiver: 'quiet', group_by: ['...'], matchers: ['a="3"'] },
        ],
      },
      receivers: [{ name: 'page', pagerduty_configs: [{ routing_key: 'k' }] }, { name: 'quiet' }],
    });
    const before = plan(text);
    const after = plan(unpackDefinition(translateText(text, { incidents: Incidents.PER_ALERT }).definition).config);
    expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key));
    expect(after.map(({ grouping }) => grouping)).toEqual(['all', ['__ungrouped__'], 'all', 'all', 'all', ['y'], 'all']);
    expect(plan(unpackDefinition(translateText(text).definition).config).map(({ grouping }) => grouping))
      .toEqual(before.map(({ grouping }) => grouping));
  });

  function plan(text: string): ReturnType<typeof everyRoute> {
    const { config } = readConfig(text, 'x');
    return config ? everyRoute(planRoutes(config.route)) : [];
  }
});

describe('receivers of other types', () => {
  const text = configWith({ name: 'all', opsgenie_configs: [{ api_key: 'x' }, {}], pagerduty_configs: [{ routing_key: 'k'.repeat(32) }], wechat_configs: [{}] },
    { name: 'other', opsgenie_configs: [{}] });

  test('are one error that names them all', () => {
    const translation = translateText(text);
    expect(told(translation)).toEqual(['error integration-unsupported receivers[0].opsgenie_configs']);
    const [{ position, message }] = translation.findings;
    expect(message).toMatch(/^opsgenie_configs of receivers "all" and "other" and wechat_configs of receiver "all" cannot be translated; only /);
    expect(position).toMatchObject({ file: 'alertmanager.yml', line: 1 });
    expect(position?.column).toBeGreaterThan(1);
  });

  test('are left out on demand, with a warning for each list; the receiver stays', () => {
    const translation = translateText(text, {}, { unsupportedReceivers: UnsupportedReceivers.WARN });
    expect(told(translation).every((line) => line.startsWith('warning integration-dropped'))).toBe(true);
    expect(translation.findings).toHaveLength(3);
    expect(Object.keys(configOf(translation).receivers[0])).toEqual(['name', 'sns_configs']);
  });
});

describe('settings that no longer apply', () => {
  test.each([
    ['warning timeout-dropped receivers[0].pagerduty_configs[0].timeout', { timeout: '10s' }],
    ['warning http-config-dropped receivers[0].pagerduty_configs[0].http_config', { http_config: { proxy_url: 'http://proxy' } }],
    ['error details-key-templated receivers[0].pagerduty_configs[0].details.a["{{ .Status }}"]', { details: { a: { '{{ .Status }}': 'x' } } }],
    ['error field-redefines-template receivers[0].pagerduty_configs[0]', { class: '{{ define "a" }}1{{ end }}', group: '{{- block `a` . }}2{{ end }}' }],
    ['error field-redefines-template receivers[0].pagerduty_configs[0]', { class: '{{ define "pagerduty.default.client" }}1{{ end }}' }],
    ['error field-redefines-template receivers[0].pagerduty_configs[0]', { class: '{{ define "a" }}1{{ end }}', group: '{{ define "\\x61" }}2{{ end }}' }],
  ])('%s', (finding, config) => {
    expect(told(translateText(configWith({ name: 'a', pagerduty_configs: [{ routing_key: 'k', ...config }] })))).toEqual([finding]);
  });

  test.each([
    { http_config: { follow_redirects: false } }, { details: { '{{ .Status }}': 'x' } }, { class: '{{ define "a" }}1{{ end }}{{ template "a" }}' },
    { class: '{{ define "a" }}1{{ end }}', group: '{{/* {{ define "a" }} */}}' },
  ])('nothing is said of %j', (config) => {
    expect(told(translateText(configWith({ name: 'a', pagerduty_configs: [{ routing_key: 'k', ...config }] })))).toEqual([]);
  });

  test('http_config of the global section concerns entries without their own', () => {
    const text = (own: object): string => JSON.stringify({
      ...JSON.parse(configWith({ name: 'a', pagerduty_configs: [{ routing_key: 'k', ...own }] })), global: { http_config: { proxy_url: 'http://proxy' } },
    });
    expect(told(translateText(text({})))).toEqual(['warning http-config-dropped global.http_config']);
    expect(told(translateText(text({ http_config: {} })))).toEqual([]);
  });
});

describe('the keys of details', () => {
  // ["details","…"] behind the kind of the section and a space.
  const room = MAX_SECTION_LINE_CHARACTERS - 'text ["details",""]'.length;

  test.each([[room - 1, false], [room, false], [room + 1, true]])('of %i characters are too long for a message: %s', (length, tooLong) => {
    const translation = translateText(configWith({ name: 'a', pagerduty_configs: [{ routing_key: 'k', details: { ['x'.repeat(length)]: 'found' } }] }));
    expect(told(translation)).toEqual(tooLong ? ['error details-key-too-long receivers[0].pagerduty_configs[0].details'] : []);
    const message = withCalls(configOf(translation).receivers[0].sns_configs?.[0].message ?? '', translation).replace(/ \{.*\}$/m, ` ${HEAD}`);
    const decoding = decodeMessage(message);
    expect(decoding.decoded && decoding.message.sections.some(({ value }) => value === 'found')).toBe(!tooLong);
  });

  test('count all together, as they are written', () => {
    const details = (length: number): object => ({ ['"'.repeat(length)]: { ['y'.repeat(2000)]: ['{{ .Status }}'] } });
    const written = 'text ["details","","",0]'.length + 2000;
    const most = Math.floor((MAX_SECTION_LINE_CHARACTERS - written) / 2);
    for (const [length, findings] of [[most, 0], [most + 1, 1]]) {
      expect(translateText(configWith({ name: 'a', pagerduty_configs: [{ routing_key: 'k', details: details(length) }] })).findings).toHaveLength(findings);
    }
  });
});

const HEAD = '{"status":"firing","receiver":"a","routeKey":"{}","routingKey":"a","firing":1,"resolved":0,"groupLabels":[]}';

describe('the size of a definition', () => {
  // Of a description without a character, its line would have no indentation.
  const base = Buffer.byteLength(sized(1).definition) - 1;
  const escaped = Buffer.byteLength(JSON.stringify(sized(1).definition)) - 1;

  function sized(characters: number): Translation {
    return translateText(configWith({ name: 'a', pagerduty_configs: [{ routing_key: 'k', class: 'x', description: 'x'.repeat(characters) }] }));
  }

  test.each([
    [800_000 - escaped, []],
    [800_001 - escaped, ['warning definition-large']],
    [1_000_000 - escaped, ['warning definition-large']],
    [1_000_001 - escaped, ['error definition-too-large']],
    [1_000_001 - base, ['error definition-too-large']],
  ])('%i characters more', (characters, findings) => {
    expect(told(sized(characters))).toEqual(findings);
  });
});

test('a dynamic reference of CloudFormation in a comment is an error', () => {
  const text = configWith({ name: 'a', pagerduty_configs: [{ routing_key: 'k', class: '{{/* {{resolve:ssm:x}} */}}' }] });
  expect(told(translateText(text))).toEqual(['error definition-dynamic-reference']);
});

test('with an incident per group every route keeps the group_by that it has, also an empty one', () => {
  const text = `
route:
  receiver: a
  group_by: [x]
  routes:
    - matchers: [a="1"]
    - matchers: [a="2"]
      group_by: []
    - matchers: [a="3"]
      group_by: [x]
    - matchers: [a="4"]
      group_by: ['...']
receivers:
  - name: a
    pagerduty_configs: [{routing_key: k}]
`;
  const { route } = configOf(translateText(text));
  expect([route, ...route.routes ?? []].map((each) => each.group_by)).toEqual([['x'], undefined, [], ['x'], ['...']]);
});

test('topic and region may be tokens; names with braces are printed as they are', () => {
  const stack = new Stack();
  const topic = new sns.Topic(stack, 'Topic');
  const name = 'braces {{ "x" }} {{';
  const translation = translateText(configWith({ name, pagerduty_configs: [{ routing_key: 'k' }] }), { topicArn: topic.topicArn, region: stack.region });
  expect(told(translation)).toEqual([]);
  expect(Token.isUnresolved(translation.definition)).toBe(true);
  expect(JSON.stringify(stack.resolve(translation.definition))).toContain('{"Ref":');
  expect(headsOf(translation, configOf(translation).receivers[0].name)).toMatchObject([{ receiver: name, routingKey: name }]);
  expect(amtoolComplaint(unpackDefinition(translation.definition))).toBeUndefined();
});

const CORPUS = process.env.CORPUS_DIR ?? join(__dirname, '../../../../shared/corpus');
const files = existsSync(join(CORPUS, 'alertmanager')) ? readdirSync(join(CORPUS, 'alertmanager')).filter((file) => file.endsWith('.yml')) : [];

if (files.length > 0) {
  test.each(files)('amtool accepts the definition of the public configuration %s', (file) => {
    const config = AlertManagerConfig.fromFile(join(CORPUS, 'alertmanager', file), { unsupportedReceivers: UnsupportedReceivers.WARN });
    const translation = config._translate(REQUEST);
    if (translation.findings.every((finding) => finding.severity === 'warning')) {
      expect(amtoolComplaint(unpackDefinition(translation.definition))).toBeUndefined();
    } else {
      expect(translation.findings.filter((finding) => finding.severity === 'error').every((finding) => finding.position?.file.endsWith(file))).toBe(true);
    }
  });
}
