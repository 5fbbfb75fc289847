import { alertsIn } from './alerts';
import type { BuildRequest } from './built-request';
import { webhookBody } from './webhook-body';
import { TransportSectionName, type TransportHead } from '../../../src/contract/message';
import type { DecodedMessage } from '../decode/decode-message';

type WebhookMessage = DecodedMessage<TransportHead<'webhook'>>;

/** The POST request of a webhook. Of a truncated message, the alerts that arrived are sent. */
export const webhookRequest: BuildRequest<'webhook'> = (message, groupKey) => {
  const { head, sections, cut } = message;
  const alerts = sections.filter(({ path }) => path[0] === TransportSectionName.ALERTS).flatMap(alertsIn);
  const { url, urlActions, maxAlerts, ...http } = head.settings;
  return {
    lostAlerts: cut ? Math.max(0, head.firing + head.resolved - alerts.length) : 0,
    request: {
      url,
      ...(urlActions !== undefined && { urlParts: urlParts(message, urlActions) }),
      ...http,
      body: webhookBody({ head, groupKey, alerts, externalUrl: externalUrl(message) }),
    },
  };
};

function externalUrl({ sections }: WebhookMessage): string {
  const value = sections.find(({ path }) => path[0] === TransportSectionName.EXTERNAL_URL)?.value;
  return typeof value === 'string' ? value : '';
}

/** Half an address is a wrong one: a message that was truncated inside of it cannot be sent. */
function urlParts({ sections }: WebhookMessage, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const part = sections.find(({ path, cut }) => path[0] === TransportSectionName.URL && path[1] === index && !cut)?.value;
    if (typeof part !== 'string') throw new Error('the notification was truncated inside of its URL');
    return part;
  });
}
