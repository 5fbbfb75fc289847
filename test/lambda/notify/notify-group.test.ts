import { notifyBatch } from '../../../lambda/notify/notify-batch';
import { notifyGroup, type GroupNotification, type RetryRequest } from '../../../lambda/notify/notify-group';
import type { Attempt, Send, Transports } from '../../../lambda/notify/transport';
import type { QueueRecord } from '../../../lambda/shared/queue/queue-record';
import { DeliveryHistory } from '../../../lambda/shared/watermark/delivery-history';
import { NotifyMetric } from '../../../src/contract/metrics';
import { DeadLetterReason } from '../../../src/contract/queued-event';
import { MAX_REQUEST_TIMEOUT_MS, Transport, type QueuedNotification } from '../../../src/contract/queued-notification';
import { QueueSimulation } from '../deliver/queue-simulation';
import { RecordedTelemetry } from '../notifications';

const NOW = Date.parse('2026-03-01T10:00:00Z');
const WINDOW_SECONDS = 3600;

function record(second: number, rest: Partial<QueueRecord> = {}, request: Partial<QueuedNotification<'webhook'>> = {}): QueueRecord {
  const queued: QueuedNotification<'webhook'> = {
    version: 1,
    transport: 'webhook',
    entry: 'receivers.team.webhook_configs[0]',
    status: 'firing',
    receiver: 'team',
    notificationId: `n${second}`,
    publishedAt: new Date(NOW - 60_000 + second * 1000).toISOString(),
    request: { url: 'hook', body: String(second) },
    ...request,
  };
  return { messageId: `m${second}`, receiptHandle: `r${second}`, body: JSON.stringify(queued), group: 'g', sentAt: NOW - 60_000, attempt: 1, ...rest };
}

interface Outcome {
  readonly left: RetryRequest | undefined;
  readonly sent: readonly string[];
  readonly queue: QueueSimulation;
  readonly telemetry: RecordedTelemetry;
  readonly counts: Readonly<Record<string, number>>;
}

async function notify(
  records: readonly QueueRecord[], attempts: readonly Attempt[] = [], rest: Partial<GroupNotification> & { failDeadLetter?: boolean } = {},
): Promise<Outcome> {
  const queue = new QueueSimulation();
  queue.failDeadLetter = rest.failDeadLetter ?? false;
  const telemetry = new RecordedTelemetry();
  const sent: string[] = [];
  const left = await notifyGroup(records, {
    queue,
    telemetry,
    table: undefined,
    telemetryOf: () => telemetry,
    history: new DeliveryHistory(undefined, 'notify'),
    clock: { now: () => NOW, random: () => 0.5, sleep: async () => undefined },
    retryWindowSeconds: WINDOW_SECONDS,
    remainingMs: () => 180_000,
    transports: transportsWith(async ({ request }) => {
      sent.push(request.body);
      return attempts[sent.length - 1] ?? { outcome: 'delivered' };
    }),
    ...rest,
  });
  return { left, sent, queue, telemetry, counts: Object.fromEntries(telemetry.counts) };
}

/** What sends webhooks; the other transports accept everything. */
function transportsWith(webhook: Send<'webhook'>): Transports {
  const others = Object.fromEntries(Object.values(Transport).map((name) => [name, async () => ({ outcome: 'delivered' })])) as unknown as Transports;
  return { ...others, webhook };
}

const idsOf = (left: RetryRequest | undefined): string[] => left?.records.map(({ messageId }) => messageId) ?? [];

test('what is delivered is counted, with the time since its publication', async () => {
  const { left, counts, telemetry } = await notify([record(10)]);
  expect(left).toBeUndefined();
  expect(counts).toEqual({ [NotifyMetric.NOTIFICATIONS_DELIVERED]: 1 });
  expect(telemetry.durations.get(NotifyMetric.NOTIFICATION_LATENCY)).toEqual([50_000]);
  expect(telemetry.lines).toMatchObject([{ level: 'info', outcome: 'delivered', receiver: 'team', notificationId: 'n10' }]);
});

test('the first that fails holds up those behind it, and all of them wait for the same time', async () => {
  const { left, sent, counts } = await notify([record(1), record(2), record(3)], [{ outcome: 'delivered' }, { outcome: 'failed', reason: 'the server answered 503' }]);
  expect(sent).toEqual(['1', '2']);
  expect(idsOf(left)).toEqual(['m2', 'm3']);
  expect(left?.seconds).toBeGreaterThan(0);
  expect(counts).toEqual({ [NotifyMetric.NOTIFICATIONS_DELIVERED]: 1, [NotifyMetric.NOTIFICATIONS_RETRIED]: 1 });
});

test('waits for as long as the server asks', async () => {
  const { left } = await notify([record(1)], [{ outcome: 'failed', reason: '429', retryAfterSeconds: 77 }]);
  expect(left?.seconds).toBeGreaterThanOrEqual(77);
});

test('what is refused gives up its place: the reason is in the dead-letter queue, and the next one is sent', async () => {
  const { left, sent, queue, counts } = await notify([record(1), record(2)], [{ outcome: 'rejected', reason: 'the server answered 404: no such hook' }]);
  expect(left).toBeUndefined();
  expect(sent).toEqual(['1', '2']);
  expect(queue.deadLettered).toMatchObject([{ code: DeadLetterReason.REJECTED, reason: 'the server answered 404: no such hook' }]);
  expect(counts).toEqual({ [NotifyMetric.NOTIFICATIONS_DEAD_LETTERED]: 1, [NotifyMetric.NOTIFICATIONS_DELIVERED]: 1 });
});

test('what fails until its retry window ends moves to the dead-letter queue, with the last reason', async () => {
  const failed: Attempt = { outcome: 'failed', reason: 'no response from the server: timeout' };
  const { left, queue } = await notify([record(1, { sentAt: NOW - WINDOW_SECONDS * 1000 })], [failed]);
  expect(left).toBeUndefined();
  expect(queue.deadLettered).toMatchObject([{ code: DeadLetterReason.EXPIRED, reason: expect.stringMatching(/retry window.*no response from the server: timeout$/) }]);
  // One second before, it is tried again.
  expect(idsOf((await notify([record(1, { sentAt: NOW - WINDOW_SECONDS * 1000 + 1000 })], [failed])).left)).toEqual(['m1']);
});

test('a secret without a usable value is counted with each attempt', async () => {
  const { counts } = await notify([record(1)], [{ outcome: 'failed', reason: 'the secret has no entry', isAboutCredentials: true }]);
  expect(counts).toEqual({ [NotifyMetric.CREDENTIAL_FAILURES]: 1, [NotifyMetric.NOTIFICATIONS_RETRIED]: 1 });
});

test.each(['', 'no JSON', '{}', '{"version":2}', '{"version":1,"transport":"pigeon","request":{}}', '{"version":1,"transport":"webhook","request":{"url":"x"}}'])(
  'the unreadable message %j is dead-lettered, and holds up nothing', async (body) => {
    const { left, sent, queue } = await notify([record(1, { body }), record(2)]);
    expect(left).toBeUndefined();
    expect(sent).toEqual(['2']);
    expect(queue.deadLettered).toMatchObject([{ body, code: DeadLetterReason.UNREADABLE, reason: expect.stringContaining('unreadable') }]);
  });

test('what the dead-letter queue does not take stays in the queue: refused, expired, or unreadable', async () => {
  const refused = await notify([record(1), record(2)], [{ outcome: 'rejected', reason: '404' }], { failDeadLetter: true });
  expect(idsOf(refused.left)).toEqual(['m1', 'm2']);
  expect(refused.sent).toEqual(['1']);
  expect(refused.counts[NotifyMetric.NOTIFICATIONS_DEAD_LETTERED]).toBeUndefined();
  const unreadable = await notify([record(1, { body: '' }), record(2)], [], { failDeadLetter: true });
  expect(idsOf(unreadable.left)).toEqual(['m1']);
  expect(unreadable.sent).toEqual(['2']);
  expect(unreadable.telemetry.lines).toContainEqual(expect.objectContaining({ level: 'error', message: 'notification not dead-lettered, will be retried' }));
});

test('no request begins that the function might not live to finish', async () => {
  let remaining = 180_000;
  const { left, sent } = await notify([record(1), record(2)], [], {
    remainingMs: () => remaining,
    transports: transportsWith(async () => {
      remaining = 2 * MAX_REQUEST_TIMEOUT_MS;
      return { outcome: 'delivered' };
    }),
  });
  // The other one comes again at once, in a new invocation.
  expect({ ids: idsOf(left), seconds: left?.seconds }).toEqual({ ids: ['m2'], seconds: 0 });
  expect(sent).toEqual([]);
});

test('a batch survives what nobody foresaw in a group, and a queue that refuses to defer', async () => {
  const queue = new QueueSimulation(150);
  const telemetry = new RecordedTelemetry();
  const context: GroupNotification = {
    queue,
    telemetry,
    table: undefined,
    telemetryOf: () => telemetry,
    history: new DeliveryHistory(undefined, 'notify'),
    clock: { now: () => NOW, random: () => 0.5, sleep: async () => undefined },
    retryWindowSeconds: WINDOW_SECONDS,
    remainingMs: () => 180_000,
    transports: transportsWith(async ({ request }) => {
      if (request.body === '1') throw new TypeError('nobody foresaw this');
      return { outcome: 'delivered' };
    }),
  };
  queue.failDefer = true;
  queue.sendRaw(record(1).body, 'broken', NOW);
  queue.sendRaw(record(2).body, 'broken', NOW);
  queue.sendRaw(record(3).body, 'fine', NOW);
  let flushes = 0;
  const batch = queue.receive(10);
  const response = await notifyBatch(batch, context, () => {
    flushes += 1;
  });
  expect(response.batchItemFailures).toEqual([{ itemIdentifier: 'message-1' }, { itemIdentifier: 'message-2' }]);
  expect(flushes).toBe(1);
  expect(telemetry.lines).toContainEqual(expect.objectContaining({ level: 'error', reason: 'nobody foresaw this', count: 2 }));
  expect(telemetry.lines).toContainEqual(expect.objectContaining({ level: 'warn', message: 'visibility timeout not changed' }));
});

test('input of another source is an error, and the metrics are written all the same', async () => {
  let flushes = 0;
  await expect(notifyBatch({ nothing: true }, { clock: { now: () => NOW } } as unknown as GroupNotification, () => {
    flushes += 1;
  })).rejects.toThrow(TypeError);
  expect(flushes).toBe(1);
});
