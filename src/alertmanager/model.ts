import type { Finding, Position } from '../findings/finding';

/**
 * An `alertmanager.yml` after it was read and checked: the fields are Alertmanager's own, the values are normalized as
 * Alertmanager's decoder would (scalars in string fields are their source text, aliases and merge keys are resolved), and
 * the shape is as declared here. Durations stay text (`5m`), templates stay text.
 *
 * @see https://prometheus.io/docs/alerting/latest/configuration/
 */
export interface AlertmanagerFile {
  readonly global?: GlobalConfig;
  readonly route: RouteConfig;
  readonly receivers: readonly ReceiverConfig[];
  readonly templates?: readonly string[];
  readonly inhibit_rules?: readonly InhibitRuleConfig[];
  readonly mute_time_intervals?: readonly TimeIntervalConfig[];
  readonly time_intervals?: readonly TimeIntervalConfig[];
}

/** Only what concerns PagerDuty, SNS or AMP is named; the rest was checked and is dropped by the translation. */
export interface GlobalConfig {
  readonly resolve_timeout?: string;
  readonly pagerduty_url?: string;
  readonly slack_api_url?: string;
  readonly slack_api_url_file?: string;
  readonly slack_app_token?: string;
  readonly slack_app_token_file?: string;
  readonly slack_app_url?: string;
  readonly http_config?: HttpConfig;
  readonly smtp_from?: string;
  readonly smtp_hello?: string;
  readonly smtp_smarthost?: string;
  readonly smtp_auth_username?: string;
  readonly smtp_auth_password?: string;
  readonly smtp_auth_password_file?: string;
  readonly smtp_auth_secret?: string;
  readonly smtp_auth_secret_file?: string;
  readonly smtp_auth_identity?: string;
  readonly smtp_require_tls?: boolean;
  readonly smtp_tls_config?: TlsConfig;
  readonly smtp_force_implicit_tls?: boolean;
}

/** How requests are sent. PagerDuty's and the user's own topics ignore it; of webhooks and of Slack, credentials and headers are translated. */
export interface HttpConfig {
  readonly [field: string]: unknown;
}

export type MatchType = '=' | '!=' | '=~' | '!~';

/** A matcher of any of the three syntaxes. `value` is unescaped; the value of `match_re` is `^(?:…)$`, as Alertmanager prints it. */
export interface MatcherConfig {
  readonly name: string;
  readonly type: MatchType;
  readonly value: string;
}

export interface RouteConfig {
  readonly receiver?: string;
  readonly group_by?: readonly string[];
  readonly continue?: boolean;
  /** `match`, `match_re` and `matchers` together, in Alertmanager's order: by name, then value, then type. */
  readonly matchers: readonly MatcherConfig[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
  readonly mute_time_intervals?: readonly string[];
  readonly active_time_intervals?: readonly string[];
  readonly routes: readonly RouteConfig[];
}

export interface ReceiverConfig {
  readonly name: string;
  readonly pagerduty_configs: readonly PagerDutyConfig[];
  readonly webhook_configs: readonly WebhookConfig[];
  readonly email_configs: readonly EmailConfig[];
  readonly sns_configs: readonly SnsConfig[];
  readonly slack_configs: readonly SlackConfig[];
  /** The lists of integrations that are not translated, such as `opsgenie_configs`, in the order of the file. */
  readonly others: readonly string[];
}

/** One entry of `pagerduty_configs`. Absent means absent in the file: defaults are applied by the translation. */
export interface PagerDutyConfig {
  readonly send_resolved?: boolean;
  readonly routing_key?: string;
  readonly routing_key_file?: string;
  readonly service_key?: string;
  readonly service_key_file?: string;
  /** AMP's own form of a routing key: a member of a secret. */
  readonly native_key?: { readonly secret_arn: string; readonly secret_key?: string };
  readonly url?: string;
  readonly client?: string;
  readonly client_url?: string;
  readonly description?: string;
  readonly severity?: string;
  readonly source?: string;
  readonly details?: DetailsConfig;
  /** The scalars directly under `details` as text, as they are written in the file: what Alertmanager up to 0.29 takes them for. */
  readonly details_text?: { readonly [name: string]: string };
  readonly images?: readonly ImageConfig[];
  readonly links?: readonly LinkConfig[];
  readonly class?: string;
  readonly component?: string;
  readonly group?: string;
  readonly timeout?: string;
  readonly http_config?: HttpConfig;
}

/** Nested since Alertmanager 0.30; before, a map of strings. Leaves are templates. */
export interface DetailsConfig {
  readonly [name: string]: DetailsValue;
}
export type DetailsValue = string | number | boolean | null | readonly DetailsValue[] | DetailsConfig;

export interface ImageConfig {
  readonly src?: string;
  readonly alt?: string;
  readonly href?: string;
}

export interface LinkConfig {
  readonly href?: string;
  readonly text?: string;
}

/** One entry of `webhook_configs`. Absent means absent in the file. */
export interface WebhookConfig {
  readonly send_resolved?: boolean;
  /** A secret; a template where it has actions. */
  readonly url?: string;
  readonly url_file?: string;
  readonly max_alerts?: number;
  readonly timeout?: string;
  readonly http_config?: HttpConfig;
  /** Whether the entry has a `payload`, which replaces the body since Alertmanager 0.32. */
  readonly has_payload?: boolean;
}

/** One entry of `email_configs`. Absent means absent in the file. */
export interface EmailConfig {
  /** Alertmanager cannot parse one of its templates, so it is left out. */
  readonly is_never_sent?: boolean;
  readonly send_resolved?: boolean;
  readonly to?: string;
  readonly from?: string;
  readonly hello?: string;
  readonly smarthost?: string;
  readonly auth_username?: string;
  readonly auth_password?: string;
  readonly auth_password_file?: string;
  readonly auth_secret?: string;
  readonly auth_secret_file?: string;
  readonly auth_identity?: string;
  /** By their names in canonical form. */
  readonly headers?: { readonly [name: string]: string };
  readonly html?: string;
  readonly text?: string;
  readonly require_tls?: boolean;
  readonly tls_config?: TlsConfig;
  readonly force_implicit_tls?: boolean;
  /** Only if it is enabled. */
  readonly threading?: { readonly thread_by_date: 'daily' | 'none' };
}

/** Settings of TLS connections. */
export interface TlsConfig {
  readonly ca?: string;
  readonly ca_file?: string;
  readonly ca_ref?: string;
  readonly cert?: string;
  readonly cert_file?: string;
  readonly cert_ref?: string;
  readonly key?: string;
  readonly key_file?: string;
  readonly key_ref?: string;
  readonly server_name?: string;
  readonly insecure_skip_verify?: boolean;
  readonly min_version?: string;
  readonly max_version?: string;
}

/** One entry of `slack_configs`. Absent means absent in the file. URLs and tokens are secrets. */
export interface SlackConfig {
  /** Alertmanager cannot parse one of its templates, so it is left out. */
  readonly is_never_sent?: boolean;
  readonly send_resolved?: boolean;
  readonly api_url?: string;
  readonly api_url_file?: string;
  readonly app_token?: string;
  readonly app_token_file?: string;
  readonly app_url?: string;
  readonly channel?: string;
  readonly username?: string;
  readonly color?: string;
  readonly title?: string;
  readonly title_link?: string;
  readonly pretext?: string;
  readonly text?: string;
  readonly message_text?: string;
  readonly fields?: readonly SlackFieldConfig[];
  readonly short_fields?: boolean;
  readonly footer?: string;
  readonly fallback?: string;
  readonly callback_id?: string;
  readonly icon_emoji?: string;
  readonly icon_url?: string;
  readonly image_url?: string;
  readonly thumb_url?: string;
  readonly link_names?: boolean;
  readonly mrkdwn_in?: readonly string[];
  readonly actions?: readonly SlackActionConfig[];
  readonly update_message?: boolean;
  readonly post_updates_to_thread?: boolean;
  readonly timeout?: string;
  readonly http_config?: HttpConfig;
}

export interface SlackFieldConfig {
  readonly title: string;
  readonly value: string;
  readonly short?: boolean;
}

/** A button. One with a URL has neither name, value, nor confirmation. */
export interface SlackActionConfig {
  readonly type?: string;
  readonly text?: string;
  readonly url?: string;
  readonly style?: string;
  readonly name?: string;
  readonly value?: string;
  readonly confirm?: { readonly text?: string; readonly title?: string; readonly ok_text?: string; readonly dismiss_text?: string };
}

/** One entry of `sns_configs`: the user's own, which AMP runs as well. Absent means absent in the file. */
export interface SnsConfig {
  readonly send_resolved?: boolean;
  readonly api_url?: string;
  readonly sigv4?: Sigv4Config;
  readonly topic_arn?: string;
  readonly phone_number?: string;
  readonly target_arn?: string;
  readonly subject?: string;
  readonly message?: string;
  readonly attributes?: { readonly [name: string]: string };
  readonly http_config?: HttpConfig;
  readonly use_aws_http_client?: boolean;
  /** Not Alertmanager's: AMP adds it to the configuration that it shows. */
  readonly workspace_arn?: string;
}

export interface Sigv4Config {
  readonly region?: string;
  /** The names of the other fields that are given. Their values are not carried, for some are secrets. */
  readonly others: readonly string[];
}

export interface InhibitRuleConfig {
  /** Sources in every syntax together. */
  readonly source_matchers: readonly MatcherConfig[];
  readonly target_matchers: readonly MatcherConfig[];
  readonly equal?: readonly string[];
}

export interface TimeIntervalConfig {
  readonly name: string;
  /** The intervals as written; checked, and passed on unchanged. */
  readonly time_intervals: readonly unknown[];
}

/** A template file, found through `templates:`. */
export interface TemplateFile {
  /** The base name: the key under `template_files` and in AMP's `templates:`. */
  readonly name: string;
  /** Where it was read from, for findings. */
  readonly path: string;
  readonly text: string;
}

/** A place in the user's configuration, as keys and indexes from the root. */
export type ConfigPath = ReadonlyArray<string | number>;

/** What reading an `alertmanager.yml` gives: the configuration, if its structure is sound, and all that is wrong with it. */
export interface ParsedConfig {
  readonly config?: AlertmanagerFile;
  readonly findings: readonly Finding[];
  /** The position of a value in the user's file; of its nearest ancestor there, if the file does not have it. */
  positionOf(path: ConfigPath): Position | undefined;
}

/** A configuration with the text that it was read from and its template files, and the findings about all of them. */
export interface LoadedConfig {
  readonly text: string;
  readonly parsed: ParsedConfig;
  readonly templates: readonly TemplateFile[];
  readonly findings: readonly Finding[];
}
