import { amtoolComplaint, type PostedAlert, RealAlertmanager, runnable, unpackDefinition } from './support/alertmanager';
import { receiver, route, translateFile } from './support/configuration';
import { Loopback, type SnsPublish, until } from './support/loopback';
import { nativeSlackYaml } from './support/slack';
import { readTransportNotification, type TransportNotification } from '../../lambda/receive/transports/transport-notification';
import type { AlertmanagerFile, SlackConfig, TemplateFile } from '../../src/alertmanager/model';
import type { QueuedNotification, SlackRequest } from '../../src/contract/queued-notification';
import { Recorder } from '../support/recorder';

// The real Alertmanagers share the machine with other tests.
jest.setTimeout(180_000);

const NAME = 'chat "a.b" (c) + é';

/** Values that JSON encoders treat differently; `\b` and `\f` are spelled as Go before 1.22 does, like the Alertmanager of the test. */
const HOSTILE = 'q " \\ <b>&\'</b> \u0000\u0001\b\f\n\r\t\u007f\u0085\u00a0\u2028\u2029\ufffd é 😀 {{ .Status }} %q';

const EVERY_FIELD: SlackConfig = {
  send_resolved: true,
  channel: '#{{ .GroupLabels.alertname }} {{ "{{" }}',
  username: '{{ .Receiver }}',
  icon_emoji: ':{{ .Status }}:',
  icon_url: 'https://icons.example.com/{{ .Status }}?a=<&>',
  link_names: true,
  color: '{{ if eq .Status "firing" }}#ff0000{{ end }}',
  title: '{{ range .Alerts }}{{ .Annotations.text }}{{ end }}',
  title_link: 'https://x.example.com/?r={{ .Receiver | urlquery }}',
  pretext: '\n{{- .CommonAnnotations.text -}}\n',
  text: '{{ template "own.text" . }}\n',
  fallback: 'static } text {',
  callback_id: '{{ .GroupLabels.n1 }}',
  footer: '{{ define "footer" }}defined here{{ end }}{{ template "footer" . }}',
  image_url: '{{ if false }}never{{ end }}',
  thumb_url: 'https://x.example.com/thumb',
  short_fields: true,
  fields: [
    { title: '{{ .GroupLabels.alertname }}', value: '{{ .CommonAnnotations.text }}' }, { title: 'wide', value: '{{ .Status }}', short: false },
    { title: 'all', value: '{{ range .CommonAnnotations.SortedPairs }}{{ .Name }}={{ .Value }} {{ end }}' },
    { title: '{{ if false }}x{{ end }}', value: '{{/* nothing */}}', short: true },
  ],
  actions: [
    { type: 'button', text: 'Runbook {{ .Status }}', url: '{{ (index .Alerts 0).GeneratorURL }}', style: 'primary' },
    { type: 'button', text: 'Silence', name: '{{ .Receiver }}', value: '{{ .CommonAnnotations.text }}', confirm: { text: 'Sure, {{ .Status }}?', ok_text: '{{ if false }}x{{ end }}', dismiss_text: 'No' } },
    { type: 'button', text: 'Bare', name: 'n', confirm: { text: 'ok' } },
  ],
  mrkdwn_in: ['text', '{{ .Status }}'],
};

const ENTRIES: readonly SlackConfig[] = [
  {}, { send_resolved: true }, EVERY_FIELD,
  { send_resolved: true, channel: '', username: '', title: '', title_link: '', text: '', fallback: '', callback_id: '', footer: '', color: '', mrkdwn_in: [], fields: [], actions: [] },
];

const TEMPLATES: readonly TemplateFile[] = [{
  name: 'own.tmpl',
  path: 'own.tmpl',
  text: '{{ define "own.text" -}}\n{{ range .Alerts }}*{{ .Labels.alertname }}* {{ .Annotations.text }} {{ $.Receiver }}\n{{ end }}{{ end }}\n'
    + '{{ define "slack.default.pretext" }}{{ if eq .Receiver "page" }}to {{ .Receiver }}{{ end }}{{ end }}{{ define "__alertmanager" }}AM{{ end }}',
}];

const FILE: AlertmanagerFile = {
  templates: ['*.tmpl'],
  route: route({
    receiver: NAME,
    group_by: ['alertname', 'n1'],
    group_wait: '1s',
    group_interval: '1s',
    routes: [route({ receiver: NAME, continue: true, matchers: [{ name: 'alertname', type: '!=', value: 'no "such" \\ <name>\n' }] }), route({
      receiver: 'page', matchers: [{ name: 'alertname', type: '=~', value: 'o.*|t.*|l.*' }],
    })],
  }),
  receivers: [
    { ...receiver(NAME), slack_configs: ENTRIES.map((entry, index) => ({ ...entry, api_url: `https://hooks.example.com/${index}` })) },
    { ...receiver('page', { routing_key: 'k'.repeat(32) }), slack_configs: [{ api_url: 'https://hooks.example.com/page', send_resolved: true }] },
  ],
};

const ALERTS: readonly PostedAlert[] = [
  { labels: { alertname: 'one', n1: HOSTILE, job: 'b', severity: 'x' }, annotations: { text: HOSTILE, ['__proto__']: 'x' }, generatorURL: 'http://p/graph?a=1&b=<2>' },
  ...['z', 'a', 'm'].map((instance, index) => ({
    labels: { alertname: 'two', job: 'a', instance, ...(index > 0 && { common: 'yes' }) }, annotations: { text: 'same', index: String(index) },
  })),
  // A title of more than 1,024 code points, most of which take two UTF-16 units.
  { labels: { alertname: 'long' }, annotations: { text: `${'😀'.repeat(1030)}end` } },
];

test('bodies are what the real Alertmanager posts to Slack, byte for byte, for every entry and route', async () => {
  const { definition, findings } = translateFile(FILE, {}, TEMPLATES);
  expect(findings).toEqual([]);
  expect(amtoolComplaint(unpackDefinition(definition))).toBeUndefined();
  const slack = await Recorder.start((response) => response.end('ok'));
  const sns = await Loopback.start();
  const running: RealAlertmanager[] = [];
  try {
    running.push(await RealAlertmanager.start({ config: nativeSlackYaml(FILE, slack.url), templates: { 'own.tmpl': TEMPLATES[0].text } }));
    running.push(await RealAlertmanager.start(runnable(definition, sns.url)));
    const now = Date.now();
    const firing = ALERTS.map((alert, index) => ({ ...alert, startsAt: new Date(now + index).toISOString() }));
    const relayed = (): TransportNotification[] => sns.publishes.filter(({ attributes }) => attributes.get('transport') === 'slack').map(read);
    const counts = (): string => `${slack.received.length} bodies, ${relayed().length} messages`;
    const reach = async (expected: number): Promise<void> => until(() => slack.received.length >= expected && relayed().length >= expected, counts);
    const groups = 3;
    await Promise.all(running.map((each) => each.post(firing)));
    await reach(groups * (ENTRIES.length + 1));
    // Part of a group ends, then all: the entry that does not send resolved alerts stays silent.
    const ended = (alerts: readonly PostedAlert[]): PostedAlert[] => alerts.map((alert) => ({ ...alert, endsAt: new Date(now + 20).toISOString() }));
    await Promise.all(running.map((each) => each.post(ended(firing.slice(1, 3)))));
    await reach(groups * (ENTRIES.length + 1) + ENTRIES.length);
    await Promise.all(running.map((each) => each.post(ended(firing))));
    await reach(groups * (ENTRIES.length + 1) + ENTRIES.length + groups * ENTRIES.length);
    const ours = new Map<string, string[]>();
    for (const { queued } of relayed()) {
      const { entry, request: { body } } = queued as QueuedNotification<'slack'>;
      const path = entry.replace(/^receivers\.(.*)\.slack_configs\[(\d+)\]$/, (_, name: string, index: string) => (name === 'page' ? '/page' : `/${index}`));
      ours.set(path, [...ours.get(path) ?? [], body]);
    }
    expect([...ours.keys()].sort()).toEqual([...slack.bodies.keys()].sort());
    for (const [path, bodies] of slack.bodies) expect([path, ours.get(path)?.sort()]).toEqual([path, [...bodies].sort()]);
    expect([...slack.bodies.values()].flat().join('')).toContain('😀…');
    expect([...slack.bodies.values()].flat().join('')).toContain('"__proto__=x ');
  } finally {
    await Promise.all([...running.map((each) => each.stop()), sns.stop(), slack.close()]);
  }
});

test('a message that is truncated keeps what arrived, and is not sent without its channel', () => {
  const file: AlertmanagerFile = {
    route: route({ receiver: 'chat' }),
    receivers: [{ ...receiver('chat'), slack_configs: [{ api_url: 'https://hooks.example.com/', channel: '{{ .Status }}', title: '{{ .Status }}', text: '{{ .Status }}' }] }],
  };
  const { definition } = translateFile(file);
  const marker = /cdk-amp-pagerduty\/1:[0-9a-f]{32}/.exec(definition)?.[0] ?? '';
  const head = '{"transport":"slack","entry":"e","settings":{"url":{"secret":"chat/slack/0"},"message":{"channel":0,"attachment":{"title":1,"text":2,"mrkdwn_in":["text"]}}},'
    + '"receiver":"chat","routeKey":"{}","status":"firing","firing":1,"resolved":0,"groupLabels":[]}';
  const whole = [`${marker} ${head}`, `${marker} text ["slack",0]`, '#general', `${marker} text ["slack",1]`, 'title', `${marker} text ["slack",2]`, 'some text', `${marker} end`].join('\n');
  const requestOf = ({ queued }: TransportNotification): SlackRequest => queued.request as SlackRequest;
  const cutBehind = (text: string): TransportNotification => read({ topicArn: '', subject: '', attributes: new Map(), message: whole.slice(0, whole.indexOf(text) + text.length) });
  expect(cutBehind('some te')).toMatchObject({ isTruncated: true, lostAlerts: 0 });
  expect(JSON.parse(requestOf(cutBehind('some te')).body)).toMatchObject({ channel: '#general', attachments: [{ title: 'title', text: 'some te' }] });
  expect(JSON.parse(requestOf(cutBehind('\nti')).body)).toMatchObject({ channel: '#general', attachments: [{ title: 'ti', text: '' }] });
  expect(requestOf(cutBehind('some te')).channel).toBe('#general');
  expect(() => cutBehind('#gene')).toThrow('channel');
  expect(() => cutBehind('"groupLabels":[]}\n')).toThrow('channel');
});

function read({ message, attributes, subject }: SnsPublish): TransportNotification {
  return readTransportNotification({ messageId: '1', topicArn: '', timestamp: '2026-01-01T00:00:00Z', subject, message, attributes });
}
