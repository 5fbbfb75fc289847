import * as fc from 'fast-check';
import { receiveNotifications } from '../../../lambda/receive/receive-notifications';
import type { TransportNotification } from '../../../lambda/receive/transports/transport-notification';
import { MESSAGE_END, messageMarker } from '../../../src/contract/message';
import { NotifyMetric } from '../../../src/contract/metrics';
import { RecordedTelemetry, snsEvent, snsNotification } from '../notifications';
import { goQuote, HASH } from '../relay-message';

interface SentAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
}

interface Body {
  readonly status: string;
  readonly alerts: ReadonlyArray<{ readonly status: string; readonly labels: Readonly<Record<string, string>> }>;
  readonly groupLabels: object;
  readonly commonLabels: Readonly<Record<string, string>>;
  readonly groupKey: string;
  readonly truncatedAlerts: number;
}

/** The message of a webhook, as the definition's template prints it. */
function print(alerts: readonly SentAlert[], settings: object = {}): string {
  const marker = messageMarker(HASH);
  const count = (status: string): number => alerts.filter((alert) => alert.status === status).length;
  const head = [
    '"transport":"webhook"', '"entry":"receivers.team.webhook_configs[0]"', `"settings":${JSON.stringify({ url: 'team/webhook/0', ...settings })}`,
    '"receiver":"team"', '"routeKey":"{}"', `"status":"${count('firing') > 0 ? 'firing' : 'resolved'}"`,
    `"firing":${count('firing')}`, `"resolved":${count('resolved')}`, '"groupLabels":[["alertname","X"]]',
  ].join(',');
  const written = alerts.map(({ status, labels }) => {
    const pairs = Object.entries(labels).map(([name, value]) => `${goQuote(name)}:${goQuote(value)}`).join(',');
    return `\n{"status":"${status}","labels":{${pairs}},"annotations":{},"startsAt":"2026-01-01T00:00:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"","fingerprint":"00"}`;
  });
  return [
    `${marker} {${head}}`,
    `${marker} json ["externalURL"]`, '"http://am"',
    `${marker} json ["alerts"]`, `[${written.join(',')}`, ']',
    `${marker} ${MESSAGE_END}`,
  ].join('\n');
}

async function receive(message: string): Promise<{ body?: Body; telemetry: RecordedTelemetry; result: unknown }> {
  const telemetry = new RecordedTelemetry();
  const sent: TransportNotification[] = [];
  const result = await receiveNotifications(snsEvent(snsNotification(message, { attributes: { transport: 'webhook', status: 'firing', truncated: 'true' } })), {
    queue: { send: async () => Promise.reject(new Error('a page')) },
    notificationQueue: { send: async (notification) => void sent.push(notification) },
    severityMap: {},
    telemetry,
  }).catch((error: unknown) => error);
  const request = sent[0]?.queued.request;
  return { body: request && 'body' in request ? JSON.parse(request.body) as Body : undefined, telemetry, result };
}

const value = fc.string({ unit: 'binary', maxLength: 12 });
const alerts = fc.array(fc.record({
  status: fc.constantFrom('firing' as const, 'resolved' as const),
  labels: fc.record({ instance: value, job: fc.constantFrom('a', 'b') }).map((labels) => ({ alertname: 'X', ...labels })),
}), { minLength: 1, maxLength: 6 });

test('a message that was truncated anywhere loses the damaged alerts, counts them, and reports them', async () => {
  await fc.assert(fc.asyncProperty(alerts, fc.double({ min: 0, max: 1, noNaN: true }), async (all, where) => {
    const whole = print(all);
    const start = whole.indexOf(' json ["externalURL"]');
    const message = whole.slice(0, start + Math.floor((whole.length - start) * where));
    const { body, telemetry, result } = await receive(message);
    expect(result).toBeUndefined();
    const kept = body?.alerts ?? [];
    // Whole alerts only, the first ones, unchanged.
    const expected = all.slice(0, kept.length).map(({ status, labels }) => ({ status, labels: wellFormed(labels) }));
    expect(kept.map(({ status, labels }) => ({ status, labels }))).toEqual(expected);
    const lost = all.length - kept.length;
    expect(body?.truncatedAlerts).toBe(lost);
    expect(telemetry.counts.get(NotifyMetric.ALERTS_LOST) ?? 0).toBe(lost);
    const said = telemetry.lines.filter((line) => line.outcome === 'truncated');
    expect(said.map(({ count }) => count)).toEqual(message === whole ? [] : [lost]);
    // What does not depend on the alerts is that of the group; what does is made of those that are left.
    expect(body).toMatchObject({ groupLabels: { alertname: 'X' }, groupKey: '{}:{alertname="X"}' });
    if (kept.length > 0) {
      expect(body?.status).toBe(kept.some(({ status }) => status === 'firing') ? 'firing' : 'resolved');
      expect(body?.commonLabels.job).toBe(kept.every(({ labels }) => labels.job === kept[0].labels.job) ? kept[0].labels.job : undefined);
    }
  }), { numRuns: 300 });
});

test('a message that lost all alerts says what group it is about, and how many are missing', async () => {
  const whole = print([{ status: 'firing', labels: { alertname: 'X' } }]);
  const { body } = await receive(whole.slice(0, whole.indexOf('"labels"')));
  expect(body).toMatchObject({ status: 'firing', alerts: [], groupLabels: { alertname: 'X' }, commonLabels: {}, truncatedAlerts: 1 });
});

test('max_alerts and lost alerts are counted once', async () => {
  const all = Array.from({ length: 5 }, (_, index) => ({ status: 'resolved' as const, labels: { alertname: 'X', index: String(index) } }));
  const whole = print(all, { maxAlerts: 2 });
  expect((await receive(whole)).body).toMatchObject({ alerts: [{}, {}], truncatedAlerts: 3 });
  expect((await receive(whole.slice(0, whole.indexOf('"index":"3"')))).body).toMatchObject({ alerts: [{}, {}], truncatedAlerts: 3 });
  expect((await receive(whole.slice(0, whole.indexOf('"index":"1"')))).body).toMatchObject({ alerts: [{}], truncatedAlerts: 4 });
});

test.each<[string, (whole: string) => string]>([
  ['its head', (whole) => whole.slice(0, whole.indexOf('"routeKey"'))],
  ['the action of its URL', (whole) => whole.replace(/\n[^\n]*externalURL[^]*/, `\n${messageMarker(HASH)} text ["url",0]\npart`)],
])('a message that was truncated inside of %s is not sent, and moves to the dead-letter queue', async (_, truncate) => {
  const { body, telemetry, result } = await receive(truncate(print([{ status: 'firing', labels: { alertname: 'X' } }], { urlActions: 1 })));
  expect(body).toBeUndefined();
  // The error makes AWS Lambda call again, and then keep the notification.
  expect(result).toBeInstanceOf(Error);
  expect(telemetry.lines).toContainEqual(expect.objectContaining({ level: 'error', outcome: 'failed' }));
});

/** Go's strings are UTF-8: half a character is none. */
function wellFormed(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, text]) => [name, text.replace(/\p{Cs}/gu, '\ufffd')]));
}
