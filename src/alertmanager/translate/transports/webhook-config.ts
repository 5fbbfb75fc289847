import type { TranslatedWebhook } from './webhooks';
import { MESSAGE_END, MessageAttributeName, TransportSectionName } from '../../../contract/message';
import { Transport } from '../../../contract/queued-notification';
import type { WebhookConfig } from '../../model';
import { escapeForTemplate } from '../../templates';
import { alertList } from '../alert-list';
import { transportHead } from '../message-head';
import type { OwnTemplates } from '../own-templates';
import { jsonSection, Section, sectionLine, textSection } from '../section';
import { subject, Topic } from '../sns-config';
import type { YamlMap } from '../yaml-writer';

/** What a webhook's message needs besides its entry; fixed at synthesis. */
export interface WebhookContext {
  readonly marker: string;
  readonly receiver: string;
  readonly receiverSuffix?: string;
  readonly routeKey: string;
  readonly templates: OwnTemplates;
}

/**
 * The `sns_config` that stands for one `webhook_config`: a message with the data that the body is made of, which the relay builds.
 * All entries share one template for the data; the actions of a templated URL stand in the message of their entry.
 */
export function webhookSnsConfig(config: WebhookConfig, webhook: TranslatedWebhook, topic: Topic, context: WebhookContext): YamlMap {
  const { marker, receiver, receiverSuffix, routeKey, templates } = context;
  const write = (each: Section): string => `${marker} ${sectionLine(each)}\n${each.content}`;
  const head = transportHead({
    transport: Transport.WEBHOOK, entry: webhook.entry, settings: webhook.settings, receiver, receiverSuffix, routeKey,
  }, templates);
  const urlParts = webhook.urlActions.map((action, index) => textSection([TransportSectionName.URL, index], action));
  const data = templates.define('data', () => [
    jsonSection([TransportSectionName.EXTERNAL_URL], '{{ printf "%q" .ExternalURL }}'),
    // The longest section comes last: a truncated message loses alerts, and nothing else.
    jsonSection([TransportSectionName.ALERTS], alertList('.Alerts', '\n')),
  ].map(write).concat(`${marker} ${MESSAGE_END}`).join('\n'));
  return {
    send_resolved: config.send_resolved ?? true,
    topic_arn: topic.arn,
    sigv4: { region: topic.region },
    subject: subject(templates),
    attributes: {
      [MessageAttributeName.STATUS]: '{{ .Status }}',
      [MessageAttributeName.RECEIVER]: escapeForTemplate(receiver),
      [MessageAttributeName.TRANSPORT]: Transport.WEBHOOK,
    },
    message: [`${marker} ${head}`, ...urlParts.map(write), data].join('\n'),
  };
}
