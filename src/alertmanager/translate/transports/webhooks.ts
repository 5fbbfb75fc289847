import { translateHttp, TranslatedHttp } from './http-settings';
import { splitUrlTemplate } from './url-template';
import type { WebhookSettings } from '../../../contract/queued-notification';
import { goDurationMilliseconds } from '../../../go/duration';
import type { AlertmanagerFile, ReceiverConfig, WebhookConfig } from '../../model';
import type { NamedSecret } from '../secret-names';

/** One entry of `webhook_configs`, translated. */
export interface TranslatedWebhook {
  /** The entry in `alertmanager.yml`, for logs. */
  readonly entry: string;
  readonly settings: WebhookSettings;
  /** The actions of a templated URL. */
  readonly urlActions: readonly string[];
  readonly secrets: readonly NamedSecret[];
  readonly http: TranslatedHttp;
}

/** The start of the names of the secrets in `global.http_config`. */
const GLOBAL = 'global';

/**
 * Translates an entry. The name of its secrets depends on receiver and index, as the identity of an integration does in Alertmanager.
 *
 * @param index of the entry in `webhook_configs`.
 */
export function translateWebhook(file: AlertmanagerFile, receiver: ReceiverConfig, config: WebhookConfig, index: number): TranslatedWebhook {
  const base = `${receiver.name}/webhook/${index}`;
  // The http_config of an entry replaces the global one as a whole.
  const http = config.http_config ? translateHttp(config.http_config, base) : translateHttp(file.global?.http_config ?? {}, GLOBAL);
  const split = splitUrlTemplate(config.url ?? '');
  const urlActions = 'actions' in split ? split.actions : [];
  const timeoutMs = config.timeout === undefined ? 0 : goDurationMilliseconds(config.timeout);
  return {
    entry: `receivers.${receiver.name}.webhook_configs[${index}]`,
    settings: {
      url: base,
      ...(urlActions.length > 0 && { urlActions: urlActions.length }),
      ...(config.max_alerts !== undefined && { maxAlerts: config.max_alerts }),
      ...(timeoutMs > 0 && { timeoutMs }),
      ...http.settings,
    },
    urlActions,
    secrets: [
      { name: base, field: config.url === undefined ? 'url_file' : 'url', value: config.url || undefined, file: config.url_file || undefined },
      ...http.secrets,
    ],
    http,
  };
}
