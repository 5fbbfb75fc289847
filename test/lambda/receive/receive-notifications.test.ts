import { messageBody, messageGroup } from '../../../lambda/receive/event-queue';
import { receiveNotifications } from '../../../lambda/receive/receive-notifications';
import { SectionKind } from '../../../src/contract/message';
import { ReceiveMetric } from '../../../src/contract/metrics';
import type { QueuedEvent } from '../../../src/contract/queued-event';
import { queuedEvent } from '../deliver/events';
import { PUBLISHED_AT, RecordedTelemetry, snsEvent, snsNotification } from '../notifications';
import { printMessage } from '../relay-message';

async function receive(input: unknown, fail = (_event: QueuedEvent): boolean => false) {
  const queued: QueuedEvent[] = [];
  const telemetry = new RecordedTelemetry();
  const send = async (event: QueuedEvent) => {
    if (fail(event)) throw new Error('queue is down');
    queued.push(event);
  };
  const result = await receiveNotifications(input, { queue: { send }, severityMap: { page: 'critical' }, telemetry })
    .catch((error: unknown) => error);
  return { queued, telemetry, result };
}

test('puts the event into the queue, with all that deliver needs', async () => {
  const message = printMessage({ routingKey: 'db', endpoint: 'eu', sections: [{ path: ['description'], content: 's' }, { path: ['severity'], content: 'Page' }] });
  const { queued, telemetry, result } = await receive(snsEvent(snsNotification(message)));
  expect(result).toBeUndefined();
  expect(queued).toEqual([{
    version: 1,
    event: expect.objectContaining({ event_action: 'trigger', payload: { summary: 's', source: 'Alertmanager', severity: 'critical' } }),
    routingKey: { name: 'db' },
    endpoint: 'eu',
    receiver: 'pager',
    notificationId: '00000000-0000-4000-8000-000000000001',
    publishedAt: PUBLISHED_AT,
  }]);
  expect(Object.fromEntries(telemetry.counts)).toEqual({ [ReceiveMetric.NOTIFICATIONS_RECEIVED]: 1 });
  expect(telemetry.lines).toMatchObject([{ level: 'info', outcome: 'queued', format: 'relay', action: 'trigger', severity: 'critical' }]);
  expect(telemetry.flushes).toBe(1);
});

test.each([
  ['an unreadable message', '', ReceiveMetric.NOTIFICATIONS_UNDECODABLE],
  ['a cut message', printMessage({ sections: [{ path: ['description'], content: 'abc' }] }).slice(0, -45), ReceiveMetric.NOTIFICATIONS_TRUNCATED],
  ['an unknown severity', printMessage({ sections: [{ path: ['severity'], content: 'none' }] }), ReceiveMetric.SEVERITIES_UNKNOWN],
  ['a long summary', printMessage({ sections: [{ path: ['description'], content: 'a'.repeat(1025) }] }), ReceiveMetric.EVENTS_TRIMMED],
])('counts %s', async (_what, message, metric) => {
  const { queued, telemetry } = await receive(snsEvent(snsNotification(message)));
  expect(queued).toHaveLength(1);
  expect(Array.from(telemetry.counts.keys()).sort()).toEqual([ReceiveMetric.NOTIFICATIONS_RECEIVED, metric].sort());
});

test('counts a resolve that cannot be told what it resolves, and sends nothing', async () => {
  const { queued, telemetry, result } = await receive(snsEvent(snsNotification('the disk is full again', { subject: 'alert', attributes: { status: 'resolved' } })));
  expect(result).toBeUndefined();
  expect(queued).toEqual([]);
  expect(telemetry.counts.get(ReceiveMetric.RESOLVES_SKIPPED)).toBe(1);
  expect(telemetry.lines).toMatchObject([{ level: 'warn', outcome: 'skipped', action: 'resolve', reason: expect.stringContaining('does not identify the incident') }]);
});

test('fails for a record that is not one of SNS, after all others are queued', async () => {
  const { Records: [good] } = snsEvent(snsNotification(printMessage({}))) as { Records: unknown[] };
  const { queued, result } = await receive({ Records: [{ Sns: {} }, good] });
  expect(result).toBeInstanceOf(TypeError);
  expect(queued).toHaveLength(1);
});

test('takes the time of arrival for a missing time of publication, by which events are ordered', async () => {
  const before = Date.now();
  const { queued } = await receive(snsEvent({ ...snsNotification(printMessage({})), timestamp: '' }));
  expect(Date.parse(queued[0].publishedAt)).toBeGreaterThanOrEqual(before);
});

test('pages for details that are nested deeper than any stack', async () => {
  const deep = '['.repeat(100_000) + ']'.repeat(100_000);
  const { queued, telemetry } = await receive(snsEvent(snsNotification(printMessage({ sections: [{ kind: SectionKind.JSON, path: ['details', 'a'], content: deep }] }))));
  expect(queued).toHaveLength(1);
  expect(telemetry.counts.get(ReceiveMetric.NOTIFICATIONS_UNDECODABLE) ?? 0).toBe(queued[0].event.payload.summary.includes('could not be read') ? 1 : 0);
});

test('fails when the queue does, after all others are queued, and says so', async () => {
  const notifications = ['a', 'b'].map((name) => snsNotification(printMessage({ receiver: name }), { messageId: name }));
  const { queued, telemetry, result } = await receive(snsEvent(...notifications), ({ receiver }) => receiver === 'a');
  expect(result).toEqual(new Error('queue is down'));
  expect(queued.map(({ receiver }) => receiver)).toEqual(['b']);
  expect(telemetry.lines).toContainEqual(expect.objectContaining({ level: 'error', outcome: 'failed', receiver: 'a' }));
  expect(telemetry.flushes).toBe(1);
});

test.each([undefined, null, {}, { Records: [{}] }, { Records: [{ Sns: {} }] }, { Records: 'x' }])('input of another source is an error: %j', async (input) => {
  expect((await receive(input)).result).toBeInstanceOf(TypeError);
});

test('a message in the queue has no character that SQS refuses', () => {
  const event = queuedEvent('a', 'trigger', { receiver: '\u0000\u001f\ufffe\uffff\ud800 😀' });
  expect(messageBody(event)).toMatch(/^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
  expect(JSON.parse(messageBody(event))).toEqual(event);
});

test('a message group is one that SQS takes, the same for trigger and resolve, another for another destination', () => {
  const groupOf = (dedupKey: string, rest: Partial<QueuedEvent> = {}, action: 'trigger' | 'resolve' = 'trigger') => messageGroup(queuedEvent(dedupKey, action, rest));
  for (const dedupKey of ['a', 'x'.repeat(64), 'x'.repeat(111), 'x'.repeat(112), 'x'.repeat(255), 'two words', 'é', '😀']) {
    expect(groupOf(dedupKey)).toMatch(/^[\x21-\x7e]{1,128}$/);
    expect(groupOf(dedupKey)).toBe(groupOf(dedupKey, {}, 'resolve'));
    expect(groupOf(dedupKey)).not.toBe(groupOf(`${dedupKey}!`));
  }
  const destinations: Array<Partial<QueuedEvent>> = [{}, { routingKey: { name: 'web' } }, { routingKey: { sha256: 'db' } }, { endpoint: 'eu' }];
  expect(new Set(destinations.map((rest) => groupOf('a', rest))).size).toBe(destinations.length);
});
