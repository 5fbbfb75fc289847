import { TransportContext, transportSnsConfig } from './transport-config';
import type { TranslatedWebhook } from './webhooks';
import { TransportSectionName } from '../../../contract/message';
import { Transport } from '../../../contract/queued-notification';
import type { WebhookConfig } from '../../model';
import { alertList } from '../alert-list';
import { jsonSection, textSection } from '../section';
import type { YamlMap } from '../yaml-writer';

/**
 * The `sns_config` that stands for one `webhook_config`: a message with the data that the body is made of, which the relay builds.
 * All entries share one template for the data; the actions of a templated URL stand in the message of their entry.
 */
export function webhookSnsConfig(config: WebhookConfig, { entry, settings, urlActions }: TranslatedWebhook, context: TransportContext): YamlMap {
  return transportSnsConfig({
    transport: Transport.WEBHOOK,
    entry,
    settings,
    sendResolved: config.send_resolved ?? true,
    own: urlActions.map((action, index) => textSection([TransportSectionName.URL, index], action)),
    templateName: 'data',
    sections: [
      jsonSection([TransportSectionName.EXTERNAL_URL], '{{ printf "%q" .ExternalURL }}'),
      // The longest section comes last: a truncated message loses alerts, and nothing else.
      jsonSection([TransportSectionName.ALERTS], alertList('.Alerts', '\n')),
    ],
  }, context);
}
