import { createHash } from 'crypto';
import { notificationTemplates } from '../../sandbox/chaos/path/notification-templates';

/** A notification as SNS hands it to a function. */
export function relayNotification(definition: string, alerts: number): object {
  const [render] = notificationTemplates(definition, alerts);
  if (render === undefined) {
    throw new Error('the definition has no receiver');
  }
  const { subject, message, attributes } = render('bench', 'firing', 'the disk is almost full');
  return snsEvent(subject, message, attributes);
}

/** The same alerts as YAML, as the article's template prints them: with all labels, annotations, and sources. */
export function articleNotification(alerts: number, routingKey: string): object {
  const details = Array.from({ length: alerts }, (_, index) => [
    '  - labels:', '      alertname: Chaos', '      incident: bench', `      instance: host-${index}.example.com`,
    '    annotations:', '      summary: the disk is almost full',
    '    source: http://prometheus.example.com/',
  ]);
  return snsEvent(`[FIRING:${alerts}] bench`, [
    `routing_key: ${routingKey}`, 'dedup_key: bench', 'severity: error', 'client_url: http://alertmanager.example.com',
    'description: the disk is almost full', 'details:', `  num_firing: ${alerts}`, '  firing:', ...details.flat(),
  ].join('\n'), {});
}

/** A queued event of the receive function as the event source hands it to the deliver function. */
export function queueEvent(sent: string, count: number, run: number): object {
  const { MessageBody, MessageGroupId } = JSON.parse(sent) as { readonly MessageBody: string; readonly MessageGroupId: string };
  return {
    Records: Array.from({ length: count }, (_, index) => {
      const queued = JSON.parse(MessageBody) as { readonly event: object };
      const dedupKey = createHash('sha256').update(`${run}-${index}`).digest('hex');
      return {
        messageId: `message-${run}-${index}`,
        receiptHandle: 'handle',
        body: JSON.stringify({ ...queued, event: { ...queued.event, dedup_key: dedupKey } }),
        attributes: { MessageGroupId: `${MessageGroupId}-${run}-${index}`, SentTimestamp: String(Date.now()), ApproximateReceiveCount: '1' },
      };
    }),
  };
}

function snsEvent(subject: string, message: string, attributes: Readonly<Record<string, string>>): object {
  return {
    Records: [{
      EventSource: 'aws:sns',
      Sns: {
        Type: 'Notification',
        MessageId: '00000000-0000-0000-0000-000000000000',
        TopicArn: 'arn:aws:sns:us-east-1:000000000000:alerts',
        Subject: subject,
        Message: message,
        Timestamp: '2026-03-01T10:00:00.000Z',
        MessageAttributes: Object.fromEntries(Object.entries(attributes).map(([name, Value]) => [name, { Type: 'String', Value }])),
      },
    }],
  };
}

/** The length of the message, in bytes. */
export function messageBytes(event: object): number {
  const { Records: [record] } = event as { readonly Records: ReadonlyArray<{ readonly Sns: { readonly Message: string } }> };
  return Buffer.byteLength(record?.Sns.Message ?? '');
}
