import type { TemplatedField } from './templated-field';
import type { ConfigPath, SlackActionConfig, SlackConfig } from '../model';

/** The template that the color is by default since Alertmanager 0.32. Where the user's files do not define it, it is not known whether AMP does. */
export const SLACK_COLOR_TEMPLATE = 'slack.default.color';

const DEFAULT_COLOR = '{{ if eq .Status "firing" }}danger{{ else }}good{{ end }}';

const calls = (name: string): string => `{{ template "slack.default.${name}" . }}`;

/** What Alertmanager takes for the texts of a `slack_config` that are not given. */
const DEFAULTS = {
  username: calls('username'),
  title: calls('title'),
  title_link: calls('titlelink'),
  icon_emoji: calls('iconemoji'),
  icon_url: calls('iconurl'),
  pretext: calls('pretext'),
  text: calls('text'),
  fallback: calls('fallback'),
  callback_id: calls('callbackid'),
  footer: calls('footer'),
} as const;

/** An entry with its defaults. An empty text of the file stays empty. */
export type SlackTexts = Omit<SlackConfig, keyof typeof DEFAULTS | 'color'> & { readonly [name in keyof typeof DEFAULTS | 'color']: string };

/** @param redefinesColor whether the user's template files define the template of the color. */
export function withSlackDefaults(config: SlackConfig, redefinesColor: boolean): SlackTexts {
  return { color: redefinesColor ? calls('color') : DEFAULT_COLOR, ...DEFAULTS, ...config };
}

const TEXT_FIELDS = [
  'channel', 'username', 'icon_emoji', 'icon_url', 'color', 'title', 'title_link', 'pretext', 'text', 'message_text', 'fallback', 'callback_id',
  'image_url', 'thumb_url', 'footer',
] as const;

/** The texts of an entry that Alertmanager executes as templates. */
export function slackFields(config: SlackConfig, at: ConfigPath, redefinesColor: boolean): TemplatedField[] {
  const texts = withSlackDefaults(config, redefinesColor);
  return [
    ...textsAt(texts, TEXT_FIELDS, at),
    ...(config.fields ?? []).flatMap((field, index) => textsAt(field, ['title', 'value'], [...at, 'fields', index])),
    ...(config.actions ?? []).flatMap((action, index) => actionFields(action, [...at, 'actions', index])),
  ];
}

function actionFields(action: SlackActionConfig, at: ConfigPath): TemplatedField[] {
  return [
    ...textsAt(action, ['type', 'text', 'url', 'style', 'name', 'value'], at),
    ...textsAt(action.confirm ?? {}, ['text', 'title', 'ok_text', 'dismiss_text'], [...at, 'confirm']),
  ];
}

function textsAt<Name extends string>(texts: { readonly [name in Name]?: string }, names: readonly Name[], at: ConfigPath): TemplatedField[] {
  return names.flatMap((name) => {
    const text = texts[name];
    return text === undefined ? [] : [{ path: [...at, name], text }];
  });
}
