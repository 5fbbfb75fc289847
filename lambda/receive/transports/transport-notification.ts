import { alertsIn } from './alerts';
import { webhookBody } from './webhook-body';
import { MessageAttributeName, MESSAGE_FORMAT, TransportSectionName, type TransportHead } from '../../../src/contract/message';
import type { QueuedNotification, WebhookRequest } from '../../../src/contract/queued-notification';
import { decodeTransportMessage, type DecodedMessage } from '../decode/decode-message';
import { groupKey } from '../event/dedup-key';
import type { SnsNotification } from '../sns-notification';

/** A notification for another transport than PagerDuty, ready for its queue. */
export interface TransportNotification {
  readonly queued: QueuedNotification;
  readonly groupKey: string;
  /** How many alerts were lost because the message arrived truncated. */
  readonly lostAlerts: number;
}

/** Whether a message is for another transport; by its attribute, if the message itself was replaced on its way. */
export function isTransportMessage({ message, attributes }: SnsNotification): boolean {
  return TRANSPORT_HEAD.test(message) || (attributes.has(MessageAttributeName.TRANSPORT) && attributes.has(MessageAttributeName.STATUS));
}

const TRANSPORT_HEAD = new RegExp(`^${MESSAGE_FORMAT}:[0-9a-f]{32} \\{"transport":"`);

/**
 * Reads a message for another transport and builds the request that Alertmanager would have sent.
 *
 * @throws Error with what is wrong, when it cannot be read: nothing is sent then, and the message moves to the dead-letter queue.
 */
export function readTransportNotification(sns: SnsNotification): TransportNotification {
  const decoding = decodeTransportMessage(sns.message);
  if (!decoding.decoded) throw new Error(`the notification cannot be read: ${decoding.reason}`);
  const { message } = decoding;
  const key = groupKey(message.head.routeKey, message.quotedGroupLabels);
  const alerts = message.sections.filter(({ path }) => path[0] === TransportSectionName.ALERTS).flatMap(alertsIn);
  const { head } = message;
  const { url, urlActions, maxAlerts, ...http } = head.settings;
  const request: WebhookRequest = {
    url,
    ...(urlActions !== undefined && { urlParts: urlParts(message, urlActions) }),
    ...http,
    body: webhookBody({ head, groupKey: key, alerts, externalUrl: externalUrl(message) }),
  };
  return {
    groupKey: key,
    lostAlerts: message.cut ? Math.max(0, head.firing + head.resolved - alerts.length) : 0,
    queued: {
      version: 1,
      transport: head.transport,
      entry: head.entry,
      request,
      status: head.status,
      receiver: head.receiver,
      notificationId: sns.messageId,
      publishedAt: sns.timestamp,
    },
  };
}

function externalUrl({ sections }: DecodedMessage<TransportHead>): string {
  const value = sections.find(({ path }) => path[0] === TransportSectionName.EXTERNAL_URL)?.value;
  return typeof value === 'string' ? value : '';
}

/** Half an address is a wrong one: a message that was truncated inside of it cannot be sent. */
function urlParts({ sections }: DecodedMessage<TransportHead>, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const part = sections.find(({ path, cut }) => path[0] === TransportSectionName.URL && path[1] === index && !cut)?.value;
    if (typeof part !== 'string') throw new Error('the notification was truncated inside of its URL');
    return part;
  });
}
