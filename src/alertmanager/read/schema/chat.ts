import { HTTP_CONFIG } from './http';
import { bool, goDuration, int, listOf, optionalBool, optionalText, struct, StructCheck, text } from './schema';
import { checkSecretUrl, checkUrl } from '../check-url';
import { oneOf } from '../names';

/** Integrations that write into a chat. */

const COMMON = { send_resolved: bool(), http_config: HTTP_CONFIG };
const WEBHOOK = { webhook_url: optionalText(checkSecretUrl), webhook_url_file: text() };
const ONE_WEBHOOK = { anyOf: [['webhook_url', 'webhook_url_file']], atMostOne: [['webhook_url', 'webhook_url_file']] };

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

const SLACK_POST_MESSAGE = 'https://slack.com/api/chat.postMessage';

const slackRules: StructCheck = (fields, tell) => {
  const webhook = fields.has('api_url') || fields.has('api_url_file');
  const token = fields.has('app_token') || fields.has('app_token_file');
  if (webhook && token) {
    tell({ code: 'config-conflicting-fields', message: 'an API URL and an app token exclude each other', fix: 'keep one of them' });
  }
  if (fields.bool('update_message') === true && fields.text('api_url') !== SLACK_POST_MESSAGE) {
    tell({ code: 'config-invalid-value', message: '"update_message" needs a bot token', fix: `set "api_url" to ${SLACK_POST_MESSAGE}` }, 'update_message');
  }
};

export const SLACK_CONFIG = struct('a Slack configuration', {
  ...COMMON,
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
  timeout: goDuration(),
}, { atMostOne: [['api_url', 'api_url_file'], ['app_token', 'app_token_file']], check: slackRules });

export const DISCORD_CONFIG = struct('a Discord configuration', {
  ...COMMON,
  ...WEBHOOK,
  content: text(),
  title: text(),
  message: text(),
  username: text(),
  avatar_url: text(),
}, ONE_WEBHOOK);

export const MSTEAMS_CONFIG = struct('a Microsoft Teams configuration', { ...COMMON, ...WEBHOOK, title: text(), summary: text(), text: text() }, ONE_WEBHOOK);

export const MSTEAMSV2_CONFIG = struct('a Microsoft Teams (v2) configuration', { ...COMMON, ...WEBHOOK, title: text(), text: text() }, ONE_WEBHOOK);

const MATTERMOST_FIELD = struct('a Mattermost field', { title: text(), value: text(), short: optionalBool() }, { required: ['title', 'value'] });

const MATTERMOST_BODY = {
  fallback: text(),
  color: text(),
  pretext: text(),
  text: text(),
  author_name: text(),
  author_link: text(),
  author_icon: text(),
  title: text(),
  title_link: text(),
  fields: listOf(MATTERMOST_FIELD),
  thumb_url: text(),
  footer: text(),
  footer_icon: text(),
  image_url: text(),
};

export const MATTERMOST_CONFIG = struct('a Mattermost configuration', {
  ...COMMON,
  ...WEBHOOK,
  ...MATTERMOST_BODY,
  channel: text(),
  username: text(),
  icon_url: text(),
  icon_emoji: text(),
  attachments: listOf(struct('a Mattermost attachment', MATTERMOST_BODY)),
  type: text(),
  props: struct('Mattermost props', { card: text() }),
  priority: struct('a Mattermost priority', { priority: text(), requested_ack: bool(), persistent_notifications: bool() }),
}, { atMostOne: [['webhook_url', 'webhook_url_file']] });

/** The names of these two are what Alertmanager's decoder makes of fields without a name of their own. */
const ROCKETCHAT_FIELD = struct('a Rocket.Chat field', { short: optionalBool(), title: text(), value: text() });
const ROCKETCHAT_ACTION = struct('a Rocket.Chat action', {
  type: text(),
  text: text(),
  url: text(),
  imageurl: text(),
  iswebview: bool(),
  webviewheightratio: text(),
  msg: text(),
  msginchatwindow: bool(),
  msgprocessingtype: text(),
});

export const ROCKETCHAT_CONFIG = struct('a Rocket.Chat configuration', {
  ...COMMON,
  api_url: optionalText(checkUrl),
  token_id: optionalText(),
  token_id_file: text(),
  token: optionalText(),
  token_file: text(),
  channel: text(),
  color: text(),
  title: text(),
  title_link: text(),
  text: text(),
  fields: listOf(ROCKETCHAT_FIELD),
  short_fields: bool(),
  emoji: text(),
  icon_url: text(),
  image_url: text(),
  thumb_url: text(),
  link_names: bool(),
  actions: listOf(ROCKETCHAT_ACTION),
}, { atMostOne: [['token', 'token_file'], ['token_id', 'token_id_file']] });

export const WEBEX_CONFIG = struct('a Webex configuration', {
  ...COMMON,
  api_url: optionalText(checkUrl),
  message: text(),
  room_id: text(),
}, {
  required: ['room_id'],
  check: (fields, tell) => {
    if (!fields.broken('http_config') && fields.struct('http_config')?.struct('authorization') === undefined) {
      tell({ code: 'config-missing-field', message: 'a Webex configuration needs "http_config.authorization"', fix: 'give the token of the bot there' });
    }
  },
});

const parseModes = oneOf('Markdown', 'MarkdownV2', 'HTML');

export const TELEGRAM_CONFIG = struct('a Telegram configuration', {
  ...COMMON,
  api_url: optionalText(checkUrl),
  bot_token: text(),
  bot_token_file: text(),
  chat_id: int(),
  chat_id_file: text(),
  message_thread_id: int(),
  message: text(),
  disable_notifications: bool(),
  parse_mode: text((mode) => (mode === '' ? undefined : parseModes(mode))),
}, {
  anyOf: [['chat_id', 'chat_id_file']],
  atMostOne: [['bot_token', 'bot_token_file'], ['chat_id', 'chat_id_file']],
});

const messageTypes = oneOf('text', 'markdown');

export const WECHAT_CONFIG = struct('a WeChat configuration', {
  ...COMMON,
  api_secret: text(),
  api_secret_file: text(),
  corp_id: text(),
  message: text(),
  api_url: optionalText(checkUrl),
  to_user: text(),
  to_party: text(),
  to_tag: text(),
  agent_id: text(),
  message_type: text((type) => (type === '' ? undefined : messageTypes(type))),
}, { atMostOne: [['api_secret', 'api_secret_file']] });
