import { translateHttp, TranslatedHttp } from './http-settings';
import { SLACK_API_URL, type HttpSettings } from '../../../contract/queued-notification';
import type { Setting } from '../../../contract/setting';
import { goDurationMilliseconds } from '../../../go/duration';
import type { AlertmanagerFile, ConfigPath, GlobalConfig, SlackConfig } from '../../model';
import type { NamedSecret } from '../secret-names';

/** A secret, and where it is written. */
export interface PlacedSecret extends NamedSecret {
  readonly place: ConfigPath;
}

/** One entry of `slack_configs`, translated, but for its message. */
export interface TranslatedSlack {
  /** The entry in `alertmanager.yml`, for logs. */
  readonly entry: string;
  readonly settings: HttpSettings & { readonly url: Setting };
  /** The URL that messages are posted to, if the file has it, and where it is written. */
  readonly url: { readonly text?: string; readonly place: ConfigPath };
  /** Whether messages go to Slack's API, which needs a channel in each, and not to an incoming webhook, which has one. */
  readonly isApi: boolean;
  readonly secrets: readonly PlacedSecret[];
  readonly http: TranslatedHttp & { readonly place: ConfigPath };
  /** The file with the URL, if the entry has one and Alertmanager does not read it because it finds a token in `global`. */
  readonly ignoredFile?: string;
}

/** The start of the names of the secrets in `global`. */
const GLOBAL = 'global';

/**
 * Translates an entry. What it does not say comes from `global`, by Alertmanager's rules: a token there comes before a URL there, and
 * an entry with a URL or with authorization of its own takes no token.
 *
 * @param place of the entry: `['receivers', 0, 'slack_configs', 0]`.
 */
export function translateSlack(file: AlertmanagerFile, config: SlackConfig, place: ConfigPath): TranslatedSlack {
  const [, receiverIndex, , index] = place;
  const receiver = file.receivers[Number(receiverIndex)].name;
  const base = `${receiver}/slack/${index}`;
  const http = config.http_config
    ? { ...translateHttp(config.http_config, base), place: [...place, 'http_config'] }
    : { ...translateHttp(file.global?.http_config ?? {}, GLOBAL), place: [GLOBAL, 'http_config'] };
  const timeoutMs = config.timeout === undefined ? 0 : goDurationMilliseconds(config.timeout);
  const token = tokenOf(config, file.global, base, place);
  const destination = token ? appUrl(config, file.global, base, place) : webhookUrl(config, file.global, base, place);
  const settings: TranslatedSlack['settings'] = {
    url: destination.setting,
    ...http.settings,
    ...(token && { authorization: { type: 'Bearer', credentials: { secret: token.name } } }),
    ...(timeoutMs > 0 && { timeoutMs }),
  };
  return {
    entry: `receivers.${receiver}.slack_configs[${index}]`,
    settings,
    url: { text: destination.text, place: destination.place },
    isApi: destination.text === SLACK_API_URL || token !== undefined,
    secrets: [
      ...(token ? [token] : []),
      ...(destination.secret ? [destination.secret] : []),
      ...http.secrets.map((secret) => ({ ...secret, place: http.place })),
    ],
    http,
    ignoredFile: token && config.api_url_file ? config.api_url_file : undefined,
  };
}

function tokenOf(config: SlackConfig, global: GlobalConfig = {}, base: string, place: ConfigPath): PlacedSecret | undefined {
  const own = secretOf(`${base}/token`, config, ['app_token', 'app_token_file'], place);
  return own ?? (config.api_url || hasAuthorization(config) ? undefined : secretOf(`${GLOBAL}/slack/token`, global, ['slack_app_token', 'slack_app_token_file'], [GLOBAL]));
}

function hasAuthorization({ http_config: http = {} }: SlackConfig): boolean {
  return [http.authorization, http.bearer_token, http.bearer_token_file].some((value) => value !== undefined && value !== '');
}

interface Destination {
  readonly setting: Setting;
  readonly text?: string;
  readonly place: ConfigPath;
  readonly secret?: PlacedSecret;
}

function webhookUrl(config: SlackConfig, global: GlobalConfig = {}, base: string, place: ConfigPath): Destination {
  const secret = secretOf(base, config, ['api_url', 'api_url_file'], place)
    ?? secretOf(`${GLOBAL}/slack`, global, ['slack_api_url', 'slack_api_url_file'], [GLOBAL])
    ?? { name: base, field: 'api_url', place: [...place, 'api_url'] };
  return destinationOf(secret);
}

function appUrl(config: SlackConfig, global: GlobalConfig = {}, base: string, place: ConfigPath): Destination {
  return destinationOf(secretOf(`${base}/url`, config, ['app_url'], place)
    ?? secretOf(`${GLOBAL}/slack/url`, global, ['slack_app_url'], [GLOBAL])
    ?? { name: '', field: 'app_url', value: SLACK_API_URL, place });
}

/** The URL of Slack's API is public, and nobody needs to enter it. */
function destinationOf(secret: PlacedSecret): Destination {
  const { name, value, place } = secret;
  return value === SLACK_API_URL ? { setting: { value }, text: value, place } : { setting: { secret: name }, text: value, place, secret };
}

function secretOf<Field extends string>(
  name: string, values: { readonly [field in Field]?: string }, fields: readonly [Field, Field?], at: ConfigPath,
): PlacedSecret | undefined {
  const [literal, file] = fields;
  const field = values[literal] ? literal : file !== undefined && values[file] ? file : undefined;
  return field && { name, field, place: [...at, field], ...(field === literal ? { value: values[field] } : { file: values[field] }) };
}
