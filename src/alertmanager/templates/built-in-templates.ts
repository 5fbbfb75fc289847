/** Alertmanager's own templates that its PagerDuty notifications are made of; a user's definition of the same name takes their place. */
export const PAGERDUTY_TEMPLATES: readonly string[] = [
  'pagerduty.default.client', 'pagerduty.default.clientURL', 'pagerduty.default.description', 'pagerduty.default.instances',
  '__alertmanager', '__alertmanagerURL', '__subject', '__text_alert_list',
];

/** What Alertmanager takes for the texts of an `sns_config` that are not given. */
export const SNS_DEFAULTS = {
  subject: '{{ template "sns.default.subject" . }}',
  message: '{{ template "sns.default.message" . }}',
} as const;

/** What Alertmanager takes for the texts of an `email_config` that are not given, by reference: a template file can define them anew. */
export const EMAIL_DEFAULTS = {
  subject: '{{ template "email.default.subject" . }}',
  html: '{{ template "email.default.html" . }}',
} as const;

/** The other templates that Alertmanager 0.28 defines, by what their names begin with. */
const OTHERS: ReadonlyArray<readonly [string, readonly string[]]> = [
  ['__', ['description', 'text_alert_list_markdown']],
  ['discord.default.', ['content', 'message', 'title']],
  ['email.default.', ['html', 'subject']],
  ['jira.default.', ['description', 'priority', 'summary']],
  ['msteams.default.', ['summary', 'text', 'title']],
  ['msteamsv2.default.', ['text', 'title']],
  ['opsgenie.default.', ['description', 'message', 'source']],
  ['pushover.default.', ['message', 'title', 'url']],
  ['rocketchat.default.', ['alias', 'emoji', 'iconurl', 'text', 'title', 'titlelink']],
  ['slack.default.', ['callbackid', 'fallback', 'footer', 'iconemoji', 'iconurl', 'pretext', 'text', 'title', 'titlelink', 'username']],
  ['sns.default.', ['message', 'subject']],
  ['telegram.default.', ['message']],
  ['victorops.default.', ['entity_display_name', 'monitoring_tool', 'state_message']],
  ['webex.default.', ['message']],
  ['wechat.default.', ['agent_id', 'message', 'to_party', 'to_tag', 'to_user']],
];

/** Every template that exists without being defined by the user. */
export const BUILT_IN_TEMPLATES: ReadonlySet<string> = new Set([
  ...PAGERDUTY_TEMPLATES,
  ...OTHERS.flatMap(([prefix, names]) => names.map((name) => `${prefix}${name}`)),
]);

/** What a built-in template must be executed with: a notification, of which a link uses one field only, or a list of alerts. */
export type BuiltInNeed = 'anything' | 'notification' | 'link' | 'alerts';

const NEEDS: ReadonlyArray<readonly [BuiltInNeed, readonly string[]]> = [
  ['alerts', ['pagerduty.default.instances', '__text_alert_list', '__text_alert_list_markdown']],
  ['link', [
    'pagerduty.default.clientURL', '__alertmanagerURL', 'opsgenie.default.source', 'pushover.default.url', 'rocketchat.default.titlelink', 'slack.default.titlelink',
    'jira.default.priority',
  ]],
  ['anything', [
    'pagerduty.default.client', '__alertmanager', '__description', 'discord.default.content',
    ...['alias', 'emoji', 'iconurl', 'text'].map((name) => `rocketchat.default.${name}`),
    ...['callbackid', 'footer', 'iconemoji', 'iconurl', 'pretext', 'text', 'username'].map((name) => `slack.default.${name}`),
    'victorops.default.monitoring_tool', ...['agent_id', 'to_party', 'to_tag', 'to_user'].map((name) => `wechat.default.${name}`),
  ]],
];

/** By the name of the template. */
export const BUILT_IN_NEEDS: ReadonlyMap<string, BuiltInNeed> = new Map([
  ...[...BUILT_IN_TEMPLATES].map((name): [string, BuiltInNeed] => [name, 'notification']),
  ...NEEDS.flatMap(([need, names]) => names.map((name): [string, BuiltInNeed] => [name, need])),
]);

/** What built-in templates call that is not among those of PagerDuty: a user's definition of it takes effect in them. */
export const BUILT_IN_CALLS: ReadonlyMap<string, readonly string[]> = new Map([
  ['slack.default.fallback', ['slack.default.title', 'slack.default.titlelink']],
  ...['msteams.default.text', 'msteamsv2.default.text', 'jira.default.description'].map((name): [string, string[]] => [name, ['__text_alert_list_markdown']]),
]);

/** Templates of Alertmanagers that are newer than what is known of AMP, with the version that introduced each. */
export const NEWER_BUILT_IN_TEMPLATES: ReadonlyMap<string, string> = new Map([
  ['mattermost.default.text', '0.30'],
  ...['color', 'fallback', 'title', 'titlelink', 'username'].map((name) => [`mattermost.default.${name}`, '0.32'] as const),
  ['slack.default.color', '0.32'],
]);
