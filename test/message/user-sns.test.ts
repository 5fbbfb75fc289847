import { type AlertmanagerFiles, amtoolComplaint, type PostedAlert, RealAlertmanager, runnable, unpackDefinition } from './support/alertmanager';
import { asciiJson, receiver, route, TOPIC_ARN, translateFile } from './support/configuration';
import { Loopback, type SnsPublish, until } from './support/loopback';
import type { AlertmanagerFile, SnsConfig } from '../../src/alertmanager/model';
import { FindingSeverity } from '../../src/findings/finding';

// The real Alertmanagers share the machine with other tests.
jest.setTimeout(180_000);

const TEMPLATES = `{{ define "sns.default.message" }}own default: {{ .CommonAnnotations.text }}{{ end }}
{{ define "own.list" }}{{ range .Alerts }}{{ .Status }} {{ .Labels.value }}
{{ end }}{{ end }}`;

const topic = (name: string): string => `arn:aws:sns:eu-west-1:123456789012:${name}`;

const ENTRIES: readonly SnsConfig[] = [
  { topic_arn: topic('defaults') },
  {
    topic_arn: topic('everything'),
    send_resolved: true,
    sigv4: { region: 'eu-west-1', others: [] },
    subject: '{{ .Status | toUpper }} {{ .GroupLabels.alertname }}',
    message: '{{ template "own.list" . }}\n  {"json": "{{ .CommonAnnotations.text }}"}\n: - # \' " \\ \t{{ .ExternalURL }}\n',
    attributes: { 'fixed': 'a: "b" # c', 'severity': '{{ .CommonLabels.severity }}', 'of {{ .Status }}': '{{ .Alerts | len }}', '1': 'yes', 'true': '007' },
  },
  { topic_arn: topic('firing-only'), send_resolved: false, subject: '', message: '{{- .Status -}}' },
  { topic_arn: `${topic('to-')}{{ .CommonLabels.severity }}`, message: 'templated topic' },
];

/** A receiver that pages and publishes on two routes, and one that only publishes, on two others. */
const FILE: AlertmanagerFile = {
  templates: ['own.tmpl'],
  route: route({
    receiver: 'both',
    group_by: ['alertname'],
    group_wait: '1s',
    group_interval: '1s',
    routes: ['w', 'x', 'y', 'z'].map((value, index) => route({
      receiver: index < 2 ? 'both' : 'only (topics)', continue: true, matchers: [{ name: 'alertname', type: '!=', value }],
    })),
  }),
  receivers: [
    { ...receiver('both', { routing_key: 'k' }), sns_configs: ENTRIES },
    { ...receiver('only (topics)'), sns_configs: [{ topic_arn: topic('receiver'), subject: 'receiver', message: '{{ .Receiver }}' }] },
  ],
};

const ALERTS: readonly PostedAlert[] = [
  { labels: { alertname: 'one', severity: 'critical', value: 'a "quoted" \\ value' }, annotations: { text: 'über\n\ttwo lines ☎ {{ x }}' } },
  { labels: { alertname: 'two', severity: 'warning', value: '1' }, annotations: { text: '\u0085\u2028' } },
  { labels: { alertname: 'two', severity: 'warning', value: '2' } },
];

test('what the real Alertmanager publishes to topics of the user is what it published before', async () => {
  const templates = [{ name: 'own.tmpl', path: 'own.tmpl', text: TEMPLATES }];
  const { definition, findings } = translateFile(FILE, {}, templates);
  expect(findings.filter(({ severity }) => severity === FindingSeverity.ERROR)).toEqual([]);
  const unpacked = unpackDefinition(definition);
  expect(amtoolComplaint(unpacked)).toBeUndefined();

  const [before, after] = await publishedByBoth(
    (url) => ({ config: nativeYaml(url), templates: unpacked.templates }),
    (url) => runnable(definition, url),
  );
  expect(after).toEqual(before);
  expect(new Set(before.map(({ topicArn }) => topicArn))).toEqual(new Set([
    topic('defaults'), topic('everything'), topic('firing-only'), topic('to-critical'), topic('to-warning'), topic('receiver'),
  ]));
});

/** Two groups on two routes for each entry, firing and resolved, but for the one entry that is not told of resolved alerts. */
const EXPECTED = 2 * 2 * (2 * (ENTRIES.length + 1) - 1);

interface Published {
  readonly topicArn: string;
  readonly subject: string;
  readonly message: string;
  readonly attributes: ReadonlyArray<readonly [string, string]>;
}

/** What each of the two published to topics other than the construct's about the alerts firing and being resolved. */
async function publishedByBoth(...configurations: ReadonlyArray<(url: string) => AlertmanagerFiles>): Promise<Published[][]> {
  const loopbacks = await Promise.all(configurations.map(async () => Loopback.start()));
  const running: RealAlertmanager[] = [];
  try {
    for (const [index, configuration] of configurations.entries()) {
      running.push(await RealAlertmanager.start(configuration(loopbacks[index].url)));
    }
    const own = (): SnsPublish[][] => loopbacks.map(({ publishes }) => publishes.filter(({ topicArn }) => topicArn !== TOPIC_ARN));
    const now = Date.now();
    const firing = ALERTS.map((alert) => ({ ...alert, startsAt: new Date(now).toISOString() }));
    await Promise.all(running.map((each) => each.post(firing)));
    const firingCount = 2 * 2 * (ENTRIES.length + 1);
    await until(() => own().every(({ length }) => length >= firingCount), () => `${own().map(({ length }) => length).join(' and ')} of ${firingCount}`);
    await Promise.all(running.map((each) => each.post(firing.map((alert) => ({ ...alert, endsAt: new Date(now + 1).toISOString() })))));
    await until(() => own().every(({ length }) => length >= EXPECTED), () => `${own().map(({ length }) => length).join(' and ')} of ${EXPECTED}`);
    return own().map((publishes) => publishes.map(comparable).sort(byText));
  } finally {
    await Promise.all([...running, ...loopbacks].map((each) => each.stop()));
  }
}

function comparable({ topicArn, subject, message, attributes }: SnsPublish): Published {
  return { topicArn, subject, message, attributes: [...attributes].sort(byText) };
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

/** The file as the user's own Alertmanager runs it. */
function nativeYaml(url: string): string {
  const { receivers, route: root, ...rest } = FILE;
  return asciiJson({
    ...rest,
    route: { ...root, matchers: [], routes: root.routes.map(({ matchers, ...each }) => ({ ...each, matchers: matchers.map(({ name, type, value }) => `${name}${type}"${value}"`) })) },
    receivers: receivers.map(({ name, pagerduty_configs: pages, sns_configs: topics }) => ({
      name,
      pagerduty_configs: pages.map((config) => ({ ...config, url: `${url}/v2/enqueue` })),
      sns_configs: topics.map((config) => ({ ...config, api_url: url, sigv4: { region: 'eu-west-1', access_key: 'test', secret_key: 'test' } })),
    })),
  });
}
