import { amtoolComplaint, type PostedAlert, RealAlertmanager, runnable, unpackDefinition } from './support/alertmanager';
import { asciiJson, nativeRoute, receiver, route, translateFile } from './support/configuration';
import { Loopback, type SnsPublish, until } from './support/loopback';
import { resolveUrl } from '../../lambda/notify/webhook/url';
import { readTransportNotification, type TransportNotification } from '../../lambda/receive/transports/transport-notification';
import type { AlertmanagerFile, WebhookConfig } from '../../src/alertmanager/model';
import type { QueuedNotification } from '../../src/contract/queued-notification';
import { Recorder } from '../support/recorder';

// The real Alertmanagers share the machine with other tests.
jest.setTimeout(180_000);

const NAME = 'hook "a.b" (c) + é';

/** Values that JSON encoders treat differently; `\b` and `\f` are spelled as Go before 1.22 does, like the Alertmanager of the test. */
const HOSTILE = 'q " \\ <b>&\'</b> \u0000\u0001\b\f\n\r\t\u007f\u0085\u00a0\u2028\u2029\ufffd é 😀 {{ .Status }} %q';

const ENTRIES: readonly WebhookConfig[] = [
  {}, { max_alerts: 2 }, { send_resolved: false }, { max_alerts: 1, send_resolved: true },
];

const FILE: AlertmanagerFile = {
  route: route({
    receiver: NAME,
    group_by: ['alertname', 'n1', 'n2'],
    group_wait: '1s',
    group_interval: '1s',
    routes: [route({ receiver: NAME, continue: true, matchers: [{ name: 'alertname', type: '!=', value: 'no "such" \\ <name>\n' }] }), route({
      receiver: 'page', matchers: [{ name: 'alertname', type: '=~', value: 'o.*|t.*' }],
    })],
  }),
  receivers: [
    { ...receiver(NAME), webhook_configs: ENTRIES.map((entry, index) => ({ ...entry, url: `https://hooks.example.com/${index}` })) },
    { ...receiver('page', { routing_key: 'k'.repeat(32) }), webhook_configs: [{ url: 'https://hooks.example.com/page' }] },
  ],
};

const ALERTS: readonly PostedAlert[] = [
  { labels: { alertname: 'one', n1: HOSTILE, job: 'b', severity: 'x' }, annotations: { text: HOSTILE, ['__proto__']: 'x' }, generatorURL: 'http://p/graph?a=1&b=<2>' },
  ...['z', 'a', 'm'].map((instance, index) => ({
    labels: { alertname: 'two', job: 'a', instance, ...(index > 0 && { common: 'yes' }) }, annotations: { same: 'same', index: String(index) },
  })),
  { labels: { alertname: 'two', only: 'x' } },
];

test('bodies are what the real Alertmanager posts, byte for byte, for every entry and route', async () => {
  const { definition, findings } = translateFile(FILE);
  expect(findings).toEqual([]);
  expect(amtoolComplaint(unpackDefinition(definition))).toBeUndefined();
  const hooks = await Recorder.start((response) => response.end());
  const sns = await Loopback.start();
  const running: RealAlertmanager[] = [];
  try {
    running.push(await RealAlertmanager.start({ config: nativeYaml(FILE, hooks.url), templates: {} }));
    running.push(await RealAlertmanager.start(runnable(definition, sns.url)));
    const now = Date.now();
    const firing = ALERTS.map((alert, index) => ({ ...alert, startsAt: new Date(now + index).toISOString() }));
    const relayed = (): WebhookNotification[] => sns.publishes.filter(({ attributes }) => attributes.get('transport') === 'webhook').map(read);
    const expected = 2 * ENTRIES.length + 2;
    const counts = (): string => `${hooks.bodies.size} bodies, ${relayed().length} messages`;
    await Promise.all(running.map((each) => each.post(firing)));
    await until(() => hooks.received.length >= expected && relayed().length >= expected, counts);
    // Part of a group ends, then all.
    const ended = (alerts: readonly PostedAlert[]): PostedAlert[] => alerts.map((alert) => ({ ...alert, endsAt: new Date(now + 20).toISOString() }));
    await Promise.all(running.map((each) => each.post(ended(firing.slice(1, 3)))));
    // The entry without send_resolved has nothing new to say.
    const more = expected + ENTRIES.length;
    await until(() => hooks.received.length >= more && relayed().length >= more, counts);
    await Promise.all(running.map((each) => each.post(ended(firing))));
    const all = more + 2 * ENTRIES.length;
    await until(() => hooks.received.length >= all && relayed().length >= all, counts);
    const ours = new Map<string, string[]>();
    for (const { queued: { entry, request } } of relayed()) {
      const path = entry.replace(/^receivers\.(.*)\.webhook_configs\[(\d+)\]$/, (_, name: string, index: string) => (name === 'page' ? '/page' : `/${index}`));
      ours.set(path, [...ours.get(path) ?? [], request.body]);
    }
    expect([...ours.keys()].sort()).toEqual([...hooks.bodies.keys()].sort());
    for (const [path, bodies] of hooks.bodies) expect([path, ours.get(path)?.sort()]).toEqual([path, [...bodies].sort()]);
    expect([...hooks.bodies.values()].flat().join('')).toContain('"__proto__":"x"');
    expect(hooks.received.every(({ headers }) => headers['content-type'] === 'application/json')).toBe(true);
  } finally {
    await Promise.all([...running.map((each) => each.stop()), sns.stop(), hooks.close()]);
  }
});

test('a templated URL is rendered by AMP in parts, and its fixed text stays in the secret', async () => {
  const url = 'https://hooks.example.com/{{ .CommonLabels.team }}/s3cr3t?name={{ .GroupLabels.alertname | urlquery }}&x={{/* no */}}y';
  const file: AlertmanagerFile = {
    route: route({ receiver: 'hook', group_by: ['alertname'], group_wait: '1s' }),
    receivers: [{ ...receiver('hook'), webhook_configs: [{ url }] }],
  };
  const { definition, findings } = translateFile(file);
  expect(findings).toEqual([]);
  expect(definition).not.toContain('s3cr3t');
  const sns = await Loopback.start();
  const alertmanager = await RealAlertmanager.start(runnable(definition, sns.url));
  try {
    await alertmanager.post([{ labels: { alertname: 'a b/ü', team: '@evil.example.com' }, startsAt: new Date().toISOString() }]);
    await until(() => sns.publishes.length > 0, () => 'no message');
    const request = (read(sns.publishes[0]).queued as QueuedNotification<'webhook'>).request;
    expect(request.url).toBe('hook/webhook/0');
    expect(JSON.stringify(sns.publishes[0])).not.toContain('s3cr3t');
    expect(request.urlParts).toEqual(['@evil.example.com', 'a+b%2F%C3%BC', '']);
    expect(resolveUrl(url, request.urlParts)).toMatchObject({
      url: { host: 'hooks.example.com' }, target: '/@evil.example.com/s3cr3t?name=a+b%2F%C3%BC&x=y',
    });
    expect(resolveUrl(url, ['../@evil.example.com', ...request.urlParts?.slice(1) ?? []])).toMatchObject({ isFinal: true });
  } finally {
    await Promise.all([alertmanager.stop(), sns.stop()]);
  }
});

function read({ message, attributes, subject }: SnsPublish): WebhookNotification {
  return readTransportNotification({ messageId: '1', topicArn: '', timestamp: '2026-01-01T00:00:00Z', subject, message, attributes }) as WebhookNotification;
}

type WebhookNotification = TransportNotification & { readonly queued: QueuedNotification<'webhook'> };

/** The file for Alertmanager's own webhook notifier, each entry with its path at the test's server. */
function nativeYaml(file: AlertmanagerFile, url: string): string {
  return asciiJson({
    route: nativeRoute(file.route),
    receivers: file.receivers.map(({ name, webhook_configs: webhooks }) => ({
      name, webhook_configs: webhooks.map((webhook) => ({ ...webhook, url: webhook.url?.replace('https://hooks.example.com', url) })),
    })),
  });
}
