import {
  DISCORD_CONFIG, MATTERMOST_CONFIG, MSTEAMS_CONFIG, MSTEAMSV2_CONFIG, ROCKETCHAT_CONFIG, SLACK_CONFIG, TELEGRAM_CONFIG, WEBEX_CONFIG,
  WECHAT_CONFIG,
} from './chat';
import { GLOBAL } from './global';
import { EVENT_RECORDER, TRACING } from './other-roots';
import { PAGERDUTY_CONFIG } from './pagerduty';
import { INCIDENTIO_CONFIG, JIRA_CONFIG, OPSGENIE_CONFIG, PUSHOVER_CONFIG, VICTOROPS_CONFIG } from './paging';
import { INHIBIT_RULE, ROUTE } from './route';
import { fullListOf, listOf, mapOf, struct, text } from './schema';
import { MUTE_TIME_INTERVAL, NAMED_TIME_INTERVAL } from './time-intervals';
import { EMAIL_CONFIG, SNS_CONFIG, WEBHOOK_CONFIG } from './transport';

/** Every integration that a receiver can have, by the name of its list. */
export const INTEGRATIONS = {
  discord_configs: DISCORD_CONFIG,
  email_configs: EMAIL_CONFIG,
  incidentio_configs: INCIDENTIO_CONFIG,
  pagerduty_configs: PAGERDUTY_CONFIG,
  slack_configs: SLACK_CONFIG,
  webhook_configs: WEBHOOK_CONFIG,
  opsgenie_configs: OPSGENIE_CONFIG,
  wechat_configs: WECHAT_CONFIG,
  pushover_configs: PUSHOVER_CONFIG,
  victorops_configs: VICTOROPS_CONFIG,
  sns_configs: SNS_CONFIG,
  telegram_configs: TELEGRAM_CONFIG,
  webex_configs: WEBEX_CONFIG,
  msteams_configs: MSTEAMS_CONFIG,
  msteamsv2_configs: MSTEAMSV2_CONFIG,
  jira_configs: JIRA_CONFIG,
  rocketchat_configs: ROCKETCHAT_CONFIG,
  mattermost_configs: MATTERMOST_CONFIG,
} as const;

export type IntegrationType = keyof typeof INTEGRATIONS;

export const INTEGRATION_TYPES = Object.keys(INTEGRATIONS) as readonly IntegrationType[];

const RECEIVER = struct('a receiver', {
  name: text(),
  labels: mapOf(text()),
  ...Object.fromEntries(Object.entries(INTEGRATIONS).map(([name, schema]) => [name, fullListOf(schema)])),
}, {
  required: ['name'],
  check: (fields, tell) => {
    const label = fields.textMap('labels').get('name');
    if (label !== undefined && label !== fields.text('name')) {
      tell({ code: 'config-invalid-value', message: 'the label "name" of the receiver differs from its name', fix: 'remove the label' }, 'labels');
    }
  },
});

/** The whole file. */
export const ROOT = struct('the Alertmanager configuration', {
  global: GLOBAL,
  route: ROUTE,
  inhibit_rules: listOf(INHIBIT_RULE),
  receivers: fullListOf(RECEIVER),
  templates: listOf(text()),
  mute_time_intervals: listOf(MUTE_TIME_INTERVAL),
  time_intervals: listOf(NAMED_TIME_INTERVAL),
  tracing: TRACING,
  event_recorder: EVENT_RECORDER,
});
