import { Aws } from 'aws-cdk-lib';
import { configOf, configWith, told, translateText } from './support';
import { Incidents, UnsupportedReceivers } from '../../../src/alertmanager/options';
import type { Translation, TranslationRequest } from '../../../src/alertmanager/translate/translation';
import { amtoolComplaint, unpackDefinition } from '../../message/support/alertmanager';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:mine';
const POLICY = 'warning sns-topic-policy receivers[0].sns_configs[0].topic_arn';

/** The translation of a configuration whose one receiver has one entry of `sns_configs`. */
function translated(entry: object, request: Partial<TranslationRequest> = {}, rest: object = {}): Translation {
  return translateText(JSON.stringify({ ...JSON.parse(configWith({ name: 'a', sns_configs: [{ sigv4: {}, ...entry }] })), ...rest }), request);
}

/** What is told of the entry besides that somebody has to look after the policy of its topic. */
function toldOf(entry: object, request?: Partial<TranslationRequest>, rest?: object): string[] {
  return told(translated(entry, request, rest)).filter((line) => line !== POLICY).map((line) => line.replace('receivers[0].sns_configs[0]', '…'));
}

function entriesOf(translation: Translation, receiver = 0): unknown {
  return configOf(translation).receivers[receiver].sns_configs;
}

describe('an entry of sns_configs', () => {
  test('is passed on, with everything that has a default written out', () => {
    const translation = translated({ topic_arn: TOPIC });
    expect(told(translation)).toEqual([POLICY]);
    expect(entriesOf(translation)).toEqual([{
      send_resolved: true,
      topic_arn: TOPIC,
      sigv4: { region: 'eu-west-1' },
      subject: '{{ template "sns.default.subject" . }}',
      message: '{{ template "sns.default.message" . }}',
    }]);
    expect(translation).toMatchObject({ routingKeyNames: [] });
    expect(amtoolComplaint(unpackDefinition(translation.definition))).toBeUndefined();
  });

  test('keeps all that the user says', () => {
    const own = {
      send_resolved: false,
      topic_arn: TOPIC,
      sigv4: { region: 'eu-west-1' },
      subject: '{{ .Status }}',
      attributes: { '{{ .Status }}': 'x', 'b': '{{ .CommonLabels.severity }}', 'a': 'yes' },
      message: 'line 1\nline 2: "{{ .CommonLabels.alertname }}"\n',
    };
    const translation = translated(own);
    expect(entriesOf(translation)).toEqual([own]);
    expect(amtoolComplaint(unpackDefinition(translation.definition))).toBeUndefined();
  });

  test('keeps texts that are empty, and leaves out attributes that are', () => {
    expect(entriesOf(translated({ topic_arn: TOPIC, subject: '', message: '', attributes: {} }))).toEqual([
      { send_resolved: true, topic_arn: TOPIC, sigv4: { region: 'eu-west-1' }, subject: '', message: '' },
    ]);
  });

  test.each([
    ['of the file', { topic_arn: '{{ .CommonLabels.topic }}', sigv4: { region: 'eu-north-1' } }, 'eu-north-1'],
    ['of the topic', { topic_arn: 'arn:aws-us-gov:sns:us-gov-west-1:123456789012:x' }, 'us-gov-west-1'],
    ['of a topic whose name is a template', { topic_arn: 'arn:aws:sns:eu-north-1:123456789012:{{ .CommonLabels.team }}' }, 'eu-north-1'],
    ['of a target', { target_arn: 'arn:aws:sns:eu-north-1:123456789012:app/APNS/x' }, 'eu-north-1'],
    ['of the stack', { phone_number: '+491234' }, 'eu-west-1'],
    ['of the stack for a topic in a region that is a template', { topic_arn: 'arn:aws:sns:{{ .CommonLabels.region }}:123456789012:x' }, 'eu-west-1'],
  ])('is sent in the region %s', (_, entry, region) => {
    expect(entriesOf(translated(entry))).toMatchObject([{ sigv4: { region } }]);
  });

  test('is written without what nobody uses: receivers without a route stay as names, unchecked', () => {
    const text = JSON.stringify({ route: { receiver: 'a' }, receivers: [{ name: 'a' }, { name: 'b', sns_configs: [{ topic_arn: 'x', api_url: 'x', sigv4: {} }] }] });
    const translation = translateText(text);
    expect(told(translation)).toEqual([]);
    expect(configOf(translation).receivers).toEqual([{ name: 'a' }, { name: 'b' }]);
  });

  test('is no unsupported receiver', () => {
    const text = configWith({ name: 'a', opsgenie_configs: [{}], sns_configs: [{ topic_arn: TOPIC, sigv4: {} }] });
    expect(told(translateText(text))).toEqual(['error integration-unsupported receivers[0].opsgenie_configs', POLICY]);
    const translation = translateText(text, {}, { unsupportedReceivers: UnsupportedReceivers.WARN });
    expect(entriesOf(translation)).toHaveLength(1);
  });
});

describe('of an entry', () => {
  test.each<[string, string[], object]>([
    ['an address', ['error sns-api-url ….api_url'], { api_url: 'https://sns.eu-west-1.amazonaws.com' }],
    ['an empty address', [], { api_url: '' }],
    ['a proxy', ['error sns-http-config ….http_config'], { http_config: { proxy_url: 'http://proxy' } }],
    ['harmless HTTP settings', [], { http_config: { follow_redirects: true } }],
    ['a key', ['error sns-credentials ….sigv4.access_key', 'error sns-credentials ….sigv4.secret_key'], { sigv4: { access_key: 'AKIA', secret_key: 'hidden' } }],
    ['a role', ['error sns-credentials ….sigv4.role_arn', 'error sns-credentials ….sigv4.external_id'], { sigv4: { role_arn: 'arn:aws:iam::1:role/x', external_id: 'y' } }],
    ['a profile', ['error sns-credentials ….sigv4.profile'], { sigv4: { profile: 'x' } }],
    ['empty credentials', [], { sigv4: { access_key: '', secret_key: '', profile: '' } }],
    ['what AMP adds to its status', ['warning sns-field-dropped ….workspace_arn'], { workspace_arn: 'arn:aws:aps:eu-west-1:123456789012:workspace/ws-1' }],
    ['the choice of a client', ['warning sns-field-dropped ….use_aws_http_client'], { use_aws_http_client: true }],
    ['no choice of a client', [], { use_aws_http_client: false }],
    ['the region of the topic', [], { sigv4: { region: 'eu-west-1' } }],
    ['another region than that of the topic', ['error sns-region-mismatch ….sigv4.region'], { sigv4: { region: 'us-east-1' } }],
    ['a subject of 99 characters', [], { subject: 'x'.repeat(99) }],
    ['a subject of 100 characters', [], { subject: 'x'.repeat(100) }],
    ['a subject of 101 characters', ['warning sns-subject-invalid ….subject'], { subject: 'x'.repeat(101) }],
    ['a subject with an umlaut', ['warning sns-subject-invalid ….subject'], { subject: 'für alle' }],
    ['a subject with a line feed', ['warning sns-subject-invalid ….subject'], { subject: 'a\nb' }],
    ['a subject that is a template', [], { subject: `für {{ .Status }} ${'x'.repeat(100)}` }],
    ['no valid template', ['error template-syntax ….message'], { message: '{{ .Status' }],
    ['an unknown template', ['error template-undefined ….subject'], { subject: '{{ template "nope" . }}' }],
    ['an unknown function', ['error template-function-unknown ….attributes.a'], { attributes: { a: '{{ nope .Status }}' } }],
    ['a name of an attribute that is no template', ['error template-syntax ….attributes["{{"]'], { attributes: { '{{': 'x' } }],
    ['an unknown field', ['error template-field-unknown ….message'], { message: '{{ .Labels }}' }],
  ])('%s: %j', (_, findings, entry) => {
    expect(toldOf({ topic_arn: TOPIC, ...entry })).toEqual(findings);
  });

  test.each<[string, string[], object]>([
    ['a FIFO topic', ['error sns-topic-fifo ….topic_arn'], { topic_arn: `${TOPIC}.fifo` }],
    ['a name that ends like one', [], { topic_arn: `${TOPIC}fifo` }],
    ['no ARN', ['error sns-topic-invalid ….topic_arn'], { topic_arn: 'mine' }],
    ['the ARN of a queue', ['error sns-topic-invalid ….topic_arn'], { topic_arn: TOPIC.replace('sns', 'sqs') }],
    ['the ARN of a subscription', ['error sns-topic-invalid ….topic_arn'], { topic_arn: `${TOPIC}:6f0c2d2e` }],
    ['an account of 11 digits', ['error sns-topic-invalid ….topic_arn'], { topic_arn: TOPIC.replace('123456789012', '12345678901') }],
    ['a template', ['warning sns-target-unverified ….topic_arn'], { topic_arn: '{{ .CommonLabels.topic }}' }],
    ['a template in another region', ['warning sns-target-unverified ….topic_arn', 'warning sns-topic-other-region ….topic_arn'], { topic_arn: 'arn:aws:sns:us-east-1:123456789012:{{ .Status }}' }],
    ['a FIFO topic by template', ['warning sns-target-unverified ….topic_arn', 'error sns-topic-fifo ….topic_arn'], { topic_arn: '{{ .CommonLabels.topic }}.fifo' }],
    ['a phone', ['warning sns-target-unverified ….phone_number'], { phone_number: '+491234' }],
    ['an application', ['warning sns-target-unverified ….target_arn'], { target_arn: 'arn:aws:sns:eu-west-1:123456789012:app/APNS/x' }],
  ])('%s: %j', (_, findings, entry) => {
    expect(toldOf(entry).filter((line) => !line.includes('sns-topic-policy'))).toEqual(findings);
  });

  test('a credential is in no definition and in no finding', () => {
    const translation = translated({ topic_arn: TOPIC, sigv4: { region: 'eu-west-1', access_key: 'AKIAHIDDEN', secret_key: 'hidden!' } });
    expect(JSON.stringify(translation)).not.toMatch(/AKIAHIDDEN|hidden!/);
  });

  test.each([
    ['unknown', {}, []],
    ['the same', { account: '123456789012' }, []],
    ['another', { account: '210987654321' }, ['error sns-topic-other-account ….topic_arn']],
    ['a token', { account: Aws.ACCOUNT_ID }, []],
  ])('the account of the topic, where that of the stack is %s', (_, request, findings) => {
    expect(toldOf({ topic_arn: TOPIC }, request)).toEqual(findings);
  });

  test.each([
    ['the same', 'eu-west-1', []],
    ['another', 'us-east-1', ['warning sns-topic-other-region ….topic_arn']],
    ['a token', Aws.REGION, []],
  ])('the region of the topic, where that of the stack is %s', (_, region, findings) => {
    expect(toldOf({ topic_arn: TOPIC }, { region })).toEqual(findings);
    expect(entriesOf(translated({ topic_arn: TOPIC }, { region }))).toMatchObject([{ sigv4: { region: 'eu-west-1' } }]);
  });

  test('http_config of the global section concerns entries without their own', () => {
    const rest = { global: { http_config: { proxy_url: 'http://proxy' } } };
    expect(toldOf({ topic_arn: TOPIC }, {}, rest)).toEqual(['error sns-http-config global.http_config']);
    expect(toldOf({ topic_arn: TOPIC, http_config: {} }, {}, rest)).toEqual([]);
    expect(toldOf({ topic_arn: TOPIC }, {}, { global: { http_config: { enable_http2: false } } })).toEqual([]);
  });

  test('findings have the position in the file, and the policy of a topic is told once', () => {
    const entry = `    - {topic_arn: "${TOPIC}", sigv4: {}}\n`;
    const { findings } = translateText(`route: {receiver: a}\nreceivers:\n  - name: a\n    sns_configs:\n${entry}${entry}    - api_url: https://x\n      phone_number: "1"\n      sigv4: {}\n`);
    expect(findings.map(({ code, position }) => [code, position?.line, position?.column])).toEqual([
      ['sns-topic-policy', 5, 19], ['sns-api-url', 7, 16], ['sns-target-unverified', 8, 21],
    ]);
  });
});

describe('a receiver with pagerduty_configs as well', () => {
  const text = (sns: object, templates: object = {}): string => JSON.stringify({
    route: {
      receiver: 'both',
      routes: [
        { receiver: 'both', matchers: ['a="1"'], continue: true },
        { receiver: 'topic', matchers: ['a="2"'] },
        { receiver: 'topic', matchers: ['a="3"'] },
      ],
    },
    receivers: [
      { name: 'both', pagerduty_configs: [{ routing_key: 'k' }], sns_configs: [{ topic_arn: TOPIC, sigv4: {}, ...sns }] },
      { name: 'topic', sns_configs: [{ topic_arn: TOPIC, sigv4: {}, ...sns }] },
    ],
    ...templates,
  });

  test.each(Object.values(Incidents))('publishes on each of its routes, as Alertmanager does; one that only publishes stays one (%s)', (incidents) => {
    const translation = translateText(text({}), { incidents });
    const { receivers, route } = configOf(translation);
    expect(receivers.map(({ name, sns_configs: configs }) => [name.replace(/_[0-9a-f]{12}$/, ''), configs?.map(({ topic_arn: topic }) => topic)])).toEqual([
      ['both__route', ['arn:aws:sns:eu-west-1:123456789012:alerts', TOPIC]],
      ['both__route', ['arn:aws:sns:eu-west-1:123456789012:alerts', TOPIC]],
      ['topic', [TOPIC]],
    ]);
    expect(route.routes?.map(({ receiver }) => receiver)).toEqual([receivers[1].name, 'topic', 'topic']);
    expect(amtoolComplaint(unpackDefinition(translation.definition))).toBeUndefined();
  });

  test.each([
    ['{{ .Receiver }}', 0], ['{{ range .Alerts }}{{ $.Receiver }}{{ end }}', 0], ['{{ template "__alertmanagerURL" . }}', 1],
    ['{{ template "slack.default.titlelink" . }}', 1], ['{{ define "a" }}{{ .Receiver }}{{ end }}{{ template "a" . }}', 0],
    ['{{ . }}', 1], ['{{ (.) | printf "%v" }}', 1], ['{{ print "x" $ }}', 1], ['{{ range .Alerts }}{{ $ }}{{ end }}', 1], ['{{ $n := . }}{{ with .Alerts }}{{ $n }}{{ end }}', 1],
    ['{{ if .Alerts }}{{ . }}{{ end }}', 1], ['{{ with $n := . }}{{ . }}{{ end }}', 1], ['{{ define "a" }}{{ . }}{{ end }}{{ template "a" $ }}', 1],
    ['{{ define "a" }}{{ template "b" . }}{{ template "a" . }}{{ end }}{{ define "b" }}{{ println . }}{{ end }}{{ template "a" . }}', 1],
    ['{{ range .Alerts }}{{ . }}{{ end }}', 0], ['{{ with .Status }}{{ . }}{{ else }}x{{ end }}', 0], ['{{ define "a" }}{{ . }}{{ end }}{{ template "a" .Status }}', 0],
    ['{{ define "a" }}{{ . }}{{ end }}', 0], ['{{ (.).Receiver }}', 0], ['{{ define "a" }}{{ .Status }}{{ end }}{{ template "a" . }}', 0], ['{{ $x := .Status }}{{ $x }}', 0],
    ['both', 0], ['{{ template "__subject" . }}', 0], ['{{ .Status }} Receiver', 0],
  ])('is warned of where its messages would print another name: %s', (message, warnings) => {
    const findings = told(translateText(text({ message }))).filter((line) => !line.includes('sns-topic-policy'));
    expect(findings).toEqual(Array<string>(warnings).fill('warning sns-receiver-name receivers[0].sns_configs[0]'));
  });
});
