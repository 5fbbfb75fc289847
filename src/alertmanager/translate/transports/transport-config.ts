import { MessageAttributeName, TransportHead } from '../../../contract/message';
import { composeMessage, MessageParts } from '../compose-message';
import { transportHead } from '../message-head';
import type { OwnTemplates } from '../own-templates';
import { snsConfig, Topic } from '../sns-config';
import type { YamlMap } from '../yaml-writer';

/** What the message of an entry needs to know of the copy of its receiver; fixed at synthesis. */
export interface TransportContext {
  readonly topic: Topic;
  /** The marker of this configuration's messages. */
  readonly marker: string;
  /** The receiver's name in the user's file. */
  readonly receiver: string;
  /** The end of the copy's name that `receiver` does not have. */
  readonly receiverSuffix?: string;
  readonly routeKey: string;
  readonly templates: OwnTemplates;
}

/** One entry of an integration that another transport than PagerDuty's delivers. */
export interface TransportEntry extends Pick<TransportHead, 'transport' | 'entry' | 'settings'>, Omit<MessageParts, 'head'> {
  readonly sendResolved: boolean;
}

/**
 * The `sns_config` that stands for one entry of `webhook_configs` or of another integration that the notify function delivers. The
 * attribute `transport` distinguishes its notifications from pages, for subscribers and for a relay that receives a damaged message.
 */
export function transportSnsConfig({ transport, entry, settings, sendResolved, ...parts }: TransportEntry, context: TransportContext): YamlMap {
  const { topic, marker, receiver, receiverSuffix, routeKey, templates } = context;
  const head = transportHead({ transport, entry, settings, receiver, receiverSuffix, routeKey }, templates);
  return snsConfig({
    sendResolved,
    receiver,
    attributes: { [MessageAttributeName.TRANSPORT]: transport },
    message: composeMessage({ ...parts, head }, marker, templates),
  }, topic, templates);
}
