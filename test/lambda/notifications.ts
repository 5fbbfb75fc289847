import type { SnsNotification } from '../../lambda/receive/sns-notification';
import type { Telemetry, LogFields } from '../../lambda/shared/telemetry';

export const TOPIC_ARN = 'arn:aws:sns:eu-central-1:111122223333:alerts';
export const PUBLISHED_AT = '2026-03-01T10:00:00.000Z';

export function snsNotification(
  message: string, rest: { subject?: string; attributes?: Record<string, string>; messageId?: string; timestamp?: string } = {},
): SnsNotification {
  return {
    messageId: rest.messageId ?? '00000000-0000-4000-8000-000000000001',
    topicArn: TOPIC_ARN,
    timestamp: rest.timestamp ?? PUBLISHED_AT,
    subject: rest.subject ?? '',
    message,
    attributes: new Map(Object.entries(rest.attributes ?? {})),
  };
}

/** The input of the receive function, as SNS writes it. */
export function snsEvent(...notifications: readonly SnsNotification[]): unknown {
  return {
    Records: notifications.map((sns) => ({
      EventSource: 'aws:sns',
      Sns: {
        Type: 'Notification',
        MessageId: sns.messageId,
        TopicArn: sns.topicArn,
        Timestamp: sns.timestamp,
        Subject: sns.subject === '' ? null : sns.subject,
        Message: sns.message,
        MessageAttributes: Object.fromEntries(Array.from(sns.attributes, ([name, Value]) => [name, { Type: 'String', Value }])),
      },
    })),
  };
}

/** Remembers what a function said. */
export class RecordedTelemetry implements Telemetry {
  readonly counts = new Map<string, number>();
  readonly durations = new Map<string, number[]>();
  readonly lines: Array<{ level: string; message: string } & LogFields> = [];
  flushes = 0;

  count(metric: string, times = 1): void {
    this.counts.set(metric, (this.counts.get(metric) ?? 0) + times);
  }

  milliseconds(metric: string, value: number): void {
    const values = this.durations.get(metric) ?? [];
    values.push(value);
    this.durations.set(metric, values);
  }

  info(message: string, fields: LogFields): void {
    this.lines.push({ level: 'info', message, ...fields });
  }

  warn(message: string, fields: LogFields): void {
    this.lines.push({ level: 'warn', message, ...fields });
  }

  error(message: string, fields: LogFields): void {
    this.lines.push({ level: 'error', message, ...fields });
  }

  flush(): void {
    this.flushes++;
  }
}
