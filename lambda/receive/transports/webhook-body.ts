import { commonPairs, type Alert } from './alerts';
import { goJson } from './go-json';
import type { TransportHead } from '../../../src/contract/message';

/** What the body of a webhook is made of. */
export interface WebhookData {
  readonly head: TransportHead<'webhook'>;
  readonly groupKey: string;
  /** The alerts that arrived, in Alertmanager's order. */
  readonly alerts: readonly Alert[];
  readonly externalUrl: string;
}

/**
 * The JSON that Alertmanager itself posts, byte for byte: version 4, as of 0.21 to 0.31, with a line feed at its end.
 *
 * With `max_alerts` Alertmanager takes the first alerts and makes status and common labels of these. The same holds for alerts that
 * were lost because the notification was too long for Amazon SNS: `truncatedAlerts` counts both.
 */
export function webhookBody({ head, groupKey, alerts, externalUrl }: WebhookData): string {
  const { maxAlerts } = head.settings;
  const sent = maxAlerts === undefined ? alerts : alerts.slice(0, maxAlerts);
  const status = sent.length === 0 ? head.status : sent.some((alert) => alert.status === 'firing') ? 'firing' : 'resolved';
  return `${goJson({
    receiver: quoteMeta(head.receiver),
    status,
    alerts: sent.map((alert) => ({
      status: alert.status,
      labels: new Map(Object.entries(alert.labels)),
      annotations: new Map(Object.entries(alert.annotations)),
      startsAt: alert.startsAt,
      endsAt: alert.endsAt,
      generatorURL: alert.generatorURL,
      fingerprint: alert.fingerprint,
    })),
    groupLabels: new Map(head.groupLabels),
    commonLabels: new Map(commonPairs(sent.map(({ labels }) => labels))),
    commonAnnotations: new Map(commonPairs(sent.map(({ annotations }) => annotations))),
    externalURL: externalUrl,
    version: '4',
    groupKey,
    truncatedAlerts: Math.max(0, head.firing + head.resolved - sent.length),
  })}\n`;
}

/** As Go's `regexp.QuoteMeta`, which Alertmanager applies to the name of a receiver. */
function quoteMeta(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}
