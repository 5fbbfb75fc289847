import { MESSAGE_FORMAT, MessageAttributeName } from '../../../src/contract/message';
import type { SnsNotification } from '../sns-notification';

/** Whether a message is for another transport; by its attribute, if the message itself was replaced on its way. */
export function isTransportMessage({ message, attributes }: SnsNotification): boolean {
  return TRANSPORT_HEAD.test(message) || (attributes.has(MessageAttributeName.TRANSPORT) && attributes.has(MessageAttributeName.STATUS));
}

const TRANSPORT_HEAD = new RegExp(`^${MESSAGE_FORMAT}:[0-9a-f]{32} \\{"transport":"`);
