import type { Fields } from './fields';
import type { TellAt } from './references';
import { INTEGRATION_TYPES, IntegrationType } from './schema/root';

/** What an integration needs and may get from `global`. */
interface Need {
  /** Fields of the integration that satisfy it. */
  readonly own: readonly string[];
  /** Fields of `global` that do. */
  readonly global: readonly string[];
  /** Whether Alertmanager has a default that only an explicit null in `global` takes away. */
  readonly hasDefault?: boolean;
}

const NEEDS: { readonly [type in IntegrationType]?: readonly Need[] } = {
  email_configs: [
    { own: ['smarthost'], global: ['smtp_smarthost'] },
    { own: ['from'], global: ['smtp_from'] },
  ],
  slack_configs: [{
    own: ['api_url', 'api_url_file', 'app_token', 'app_token_file'],
    global: ['slack_api_url', 'slack_api_url_file', 'slack_app_token', 'slack_app_token_file'],
  }],
  pagerduty_configs: [{ own: ['url'], global: ['pagerduty_url'], hasDefault: true }],
  opsgenie_configs: [
    { own: ['api_url'], global: ['opsgenie_api_url'], hasDefault: true },
    { own: ['api_key', 'api_key_file'], global: ['opsgenie_api_key', 'opsgenie_api_key_file'] },
  ],
  wechat_configs: [
    { own: ['api_url'], global: ['wechat_api_url'], hasDefault: true },
    { own: ['api_secret', 'api_secret_file'], global: ['wechat_api_secret', 'wechat_api_secret_file'] },
    { own: ['corp_id'], global: ['wechat_api_corp_id'] },
  ],
  victorops_configs: [
    { own: ['api_url'], global: ['victorops_api_url'], hasDefault: true },
    { own: ['api_key', 'api_key_file'], global: ['victorops_api_key', 'victorops_api_key_file'] },
  ],
  telegram_configs: [{ own: ['bot_token', 'bot_token_file'], global: ['telegram_bot_token', 'telegram_bot_token_file'] }],
  webex_configs: [{ own: ['api_url'], global: ['webex_api_url'], hasDefault: true }],
  jira_configs: [{ own: ['api_url'], global: ['jira_api_url'] }],
  rocketchat_configs: [
    { own: ['token_id', 'token_id_file'], global: ['rocketchat_token_id', 'rocketchat_token_id_file'] },
    { own: ['token', 'token_file'], global: ['rocketchat_token', 'rocketchat_token_file'] },
  ],
  mattermost_configs: [{ own: ['webhook_url', 'webhook_url_file'], global: ['mattermost_webhook_url', 'mattermost_webhook_url_file'] }],
};

/** Checks that every integration finds, in itself or in `global`, what it cannot work without. */
export function checkFallbacks(root: Fields, tell: TellAt): void {
  checkSlackGlobals(root, tell);
  if (root.broken('global')) {
    return;
  }
  const global = root.struct('global');
  root.structs('receivers').forEach((receiver, receiverIndex) => {
    for (const type of INTEGRATION_TYPES) {
      receiver?.structs(type).forEach((integration, index) => {
        for (const need of integration ? NEEDS[type] ?? [] : []) {
          if (integration && !isSatisfied(need, integration, global)) {
            tell(['receivers', receiverIndex, type, index], missing(type, need));
          }
        }
      });
    }
  });
}

function isSatisfied(need: Need, integration: Fields, global: Fields | undefined): boolean {
  const present = (fields: Fields, name: string): boolean => fields.has(name) || fields.broken(name);
  if (need.own.some((name) => present(integration, name))) {
    return true;
  }
  if (need.hasDefault) {
    return !need.global.some((name) => global?.nulled(name));
  }
  return global !== undefined && need.global.some((name) => present(global, name));
}

function missing(type: string, need: Need): { code: 'config-missing-field'; message: string; fix: string } {
  const own = need.own.map((name) => `"${name}"`).join(' or ');
  const global = need.global.map((name) => `"global.${name}"`).join(' or ');
  return {
    code: 'config-missing-field',
    message: need.hasDefault ? `${global} is null, and this entry of "${type}" has no ${own}` : `this entry of "${type}" has no ${own}, and there is no ${global}`,
    fix: `give ${own} a value here, or ${need.hasDefault ? `remove ${global}` : `${global} for all receivers`}`,
  };
}

/** An app token and a webhook exclude each other, except where the webhook is the very URL of the app. */
function checkSlackGlobals(root: Fields, tell: TellAt): void {
  const global = root.struct('global');
  if (!global) {
    return;
  }
  const token = global.has('slack_app_token') || global.has('slack_app_token_file');
  const webhook = global.has('slack_api_url') || global.has('slack_api_url_file');
  const appUrl = global.text('slack_app_url') ?? 'https://slack.com/api/chat.postMessage';
  if (token && webhook && global.text('slack_api_url') !== appUrl) {
    tell(['global', 'slack_api_url'], {
      code: 'config-conflicting-fields',
      message: '"slack_app_token" and "slack_api_url" exclude each other',
      fix: 'keep one of them',
    });
  }
}
