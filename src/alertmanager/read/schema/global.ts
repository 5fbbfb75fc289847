import { HTTP_CONFIG, TLS_CONFIG } from './http';
import { otherGlobal } from './integrations';
import { bool, optionalBool, optionalText, struct, StructCheck, text } from './schema';
import { SLACK_API_URL } from '../../../contract/queued-notification';
import { checkHostPort, checkSecretUrl, checkUrl } from '../check-url';
import { checkDuration } from '../prometheus-duration';

const FIELDS = {
  resolve_timeout: optionalText(checkDuration),
  http_config: HTTP_CONFIG,
  pagerduty_url: optionalText(checkUrl),
  smtp_from: text(),
  smtp_hello: text(),
  smtp_smarthost: text(checkHostPort),
  smtp_auth_username: text(),
  smtp_auth_password: text(),
  smtp_auth_password_file: text(),
  smtp_auth_secret: text(),
  smtp_auth_secret_file: text(),
  smtp_auth_identity: text(),
  smtp_require_tls: bool(),
  smtp_tls_config: TLS_CONFIG,
  smtp_force_implicit_tls: optionalBool(),
  slack_api_url: optionalText(checkSecretUrl),
  slack_api_url_file: text(),
  slack_app_token: text(),
  slack_app_token_file: text(),
  slack_app_url: optionalText(checkUrl),
};

/** An app token and a webhook exclude each other, except where the webhook is the very URL of the app. */
const slackRules: StructCheck = (global, report) => {
  const token = global.has('slack_app_token') || global.has('slack_app_token_file');
  const webhook = global.has('slack_api_url') || global.has('slack_api_url_file');
  const appUrl = global.text('slack_app_url') ?? SLACK_API_URL;
  if (token && webhook && global.text('slack_api_url') !== appUrl) {
    report({
      code: 'config-conflicting-fields',
      message: '"slack_app_token" and "slack_api_url" exclude each other',
      fix: 'keep one of them',
    }, 'slack_api_url');
  }
};

/** `global`: what holds for all receivers that do not say otherwise. */
export const GLOBAL_CONFIG = struct('the global configuration', FIELDS, {
  otherFields: otherGlobal,
  replaceOnMerge: true,
  atMostOne: [
    ['slack_app_token', 'slack_app_token_file'],
    ['slack_api_url', 'slack_api_url_file'],
    ['smtp_auth_password', 'smtp_auth_password_file'],
    ['smtp_auth_secret', 'smtp_auth_secret_file'],
  ],
  check: slackRules,
});
