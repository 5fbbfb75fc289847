import type { BuildRequest, BuiltRequest } from './built-request';
import { emailRequest } from './email-request';
import { slackRequest } from './slack-request';
import { sysdigRequest } from './sysdig-request';
import { webhookRequest } from './webhook-request';
import type { TransportHead } from '../../../src/contract/message';
import type { QueuedNotification, Transport } from '../../../src/contract/queued-notification';
import { decodeTransportMessage, type DecodedMessage } from '../decode/decode-message';
import { groupKey } from '../event/dedup-key';
import type { SnsNotification } from '../sns-notification';

/** A notification for another transport than PagerDuty, ready for its queue. */
export interface TransportNotification {
  readonly queued: QueuedNotification;
  readonly groupKey: string;
  /** Whether the end of the message is missing. */
  readonly isTruncated: boolean;
  /** How many alerts were lost because the message arrived truncated. */
  readonly lostAlerts: number;
  /** Whether the receiver has severities, and no alert has one that it knows. */
  readonly isSeverityUnknown: boolean;
}

const BUILDERS: { readonly [transport in Transport]: BuildRequest<transport> } = {
  webhook: webhookRequest, email: emailRequest, slack: slackRequest, sysdig: sysdigRequest,
};

/**
 * Reads a message for another transport and builds the request that Alertmanager would have sent.
 *
 * @throws Error with what is wrong, when it cannot be read: nothing is sent then, and the message moves to the dead-letter queue.
 */
export function readTransportNotification(sns: SnsNotification): TransportNotification {
  const decoding = decodeTransportMessage(sns.message);
  if (!decoding.decoded) throw new Error(`the notification cannot be read: ${decoding.reason}`);
  const { message } = decoding;
  const { head, cut } = message;
  const key = groupKey(head.routeKey, message.quotedGroupLabels);
  const { request, lostAlerts, isSeverityUnknown = false } = buildRequest(message, key);
  return {
    groupKey: key,
    isTruncated: cut,
    lostAlerts,
    isSeverityUnknown,
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

function buildRequest<T extends Transport>(message: DecodedMessage<TransportHead<T>>, key: string): BuiltRequest<T> {
  return BUILDERS[message.head.transport](message, key);
}
