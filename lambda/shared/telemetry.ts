import { systemClock, type Clock } from './clock';
import { redactKeys } from './redact';
import { METRICS_DIMENSION, METRICS_NAMESPACE } from '../../src/contract/metrics';

/** Everything that the functions log about an event: there is no field for a routing key, nor for an event. */
export interface LogFields {
  readonly notificationId?: string;
  readonly messageId?: string;
  readonly dedupKey?: string;
  readonly receiver?: string;
  readonly action?: string;
  readonly format?: string;
  readonly outcome?: string;
  readonly code?: string;
  /** Why, in words. It quotes others (PagerDuty, AWS), so anything that looks like a key is removed. */
  readonly reason?: string;
  readonly status?: number;
  readonly attempt?: number;
  readonly latencyMs?: number;
  readonly retryInSeconds?: number;
  readonly severity?: string;
  readonly count?: number;
}

/** What the functions report about themselves. No method ever throws: no page is late because it could not be counted. */
export interface Telemetry {
  count(metric: string, times?: number): void;
  milliseconds(metric: string, value: number): void;
  info(message: string, fields: LogFields): void;
  warn(message: string, fields: LogFields): void;
  error(message: string, fields: LogFields): void;
  /** Writes the metrics of this invocation. */
  flush(): void;
}

type Unit = 'Count' | 'Milliseconds';

/** CloudWatch takes this many values of one metric in one document, and ignores the others. */
const MAX_VALUES = 100;

/**
 * Logs as JSON lines and metrics in CloudWatch's embedded metric format, both on standard output.
 *
 * @param moreDimensions with them, each metric is published twice: by workspace, and by workspace and these.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function createTelemetry(
  service: string, workspaceId: string, clock: Clock = systemClock, moreDimensions: Readonly<Record<string, string>> = {},
): Telemetry {
  const names = Object.keys(moreDimensions);
  const collected = new Map<string, { readonly unit: Unit; readonly values: number[] }>();

  const flush = (): void => {
    if (collected.size === 0) return;
    const metrics = Array.from(collected);
    collected.clear();
    write({
      _aws: {
        Timestamp: clock.now(),
        CloudWatchMetrics: [{
          Namespace: METRICS_NAMESPACE,
          Dimensions: [[METRICS_DIMENSION], ...(names.length === 0 ? [] : [[METRICS_DIMENSION, ...names]])],
          Metrics: metrics.map(([Name, { unit: Unit }]) => ({ Name, Unit })),
        }],
      },
      [METRICS_DIMENSION]: workspaceId,
      ...moreDimensions,
      ...Object.fromEntries(metrics.map(([name, { values }]) => [name, values.length === 1 ? values[0] : values])),
    });
  };

  const add = (name: string, unit: Unit, value: number): void => {
    if (name === '' || !Number.isFinite(value)) return;
    const { values } = collected.get(name) ?? { values: [] };
    // Counts add up; each duration stays a value of its own, for percentiles.
    if (unit === 'Count') collected.set(name, { unit, values: [value + (values[0] ?? 0)] });
    else collected.set(name, { unit, values: [...values, value] });
    if (values.length + 1 >= MAX_VALUES) flush();
  };

  const log = (level: string, message: string, fields: LogFields): void =>
    write({ level, message, timestamp: new Date(clock.now()).toISOString(), service, ...withoutKeys(fields) });

  return {
    count: (metric, times = 1) => quietly(() => add(metric, 'Count', times)),
    milliseconds: (metric, value) => quietly(() => add(metric, 'Milliseconds', value)),
    info: (message, fields) => quietly(() => log('INFO', message, fields)),
    warn: (message, fields) => quietly(() => log('WARN', message, fields)),
    error: (message, fields) => quietly(() => log('ERROR', message, fields)),
    flush: () => quietly(flush),
  };
}

let unwritten = '';

/**
 * What is reported in one turn of the event loop is one write. It can follow the response, but is always before the runtime asks for the next
 * event, and Lambda does not freeze a function before that.
 */
function write(line: object): void {
  if (unwritten === '') process.nextTick(writeAll);
  unwritten += `${JSON.stringify(line)}\n`;
}

process.once('exit', writeAll);

function writeAll(): void {
  const lines = unwritten;
  unwritten = '';
  if (lines !== '') quietly(() => process.stdout.write(lines));
}

/** Failures of telemetry are ignored: there is nowhere to report them. */
function quietly(report: () => unknown): void {
  try {
    report();
  } catch {
    // See above.
  }
}

function withoutKeys(fields: LogFields): LogFields {
  const { reason, receiver } = fields;
  return {
    ...fields,
    ...(reason === undefined ? {} : { reason: redactKeys(reason) }),
    ...(receiver === undefined ? {} : { receiver: redactKeys(receiver) }),
  };
}
