import { checkAddress, checkHttp, checkTimeout } from './check-http';
import type { SecretCheck } from './check-secret';
import type { BoundTarget } from './sysdig';
import { splitUrlTemplate } from './url-template';
import type { TranslatedWebhook } from './webhooks';
import type { AddressPermission } from '../../../contract/queued-notification';
import type { FindingReporter } from '../../../findings/reporter';
import type { ConfigPath, WebhookConfig } from '../../model';

/** An entry that is on a route, with its place in the file. */
export interface UsedWebhook {
  readonly config: WebhookConfig;
  readonly webhook: TranslatedWebhook;
  readonly place: ConfigPath;
  /** What is notified in the place of the server that the URL names. */
  readonly bound?: BoundTarget;
}

/**
 * What of `webhook_configs` needs a person. URLs are secrets: no finding contains more of one than its host.
 *
 * @param permissions the addresses besides public ones over HTTPS that the notify function can connect to.
 */
export function checkWebhooks(
  used: readonly UsedWebhook[], permissions: readonly AddressPermission[], secretCheck: SecretCheck, reporter: FindingReporter,
): void {
  for (const { config, webhook, place } of used) {
    checkUrl(config, place, permissions, reporter);
    checkSecrets(webhook, config, place, secretCheck);
    checkOptions(config, webhook, place, reporter);
  }
}

const TEMPLATE_PROBLEMS = {
  'syntax': ['the url is not a valid template', 'correct the template, see https://pkg.go.dev/text/template'],
  'control-flow': [
    'the url is a template with if, range, with, define, or block, so its fixed text cannot stay in the secret',
    'write one entry per URL, each in a receiver of its own, and choose between them by routes; or only use actions that print a value',
  ],
  'host': [
    'an action of the url stands in its host, or before it: labels could send notifications to any server',
    'write scheme and host as fixed text, and use actions behind the first slash only',
  ],
} as const;

function checkUrl(config: WebhookConfig, place: ConfigPath, permissions: readonly AddressPermission[], reporter: FindingReporter): void {
  const text = config.url ?? '';
  const path = [...place, 'url'];
  const split = splitUrlTemplate(text);
  if ('problem' in split) {
    const [message, fix] = TEMPLATE_PROBLEMS[split.problem];
    reporter.error(path, {
      code: 'webhook-url-template',
      message,
      fix,
    });
    return;
  }
  if (split.actions.length > 0 && config.max_alerts !== undefined) {
    reporter.warning(path, {
      code: 'webhook-url-max-alerts',
      message: `the url is a template, and max_alerts is ${config.max_alerts}: Alertmanager renders it for the first ${config.max_alerts} alerts, AMP for all of them`,
      fix: 'remove max_alerts, or use only what is the same for both, such as .GroupLabels and .Status; then acknowledge this',
    });
  }
  checkAddress(text.replace(/\{\{.*?\}\}/gs, 'x'), path, permissions, reporter);
}

function checkSecrets(webhook: TranslatedWebhook, config: WebhookConfig, place: ConfigPath, secretCheck: SecretCheck): void {
  for (const secret of webhook.secrets) {
    const isUrl = secret.field === 'url' || secret.field === 'url_file';
    secretCheck.check(secret, isUrl ? [...place, secret.field] : httpPlace(config, place));
  }
}

function httpPlace(config: WebhookConfig, place: ConfigPath): ConfigPath {
  return config.http_config ? [...place, 'http_config'] : ['global', 'http_config'];
}

function checkOptions(config: WebhookConfig, webhook: TranslatedWebhook, place: ConfigPath, reporter: FindingReporter): void {
  if (config.has_payload) {
    reporter.error([...place, 'payload'], {
      code: 'webhook-payload-unsupported',
      message: 'the payload replaces Alertmanager\'s JSON with your own text, which the relay cannot render',
      fix: 'remove it, and let the server read Alertmanager\'s JSON',
    });
  }
  checkHttp(webhook.http, httpPlace(config, place), reporter);
  checkTimeout(config.timeout, webhook.settings.timeoutMs, [...place, 'timeout'], reporter);
}
