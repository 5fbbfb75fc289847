import { scriptedServer } from './email/scripted-server';
import { emailSender } from '../../../lambda/notify/email/email-sender';
import { guardedLookup } from '../../../lambda/notify/guarded-lookup';
import { notifyBatch } from '../../../lambda/notify/notify-batch';
import type { GroupNotification } from '../../../lambda/notify/notify-group';
import { SecretValues } from '../../../lambda/notify/secret-values';
import type { Attempt, Send } from '../../../lambda/notify/transport';
import type { Clock } from '../../../lambda/shared/clock';
import { DeliveryHistory } from '../../../lambda/shared/watermark/delivery-history';
import { SharedTable } from '../../../lambda/shared/watermark/shared-table';
import { NotifyMetric, WatermarkMetric } from '../../../src/contract/metrics';
import { AddressPermission, type QueuedNotification } from '../../../src/contract/queued-notification';
import { QueueSimulation } from '../deliver/queue-simulation';
import { TableSimulation } from '../deliver/table-simulation';
import { RecordedTelemetry } from '../notifications';

const START = Date.parse('2026-03-01T10:00:00Z');

function setUp(email: Send<'email'> = async () => ({ outcome: 'delivered' })) {
  const queue = new QueueSimulation(150);
  const items = new TableSimulation();
  const telemetry = new RecordedTelemetry();
  const clock: Clock = { now: () => START + queue.now * 1000, random: () => 0.5, sleep: async () => undefined };
  const sent: string[] = [];
  const attempts: Attempt[] = [];
  const send = async ({ request }: QueuedNotification<'webhook' | 'slack'>): Promise<Attempt> => {
    sent.push(request.body);
    return attempts.shift() ?? { outcome: 'delivered' };
  };
  const newInstance = (): GroupNotification => {
    const table = new SharedTable(items, telemetry, clock);
    return {
      queue,
      table,
      telemetry,
      clock,
      telemetryOf: () => telemetry,
      history: new DeliveryHistory(table, 'notify'),
      transports: { webhook: send, slack: send, email, sysdig: async () => ({ outcome: 'delivered' }) },
      retryWindowSeconds: 3600,
      remainingMs: () => 180_000,
    };
  };
  const first = newInstance();
  return {
    queue,
    items,
    telemetry,
    sent,
    attempts,
    newInstance,
    /** Queues notifications, as the receive function does. */
    publish: (...notifications: QueuedNotification[]) => notifications.forEach((each) => queue.sendRaw(JSON.stringify(each), each.entry, START)),
    /** Hands over the next batch. */
    invoke: async (instance: GroupNotification = first) => {
      const batch = queue.receive(10);
      if (batch === undefined) return undefined;
      const response = await notifyBatch(batch, instance, () => undefined);
      queue.settle(batch, response.batchItemFailures);
      return response.batchItemFailures.length;
    },
  };
}

function notification(status: 'firing' | 'resolved', second: number, entry = 'receivers.team.webhook_configs[0]'): QueuedNotification {
  return {
    version: 1,
    transport: 'webhook',
    entry,
    status,
    receiver: 'team',
    notificationId: `n${second}`,
    publishedAt: new Date(START + second * 1000).toISOString(),
    request: { url: 'hook', body: `${status} ${second}` },
  };
}

test('sends what a group says in the order of publication, each of it', async () => {
  const { publish, invoke, sent } = setUp();
  publish(notification('resolved', 3), notification('firing', 1), notification('firing', 2));
  expect(await invoke()).toBe(0);
  expect(sent).toEqual(['firing 1', 'firing 2', 'resolved 3']);
});

describe('another instance', () => {
  test('does not send a notification again that SNS repeats after more than 5 minutes', async () => {
    const { publish, invoke, sent, newInstance, telemetry } = setUp();
    publish(notification('firing', 1));
    await invoke();
    publish(notification('firing', 1));
    await invoke(newInstance());
    expect(sent).toEqual(['firing 1']);
    expect(telemetry.counts.get(NotifyMetric.NOTIFICATIONS_OUTDATED)).toBeUndefined();
    expect(telemetry.lines.at(-1)).toMatchObject({ outcome: 'duplicate' });
  });

  test('does not tell a receiver of a resolve afterward that the alert fires', async () => {
    const { publish, invoke, sent, newInstance, telemetry } = setUp();
    publish(notification('resolved', 2));
    await invoke();
    publish(notification('firing', 1), notification('firing', 3));
    await invoke(newInstance());
    expect(sent).toEqual(['resolved 2', 'firing 3']);
    expect(telemetry.counts.get(NotifyMetric.NOTIFICATIONS_OUTDATED)).toBe(1);
  });

  test('sends again what was sent by an instance that was killed before it could report', async () => {
    const { publish, invoke, sent, newInstance, queue, attempts } = setUp();
    publish(notification('firing', 1));
    attempts.push({ outcome: 'failed', reason: 'killed' });
    expect(await invoke()).toBe(1);
    queue.advance();
    expect(await invoke(newInstance())).toBe(0);
    expect(sent).toEqual(['firing 1', 'firing 1']);
  });

  test('sends what is redriven, unless a later one was accepted meanwhile', async () => {
    const { publish, invoke, sent, newInstance, queue, attempts } = setUp();
    publish(notification('firing', 1), notification('firing', 1, 'receivers.other.webhook_configs[0]'));
    attempts.push({ outcome: 'rejected', reason: '400' }, { outcome: 'rejected', reason: '400' });
    await invoke();
    publish(notification('resolved', 2));
    await invoke(newInstance());
    queue.deadLettered.forEach(({ body }) => queue.sendRaw(body, (JSON.parse(body) as QueuedNotification).entry, START));
    await invoke(newInstance());
    expect(sent).toEqual(['firing 1', 'firing 1', 'resolved 2', 'firing 1']);
  });
});

test('a notification that fails holds up its own group alone', async () => {
  const { publish, invoke, sent, attempts, queue } = setUp();
  publish(notification('firing', 1), notification('resolved', 2), notification('firing', 1, 'receivers.other.webhook_configs[0]'));
  attempts.push({ outcome: 'failed', reason: 'no response from the server' });
  expect(await invoke()).toBe(2);
  expect(sent).toEqual(['firing 1', 'firing 1']);
  queue.advance();
  expect(await invoke()).toBe(0);
  expect(sent.slice(2)).toEqual(['firing 1', 'resolved 2']);
});

test('a mail server that hangs holds up its own group alone', async () => {
  const server = await scriptedServer('GREETING -');
  const sentWhileHanging: string[][] = [];
  const permissions = Object.values(AddressPermission);
  const sendMail = emailSender({
    secrets: new SecretValues(async () => ({ content: { kind: 'keys', keys: new Map() } })),
    permissions,
    lookup: guardedLookup(permissions),
    clock: { now: () => START, random: () => 0.5, sleep: async () => undefined },
    timeoutMs: 500,
  });
  const { publish, invoke, sent, queue, telemetry } = setUp(async (mail) => {
    const attempt = await sendMail(mail);
    sentWhileHanging.push([...sent]);
    return attempt;
  });
  try {
    publish(
      mailTo(server.port, 1), mailTo(server.port, 2),
      notification('firing', 1), notification('resolved', 2), notification('firing', 1, 'receivers.other.webhook_configs[0]'),
    );
    expect(await invoke()).toBe(2);
    expect(sentWhileHanging).toEqual([['firing 1', 'firing 1', 'resolved 2']]);
    expect(telemetry.lines.find(({ outcome }) => outcome === 'retried')).toMatchObject({ reason: 'no mail was handed over: the server did not finish within 0.5 seconds' });
    expect(queue.length).toBe(2);
  } finally {
    await server.stop();
  }
});

function mailTo(port: number, second: number): QueuedNotification<'email'> {
  return {
    ...notification('firing', second, 'receivers.team.email_configs[0]'),
    transport: 'email',
    request: { server: { host: '127.0.0.1', port, hello: 'me', encryption: 'none' }, from: 'a@example.com', to: 'b@example.com', headers: [['Subject', 's']] },
  };
}

test('without the table, an instance works from its memory and counts it', async () => {
  const { publish, invoke, sent, items, telemetry } = setUp();
  items.isAvailable = false;
  publish(notification('resolved', 2));
  await invoke();
  publish(notification('firing', 1));
  await invoke();
  expect(sent).toEqual(['resolved 2']);
  expect(telemetry.counts.get(WatermarkMetric.WATERMARK_UNAVAILABLE)).toBe(2);
});

test('the table holds neither an entry nor a value of it', async () => {
  const { publish, invoke, items } = setUp();
  publish(notification('firing', 1));
  await invoke();
  expect(Array.from(items.items.keys())).toEqual([expect.stringMatching(/^notify:[0-9a-f]{64}$/)]);
  expect(JSON.stringify(Array.from(items.items.values()))).not.toMatch(/team|hook/);
});
