import * as fc from 'fast-check';
import { amtoolComplaint, type PostedAlert, RealAlertmanager, runnable, unpackDefinition } from './support/alertmanager';
import { nativeYaml, receiver, route, TOPIC_ARN, translateFile } from './support/configuration';
import { type Carried, carriedByEvent, carriedByMessage, type NativeEvent } from './support/events';
import { entry, groups, OWN_TEMPLATES, unicodeChunks } from './support/generators';
import { Loopback, until } from './support/loopback';
import type { AlertmanagerFile, PagerDutyConfig } from '../../src/alertmanager/model';
import { nameRoutingKeys } from '../../src/alertmanager/translate/routing-key-names';

// The real Alertmanagers share the machine with other tests.
jest.setTimeout(180_000);

/**
 * The oracle is Alertmanager itself: two of them get the same alerts, one with the user's `pagerduty_configs`, one with the
 * translated definition. What PagerDuty would have got from the first must be what the messages of the second say.
 */
describe('messages of the real Alertmanager', () => {
  test('carry what its own PagerDuty notifier sends, for any values and templates', async () => {
    await fc.assert(fc.asyncProperty(fc.array(entry(), { minLength: 12, maxLength: 12 }), groups(), async (entries, alerts) => {
      const pairs = await eventsOfBoth(fileOf(entries), alerts);
      expect(pairs.messages).toEqual(pairs.events);
      expect(pairs.events.size).toBeGreaterThan(entries.length);
    }), { numRuns: 4, endOnFailure: true });
  });

  test('print the name that a receiver has in the file, on every route that leads to it', async () => {
    const name = 'team "a.b" (c) + é_1';
    // Without `title`: Alertmanager 0.25 shares its state between notifications that are sent at the same time.
    const printed = [
      '{{ .Receiver }}', '{{ .Receiver | toUpper }}', '{{ .Receiver | urlquery }}', '{{ printf "%q" .Receiver }}', '{{ len .Receiver }}',
      '{{ if eq .Receiver `team "a\\.b" \\(c\\) \\+ é_1` }}own{{ else }}other{{ end }}', '{{ if match "_1$" .Receiver }}match{{ end }}',
      '{{ range .Alerts }}{{ $.Receiver | reReplaceAll "[^a-z]" "_" }}{{ end }}', '{{ $root := . }}{{ with .Alerts }}{{ $root.Receiver }}{{ end }}',
      '{{ template "pagerduty.default.clientURL" . }}', '{{ template "own" . }}', '{{ template "tested" . }}',
    ];
    const routes = ['x', 'y', 'z'].map((value) => route({ receiver: name, continue: true, matchers: [{ name: 'alertname', type: '!=', value }] }));
    const { events, messages } = await eventsOfBoth({
      templates: ['own.tmpl'],
      route: route({ receiver: name, group_by: ['alertname'], group_wait: '2s', group_interval: '1s', routes }),
      receivers: [receiver(name, { routing_key: 'k', description: printed.join(' '), details: { all: printed.join('\n') } })],
    }, [{ labels: { alertname: 'one' } }]);
    expect(messages).toEqual(events);
    expect(messages.size).toBe(2 * routes.length);
    expect([...messages.values()].every(({ summary }) => summary.startsWith('team "a\\.b" \\(c\\) \\+ é_1 TEAM') && summary.includes(' own match '))).toBe(true);
  });

  test('carry every Unicode scalar value, in group labels as in details', async () => {
    const chunks = unicodeChunks(10_000);
    const file: AlertmanagerFile = {
      route: route({ receiver: 'all', group_by: ['alertname', 'value'], group_wait: '2s', group_interval: '1s' }),
      receivers: [receiver('all', { routing_key: 'k', description: '', details: { text: '{{ .CommonAnnotations.text }}', firing: '', resolved: '' } })],
    };
    const alerts = chunks.map((text, index) => ({ labels: { alertname: `chunk ${index}`, value: text }, annotations: { text } }));
    const { events, messages } = await eventsOfBoth(file, alerts);
    expect([...messages.values()].filter((message) => message.action === 'trigger').map((message) => message.details.text).sort())
      .toEqual([...chunks].sort());
    expect([...messages.keys()].sort()).toEqual([...events.keys()].sort());
    expect(events.size).toBe(2 * chunks.length);
  });
});

interface BothSides {
  readonly events: ReadonlyMap<string, Carried>;
  readonly messages: ReadonlyMap<string, Carried>;
}

/** Everything that both sent about the alerts firing and then being resolved, by dedup key, routing key and action. */
async function eventsOfBoth(file: AlertmanagerFile, alerts: readonly PostedAlert[]): Promise<BothSides> {
  const templates = (file.templates ?? []).map((name) => ({ name, path: name, text: OWN_TEMPLATES }));
  const { definition, findings } = translateFile(file, {}, templates);
  expect(findings).toEqual([]);
  const unpacked = unpackDefinition(definition);
  expect(amtoolComplaint(unpacked)).toBeUndefined();
  const loopback = await Loopback.start();
  const running: RealAlertmanager[] = [];
  try {
    running.push(await RealAlertmanager.start({ config: nativeYaml(file, loopback.url), templates: unpacked.templates }));
    running.push(await RealAlertmanager.start(runnable(definition, loopback.url)));
    const events = (): NativeEvent[] => (loopback.posts.get('/v2/enqueue') ?? []) as NativeEvent[];
    // Both know the same alert by the same times. An alert that started longer ago than group_wait is notified at once.
    const now = Date.now();
    const firing = alerts.map((alert) => ({ ...alert, startsAt: new Date(now).toISOString() }));
    await postToAll(running, firing);
    const expected = notificationsOf(file, alerts);
    const counts = (): string => `${events().length} events, ${loopback.publishes.length} messages, expected ${expected}`;
    await until(() => events().length >= expected && loopback.publishes.length >= expected, counts);
    await postToAll(running, firing.map((alert) => ({ ...alert, endsAt: new Date(now + 1).toISOString() })));
    await until(() => events().length >= 2 * expected && loopback.publishes.length >= 2 * expected, counts);
    for (const { subject, attributes, topicArn } of loopback.publishes) {
      expect(subject).toMatch(/^\[(FIRING:\d+|RESOLVED)\][ -~]{0,80}$/);
      expect([...attributes.keys()].sort()).toEqual(['receiver', 'routing_key_name', 'severity', 'status']);
      expect(topicArn).toBe(TOPIC_ARN);
    }
    const nameOf = keyNames(file);
    return {
      events: new Map(events().map((event) => [`${event.dedup_key} ${nameOf.get(event.routing_key)} ${event.event_action}`, carriedByEvent(event)])),
      messages: new Map(loopback.publishes.map((publish) => {
        const carried = carriedByMessage(publish);
        return [`${carried.dedupKey} ${publish.attributes.get('routing_key_name')} ${carried.action}`, carried];
      })),
    };
  } finally {
    await Promise.all([...running.map((each) => each.stop()), loopback.stop()]);
  }
}

/** What the secret calls the keys of the file. */
function keyNames(file: AlertmanagerFile): ReadonlyMap<string, string> {
  return new Map([...nameRoutingKeys(file)].map(([config, key]) => [config.routing_key ?? '', key.name]));
}

async function postToAll(alertmanagers: readonly RealAlertmanager[], alerts: readonly PostedAlert[]): Promise<void> {
  await Promise.all(alertmanagers.map((each) => each.post(alerts)));
}

/** One notification for each group, route and entry; every route of these files takes every alert. */
function notificationsOf(file: AlertmanagerFile, alerts: readonly PostedAlert[]): number {
  const groupsOfAlerts = new Set(alerts.map((alert) => alert.labels.alertname)).size;
  const leaves = file.route.routes.length > 0 ? file.route.routes : [file.route];
  const entries = leaves.map((leaf) => file.receivers.find((each) => each.name === leaf.receiver)?.pagerduty_configs.length ?? 0);
  return groupsOfAlerts * entries.reduce((sum, count) => sum + count, 0);
}

/** Entries over receivers with one, two and three of them; the first receiver stands on two routes. */
function fileOf(entries: readonly PagerDutyConfig[]): AlertmanagerFile {
  const names = ['simple', 'a.b (c) "d" {{', 'not: plain ☎'];
  const sizes = [1, 2, entries.length - 3];
  const receivers = names.map((name, index) => {
    const start = sizes.slice(0, index).reduce((sum, size) => sum + size, 0);
    return receiver(name, ...entries.slice(start, start + sizes[index])
      .map((config, number) => ({ ...config, routing_key: `${index}x${number}`.padStart(32, '0') })));
  });
  const routes = [...names, names[0]].map((name, index) => route({
    receiver: name,
    continue: true,
    matchers: [{ name: 'alertname', type: '!=', value: `no "such" \\ name\n${index}` }],
  }));
  return {
    templates: ['own.tmpl'],
    route: route({ receiver: 'simple', group_by: ['alertname', 'value'], group_wait: '2s', group_interval: '1s', routes }),
    receivers,
  };
}
