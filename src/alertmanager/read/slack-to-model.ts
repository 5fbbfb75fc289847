import { StructValue } from './decoded';
import { compact, textsOf, toHttpConfig } from './struct-fields';
import type { SlackActionConfig, SlackConfig, SlackFieldConfig } from '../model';

/** The defaults of `slack_configs` in `global`. */
export const SLACK_GLOBALS = ['slack_api_url', 'slack_api_url_file', 'slack_app_token', 'slack_app_token_file', 'slack_app_url'] as const;

const TEXTS = [
  'api_url', 'api_url_file', 'app_token', 'app_token_file', 'app_url', 'channel', 'username', 'color', 'title', 'title_link', 'pretext', 'text',
  'message_text', 'footer', 'fallback', 'callback_id', 'icon_emoji', 'icon_url', 'image_url', 'thumb_url', 'timeout',
] as const;

export function toSlack(config: StructValue | undefined): SlackConfig {
  const fields = config ?? new StructValue();
  return compact({
    ...textsOf(fields, TEXTS),
    send_resolved: fields.bool('send_resolved'),
    fields: fields.list('fields') && fields.structs('fields').map(toField),
    short_fields: fields.bool('short_fields'),
    link_names: fields.bool('link_names'),
    mrkdwn_in: fields.texts('mrkdwn_in'),
    actions: fields.list('actions') && fields.structs('actions').map(toAction),
    update_message: fields.bool('update_message'),
    post_updates_to_thread: fields.bool('post_updates_to_thread'),
    http_config: toHttpConfig(fields.struct('http_config')),
  });
}

function toField(field: StructValue | undefined): SlackFieldConfig {
  const fields = field ?? new StructValue();
  return compact({ title: fields.text('title') ?? '', value: fields.text('value') ?? '', short: fields.bool('short') });
}

/** Alertmanager drops what belongs to a message button when it loads an action with a URL. */
function toAction(action: StructValue | undefined): SlackActionConfig {
  const fields = action ?? new StructValue();
  const link = textsOf(fields, ['type', 'text', 'url', 'style']);
  const confirm = fields.struct('confirm');
  return fields.has('url') ? link : compact({
    ...link,
    ...textsOf(fields, ['name', 'value']),
    confirm: confirm && textsOf(confirm, ['text', 'title', 'ok_text', 'dismiss_text']),
  });
}
