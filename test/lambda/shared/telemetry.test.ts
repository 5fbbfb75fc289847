import { createTelemetry } from '../../../lambda/shared/telemetry';
import { DeliverMetric, METRICS_DIMENSION, METRICS_NAMESPACE, ReceiveMetric } from '../../../src/contract/metrics';
import { captureOutput } from '../output';

const KEY = 'R0'.repeat(16);

test('writes each metric with the namespace and the one dimension by which the construct looks for it', async () => {
  const output = await captureOutput(() => {
    const telemetry = createTelemetry('deliver', 'ws-1');
    for (const name of [...Object.values(ReceiveMetric), ...Object.values(DeliverMetric)]) {
      if (/(Latency|Age)$/.test(name)) telemetry.milliseconds(name, 12);
      else telemetry.count(name);
    }
    telemetry.flush();
  });
  const line = JSON.parse(output) as { _aws: { CloudWatchMetrics: unknown }; [name: string]: unknown };
  const metrics = [...Object.values(ReceiveMetric), ...Object.values(DeliverMetric)].map((Name) => ({ Name, Unit: /(Latency|Age)$/.test(Name) ? 'Milliseconds' : 'Count' }));
  expect(line._aws.CloudWatchMetrics).toEqual([{ Namespace: METRICS_NAMESPACE, Dimensions: [[METRICS_DIMENSION]], Metrics: metrics }]);
  expect(line).toMatchObject({ [METRICS_DIMENSION]: 'ws-1', [ReceiveMetric.NOTIFICATIONS_RECEIVED]: 1, [DeliverMetric.PAGERDUTY_LATENCY]: 12 });
  expect(line).not.toHaveProperty('service');
});

test('keeps the dimension from invocation to invocation, and writes nothing when there is nothing', async () => {
  const output = await captureOutput(() => {
    const telemetry = createTelemetry('deliver', 'ws-1');
    telemetry.flush();
    for (let invocation = 0; invocation < 2; invocation++) {
      telemetry.count(DeliverMetric.EVENTS_DEAD_LETTERED);
      telemetry.flush();
    }
  });
  const lines = output.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map((line) => line[METRICS_DIMENSION])).toEqual(['ws-1', 'ws-1']);
});

test('logs JSON lines, without anything that looks like a key', async () => {
  const output = await captureOutput(() => {
    const telemetry = createTelemetry('deliver', 'ws-1');
    telemetry.error('dead-lettered', { dedupKey: 'd'.repeat(64), attempt: 3, reason: `refused ${KEY}!`, receiver: KEY });
  });
  expect(JSON.parse(output)).toMatchObject({
    level: 'ERROR', message: 'dead-lettered', service: 'deliver', dedupKey: 'd'.repeat(64), attempt: 3, reason: 'refused [redacted]!', receiver: '[redacted]',
  });
});

test('what is reported in one turn of the event loop is one write', async () => {
  const writes: string[] = [];
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    writes.push(String(chunk));
    return true;
  });
  try {
    const telemetry = createTelemetry('deliver', 'ws-1');
    for (const turn of [1, 2]) {
      telemetry.info('delivered', {});
      telemetry.count(DeliverMetric.EVENTS_DELIVERED);
      telemetry.flush();
      await new Promise((resolve) => process.nextTick(resolve));
      expect(writes).toHaveLength(turn);
      expect(writes[turn - 1].trim().split('\n')).toHaveLength(2);
    }
  } finally {
    spy.mockRestore();
  }
});

test('what was logged in the turn in which the process exits is written', () => {
  const spy = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    createTelemetry('deliver', 'ws-1').info('last words', {});
    process.listeners('exit').at(-1)?.(0);
    expect(spy.mock.calls.map(([chunk]) => String(chunk))).toEqual([expect.stringContaining('last words')]);
  } finally {
    spy.mockRestore();
  }
});

test('never throws, for no page is to wait for a log', async () => {
  const full = (): never => { throw new Error('no space left on device'); };
  const streams = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockImplementation(full));
  const strange = { get reason(): string { return full(); } };
  try {
    const telemetry = createTelemetry('deliver', 'ws-1');
    expect(() => {
      telemetry.info('queued', strange);
      telemetry.warn('retried', strange);
      telemetry.error('dead-lettered', strange);
      telemetry.count(DeliverMetric.EVENTS_DEAD_LETTERED, Number.NaN);
      telemetry.count('n'.repeat(256));
      telemetry.milliseconds('', 1);
      telemetry.flush();
    }).not.toThrow();
    await new Promise((resolve) => setImmediate(resolve));
    expect(process.stdout.write).toHaveBeenCalled();
  } finally {
    streams.forEach((spy) => spy.mockRestore());
  }
});
