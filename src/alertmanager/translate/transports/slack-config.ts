import type { TranslatedSlack } from './slack';
import { translateSlackMessage } from './slack-message';
import { TransportContext, transportSnsConfig } from './transport-config';
import { Transport } from '../../../contract/queued-notification';
import type { SlackConfig } from '../../model';
import type { YamlMap } from '../yaml-writer';

export interface SlackContext extends TransportContext {
  /** The name of the entry's template, for example `team.0.slack`. */
  readonly templateName: string;
  /** Whether the user's template files define the template of the color. */
  readonly redefinesColor: boolean;
}

/** The `sns_config` that stands for one `slack_config`: a message with the texts that Slack's message is made of, which the relay builds. */
export function slackSnsConfig(config: SlackConfig, { entry, settings }: TranslatedSlack, context: SlackContext): YamlMap {
  const { message, sections } = translateSlackMessage(config, context.redefinesColor);
  return transportSnsConfig({
    transport: Transport.SLACK,
    entry,
    settings: { ...settings, message },
    sendResolved: config.send_resolved ?? false,
    templateName: context.templateName,
    sections,
  }, context);
}
