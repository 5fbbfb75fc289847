import { HTTP_CONFIG } from './http';
import { bool, goDuration, listOf, optionalBool, optionalText, struct, StructCheck, text } from './schema';
import { SLACK_API_URL } from '../../../contract/queued-notification';
import { checkSecretUrl, checkUrl } from '../check-url';

const SLACK_CONFIRMATION = struct('a Slack confirmation', { text: text(), title: text(), ok_text: text(), dismiss_text: text() }, { required: ['text'] });

const SLACK_ACTION = struct('a Slack action', {
  type: text(),
  text: text(),
  url: text(),
  style: text(),
  name: text(),
  value: text(),
  confirm: SLACK_CONFIRMATION,
}, { required: ['type', 'text'], anyOf: [['url', 'name']] });

const SLACK_FIELD = struct('a Slack field', { title: text(), value: text(), short: optionalBool() }, { required: ['title', 'value'] });

const slackRules: StructCheck = (fields, report) => {
  const webhook = fields.has('api_url') || fields.has('api_url_file');
  const token = fields.has('app_token') || fields.has('app_token_file');
  if (webhook && token) {
    report({ code: 'config-conflicting-fields', message: 'an API URL and an app token exclude each other', fix: 'keep one of them' });
  }
  for (const option of ['update_message', 'post_updates_to_thread'].filter((name) => fields.bool(name) === true)) {
    const url = fields.text('api_url');
    if (url === undefined ? fields.has('api_url_file') : url !== SLACK_API_URL) {
      report({ code: 'config-invalid-value', message: `"${option}" needs a bot token`, fix: `set "api_url" to ${SLACK_API_URL}` }, option);
    }
  }
};

/** An entry of `slack_configs`. */
export const SLACK_CONFIG = struct('a Slack configuration', {
  send_resolved: bool(),
  http_config: HTTP_CONFIG,
  api_url: optionalText(checkSecretUrl),
  api_url_file: text(),
  app_token: text(),
  app_token_file: text(),
  app_url: optionalText(checkUrl),
  channel: text(),
  username: text(),
  color: text(),
  title: text(),
  title_link: text(),
  pretext: text(),
  text: text(),
  message_text: text(),
  fields: listOf(SLACK_FIELD),
  short_fields: bool(),
  footer: text(),
  fallback: text(),
  callback_id: text(),
  icon_emoji: text(),
  icon_url: text(),
  image_url: text(),
  thumb_url: text(),
  link_names: bool(),
  mrkdwn_in: listOf(text()),
  actions: listOf(SLACK_ACTION),
  update_message: bool(),
  post_updates_to_thread: bool(),
  timeout: goDuration(),
}, { atMostOne: [['api_url', 'api_url_file'], ['app_token', 'app_token_file']], check: slackRules });
