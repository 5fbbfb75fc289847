import { EMAIL_DEFAULTS, SNS_DEFAULTS } from './built-in-templates';
import { listedAlerts } from './default-details';
import { slackFields } from './slack-fields';
import type { TemplatedField } from './templated-field';
import { parseTemplate } from '../../go/template/parse-template';
import type { AlertmanagerFile, ConfigPath, DetailsValue, EmailConfig, PagerDutyConfig, SnsConfig, WebhookConfig } from '../model';

const TEXT_FIELDS = ['client', 'client_url', 'description', 'severity', 'source', 'class', 'component', 'group'] as const;

/**
 * Every templated field of every entry that is translated, with its place in the configuration.
 *
 * @param redefinesSlackColor whether the user's template files define the template of the color of Slack's messages.
 */
export function templatedFields(config: AlertmanagerFile, redefinesSlackColor: boolean): TemplatedField[] {
  const fields = config.receivers.flatMap((receiver, index) => [
    ...receiver.pagerduty_configs.flatMap((entry, entryIndex) => fieldsOf(entry, ['receivers', index, 'pagerduty_configs', entryIndex])),
    ...receiver.webhook_configs.flatMap((entry, entryIndex) => webhookFields(entry, ['receivers', index, 'webhook_configs', entryIndex])),
    ...receiver.email_configs.flatMap((entry, entryIndex) => emailFields(entry, ['receivers', index, 'email_configs', entryIndex])),
    ...receiver.sns_configs.flatMap((entry, entryIndex) => snsFields(entry, ['receivers', index, 'sns_configs', entryIndex])),
    ...receiver.slack_configs.flatMap((entry, entryIndex) => slackFields(entry, ['receivers', index, 'slack_configs', entryIndex], redefinesSlackColor)),
  ]);
  return fields.map((field) => ({ ...field, firingOnly: !sendsResolved(config, field.path) }));
}

/** Alertmanager's defaults. */
const SEND_RESOLVED: Readonly<Record<string, boolean>> = { slack_configs: false, email_configs: false };

/** Whether the entry that a field belongs to sends resolved alerts. */
function sendsResolved({ receivers }: AlertmanagerFile, [, receiver, list, entry]: ConfigPath): boolean {
  const entries = receivers[Number(receiver)][list as 'slack_configs'];
  return entries[Number(entry)].send_resolved ?? SEND_RESOLVED[String(list)] ?? true;
}

/** A URL is a secret: the check of webhooks reports that it cannot be parsed, without a word of it. */
function webhookFields({ url = '' }: WebhookConfig, at: ConfigPath): TemplatedField[] {
  return url.includes('{{') && !parseTemplate(url).error ? [{ path: [...at, 'url'], text: url }] : [];
}

/** The texts of an `email_config`; where it has none, Alertmanager's default, for a template file can define that anew. */
function emailFields(entry: EmailConfig, at: ConfigPath): TemplatedField[] {
  const { Subject: subject = EMAIL_DEFAULTS.subject, ...headers } = entry.headers ?? {};
  return [
    ...(['to', 'from', 'text'] as const).flatMap((name) => leaves(entry[name], [...at, name])),
    ...leaves(entry.html ?? EMAIL_DEFAULTS.html, [...at, 'html']),
    ...Object.entries({ Subject: subject, ...headers }).flatMap(([name, value]) => leaves(value, [...at, 'headers', name])),
  ];
}

/** The texts of an `sns_config`; where it has none, Alertmanager's default, for a template file can define that anew. */
function snsFields(entry: SnsConfig, at: ConfigPath): TemplatedField[] {
  return [
    ...(['topic_arn', 'phone_number', 'target_arn'] as const).flatMap((name) => leaves(entry[name], [...at, name])),
    ...(['subject', 'message'] as const).flatMap((name) => leaves(entry[name] ?? SNS_DEFAULTS[name], [...at, name])),
    ...Object.entries(entry.attributes ?? {}).flatMap(([name, value]) =>
      [name, value].map((text) => ({ path: [...at, 'attributes', name], text }))),
  ];
}

/** The same without places. */
export function snsTexts(entry: SnsConfig): string[] {
  return snsFields(entry, []).map(({ text }) => text);
}

function fieldsOf(entry: PagerDutyConfig, at: ConfigPath): TemplatedField[] {
  return [
    ...TEXT_FIELDS.flatMap((name) => leaves(entry[name], [...at, name])),
    ...leaves(entry.details, [...at, 'details']),
    ...(entry.links ?? []).flatMap(({ href, text }, index) => [
      ...leaves(href, [...at, 'links', index, 'href']), ...leaves(text, [...at, 'links', index, 'text']),
    ]),
    ...(entry.images ?? []).flatMap(({ src, alt, href }, index) => [
      ...leaves(src, [...at, 'images', index, 'src']),
      ...leaves(alt, [...at, 'images', index, 'alt']),
      ...leaves(href, [...at, 'images', index, 'href']),
    ]),
  ];
}

/** The texts in a value, which can be nested as deep as the reader of the configuration lets pass. */
function leaves(value: DetailsValue | undefined, path: ConfigPath): TemplatedField[] {
  if (typeof value === 'string') {
    return listedAlerts(value) && path.includes('details') ? [] : [{ path, text: value }];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return isList(value)
    ? value.flatMap((item, index) => leaves(item, [...path, index]))
    : Object.entries(value).flatMap(([name, item]) => leaves(item, [...path, name]));
}

/** `Array.isArray` does not see through `readonly`. */
function isList(value: object): value is readonly DetailsValue[] {
  return Array.isArray(value);
}
