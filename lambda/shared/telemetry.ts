import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { redactKeys } from './redact';
import { METRICS_DIMENSION, METRICS_NAMESPACE } from '../../src/contract/metrics';

/** All that the functions log of an event: there is no field for a routing key, nor for an event. */
export interface LogFields {
  readonly notificationId?: string;
  readonly messageId?: string;
  readonly dedupKey?: string;
  readonly receiver?: string;
  readonly action?: string;
  readonly format?: string;
  readonly outcome?: string;
  readonly code?: string;
  /** Why, in words. Made of what others said (PagerDuty, AWS), so anything that looks like a key is taken out. */
  readonly reason?: string;
  readonly status?: number;
  readonly attempt?: number;
  readonly latencyMs?: number;
  readonly retryInSeconds?: number;
  readonly severity?: string;
  readonly count?: number;
}

/** What the functions tell about themselves. Nothing of it ever throws: no page is late because it could not be counted. */
export interface Telemetry {
  count(metric: string, times?: number): void;
  milliseconds(metric: string, value: number): void;
  info(message: string, fields: LogFields): void;
  warn(message: string, fields: LogFields): void;
  error(message: string, fields: LogFields): void;
  /** Writes the metrics of this invocation. */
  flush(): void;
}

/** Logs as JSON lines and metrics in the embedded metric format, both on standard output. */
export function createTelemetry(serviceName: string, workspaceId: string): Telemetry {
  const logger = new Logger({ serviceName });
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName });
  // Powertools adds a dimension `service` of its own, with which `metricX()` of the construct would not find the metrics.
  metrics.clearDefaultDimensions();
  metrics.setDefaultDimensions({ [METRICS_DIMENSION]: workspaceId });
  return {
    count: (metric, times = 1) => quietly(() => metrics.addMetric(metric, MetricUnit.Count, times)),
    milliseconds: (metric, value) => quietly(() => metrics.addMetric(metric, MetricUnit.Milliseconds, value)),
    info: (message, fields) => quietly(() => logger.info(message, { ...withoutKeys(fields) })),
    warn: (message, fields) => quietly(() => logger.warn(message, { ...withoutKeys(fields) })),
    error: (message, fields) => quietly(() => logger.error(message, { ...withoutKeys(fields) })),
    flush: () => quietly(() => {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    }),
  };
}

function quietly(tell: () => void): void {
  try {
    tell();
  } catch {
    // There is nobody to tell that nothing can be told.
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
