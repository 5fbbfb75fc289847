import { join } from 'node:path';
import { withFiles } from './temporary-files';
import { AlertManagerConfig } from '../../../src/alertmanager/alert-manager-config';
import { UnsupportedReceivers } from '../../../src/alertmanager/options';
import type { Translation } from '../../../src/alertmanager/translate/translation';
import { REQUEST } from '../translate/support';

export const KEY = '0123456789abcdef0123456789abcdef';

/** A definition for Slack with functions that AMP does not have, and one for a page. */
export const CHAT = '{{ define "chat.title" }}{{ now }} {{ quote .Status }}{{ template "no.such" . }}{{ end }}';
export const PAGE = '{{ define "page.title" }}{{ .CommonLabels.alertname }}{{ end }}';

/** Translates a configuration with template files, a page's description, and an integration that is left out. */
export function translate(files: Readonly<Record<string, string>>, description: string, key = KEY): Translation {
  const config = {
    templates: ['*.tmpl'],
    route: { receiver: 'pager' },
    receivers: [{ name: 'pager', pagerduty_configs: [{ routing_key: key, description }], opsgenie_configs: [{ api_key: 'a' }] }],
  };
  return withFiles({ ...files, 'alertmanager.yml': JSON.stringify(config) }, (directory) =>
    AlertManagerConfig.fromFile(join(directory, 'alertmanager.yml'), { unsupportedReceivers: UnsupportedReceivers.WARN })._translate(REQUEST));
}

/** Translates a configuration with template files and the URL of a webhook; with the values of its secrets. */
export function translateWebhook(
  files: Readonly<Record<string, string>>, url: string,
): { readonly translation: Translation; readonly secrets: unknown[] } {
  const config = { templates: ['*.tmpl'], route: { receiver: 'pager' }, receivers: [{ name: 'pager', webhook_configs: [{ url }] }] };
  return withFiles({ ...files, 'alertmanager.yml': JSON.stringify(config) }, (directory) => {
    const source = AlertManagerConfig.fromFile(join(directory, 'alertmanager.yml'));
    return { translation: source._translate(REQUEST), secrets: source._secrets(false, {}).map(({ name, value }) => [name, value]) };
  });
}

/** Two template files, one of which no page leads to. */
export function translateUnused(): Translation {
  return translate({ 'chat.tmpl': CHAT, 'page.tmpl': PAGE }, '{{ template "page.title" . }}');
}

/** Alertmanager's default details, as some write them out. */
export const DEFAULT_DETAILS = {
  firing: '{{ .Alerts.Firing | toJson }}', resolved: '{{.Alerts.Resolved|toJson}}', nested: { list: ['{{ .Alerts.Firing | toJson }}'] },
};

export function translateDetails(details: object): Translation {
  return AlertManagerConfig.fromString(JSON.stringify({
    route: { receiver: 'pager' }, receivers: [{ name: 'pager', pagerduty_configs: [{ routing_key: KEY, details }] }],
  }))._translate(REQUEST);
}
