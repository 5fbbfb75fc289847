import { splitUrlTemplate } from './url-template';
import type { TranslatedWebhook } from './webhooks';
import { permissionsForUrl } from '../../../contract/addresses';
import { AddressPermission, MAX_REQUEST_TIMEOUT_MS } from '../../../contract/queued-notification';
import type { FindingReporter } from '../../../findings/reporter';
import type { ConfigPath, WebhookConfig } from '../../model';
import { REDACTED } from '../secret-names';

/** An entry that is on a route, with its place in the file. */
export interface UsedWebhook {
  readonly config: WebhookConfig;
  readonly webhook: TranslatedWebhook;
  readonly place: ConfigPath;
}

/**
 * What of `webhook_configs` needs a person. URLs are secrets: no finding contains more of one than its host.
 *
 * @param permissions the addresses besides public ones over HTTPS that the notify function can connect to.
 * @param keyNames the names of the routing keys in the secret.
 */
export function checkWebhooks(
  used: readonly UsedWebhook[], permissions: readonly AddressPermission[], keyNames: readonly string[], reporter: FindingReporter,
): void {
  for (const { config, webhook, place } of used) {
    checkUrl(config, place, permissions, reporter);
    checkSecrets(webhook, config, place, keyNames, reporter);
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
  const url = parseUrl(text.replace(/\{\{.*?\}\}/gs, 'x'));
  const missing = url === undefined ? [] : permissionsForUrl(url).filter((needed) => !permissions.includes(needed));
  if (url !== undefined && missing.length > 0) {
    reporter.warning(path, {
      code: 'webhook-address-refused',
      message: `the notify function does not connect to ${url.protocol}//${url.host}: ${missing.map((needed) => PERMISSION_REASONS[needed]).join(', and ')}. `
      + 'Notifications for it move to the dead-letter queue',
      fix: missing.map((needed) => PERMISSION_FIXES[needed]).join('; '),
    });
  } else if (url !== undefined && !/[.:]/.test(url.hostname) && !permissions.includes(AddressPermission.PRIVATE)) {
    reporter.warning(path, {
      code: 'webhook-address-refused',
      message: `the host name ${url.hostname} has no domain, so only a private network can know it, and the notify function is not in one`,
      fix: PERMISSION_FIXES.private,
    });
  }
}

const PERMISSION_REASONS: { readonly [permission in AddressPermission]: string } = {
  http: 'the URL is not https',
  private: 'the address is private',
  local: 'the address is that of the function itself or of its link',
};

const PERMISSION_FIXES: { readonly [permission in AddressPermission]: string } = {
  http: 'use an https URL, or allow others with Delivery.relay({ notify: { allowHttp: true } })',
  private: 'connect the function to the network with Delivery.relay({ notify: { vpc } })',
  local: 'use the address that other machines know the server by',
};

function checkSecrets(
  webhook: TranslatedWebhook, config: WebhookConfig, place: ConfigPath, keyNames: readonly string[], reporter: FindingReporter,
): void {
  for (const { name, field, value, file } of webhook.secrets) {
    const isUrl = field === 'url' || field === 'url_file';
    const path: ConfigPath = isUrl ? [...place, field] : config.http_config ? [...place, 'http_config'] : ['global', 'http_config'];
    if (value === REDACTED) {
      reporter.error(path, {
        code: 'secret-redacted',
        message: `${field} is "${REDACTED}", which Alertmanager prints instead of a secret`,
        fix: 'use the original alertmanager.yml',
      });
    } else if (value === undefined && file !== undefined) {
      reporter.warning(path, {
        code: 'secret-file',
        message: `AMP cannot read the file "${file}"`,
        fix: `put the content of the file into the secret, under the name ${JSON.stringify(name)}, and acknowledge this`,
      });
    }
    if (keyNames.includes(name)) {
      reporter.error(path, {
        code: 'secret-name-taken',
        message: `the name ${JSON.stringify(name)} in the secret would stand for a routing key as well`,
        fix: 'rename the receiver that has this name',
      });
    }
  }
}

function checkOptions(config: WebhookConfig, webhook: TranslatedWebhook, place: ConfigPath, reporter: FindingReporter): void {
  if (config.has_payload) {
    reporter.error([...place, 'payload'], {
      code: 'webhook-payload-unsupported',
      message: 'the payload replaces Alertmanager\'s JSON with your own text, which the relay cannot render',
      fix: 'remove it, and let the server read Alertmanager\'s JSON',
    });
  }
  if (webhook.http.dropped.length > 0) {
    reporter.warning(config.http_config ? [...place, 'http_config'] : ['global', 'http_config'], {
      code: 'webhook-http-config',
      message: `${webhook.http.dropped.join(', ')} of http_config cannot be honored by a function: requests are sent without`,
      fix: 'use basic_auth, authorization, or http_headers; or acknowledge this if the server accepts requests without',
    });
  }
  if ((webhook.settings.timeoutMs ?? 0) > MAX_REQUEST_TIMEOUT_MS) {
    reporter.warning([...place, 'timeout'], {
      code: 'webhook-timeout-capped',
      message: `the timeout is ${config.timeout}, and the notify function waits ${MAX_REQUEST_TIMEOUT_MS / 1000} seconds at most`,
      fix: 'write 30s or less; requests that take longer are retried',
    });
  }
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
