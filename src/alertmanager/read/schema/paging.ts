import { HTTP_CONFIG } from './http';
import { anything, bool, goDuration, goDurationText, listOf, mapOf, optionalBool, optionalText, struct, StructCheck, text, uint } from './schema';
import { checkUrl } from '../check-url';
import { oneOf } from '../names';
import { checkDuration } from '../prometheus-duration';

/** Integrations that page somebody or open a ticket, other than PagerDuty. */

const COMMON = { send_resolved: bool(), http_config: HTTP_CONFIG };

const responderTypes = oneOf('team', 'teams', 'user', 'escalation', 'schedule');

const OPSGENIE_RESPONDER = struct('an Opsgenie responder', { id: text(), name: text(), username: text(), type: text() });

/** Empty entries are no exception, which is why the list is looked at, and not its entries. */
const responderRules: StructCheck = (fields, tell) => {
  for (const responder of fields.structs('responders')) {
    if (!['id', 'name', 'username'].some((name) => responder?.has(name) || responder?.broken(name))) {
      tell({ code: 'config-missing-field', message: 'an Opsgenie responder needs one of "id", "name", "username"', fix: 'give one of them a value' }, 'responders');
    }
    const type = responder?.text('type') ?? '';
    const problem = type.includes('{{') || responder?.broken('type') ? undefined : responderTypes(type.toLowerCase());
    if (problem) {
      tell({ ...problem, message: `the type of an Opsgenie responder: ${problem.message}` }, 'responders');
    }
  }
};

export const OPSGENIE_CONFIG = struct('an Opsgenie configuration', {
  ...COMMON,
  api_key: text(),
  api_key_file: text(),
  api_url: optionalText(checkUrl),
  message: text(),
  description: text(),
  source: text(),
  details: mapOf(text()),
  entity: text(),
  responders: listOf(OPSGENIE_RESPONDER),
  actions: text(),
  tags: text(),
  note: text(),
  priority: text(),
  update_alerts: bool(),
}, { atMostOne: [['api_key', 'api_key_file']], check: responderRules });

/** Names of the event that Alertmanager fills itself. */
const VICTOROPS_RESERVED = ['routing_key', 'message_type', 'state_message', 'entity_display_name', 'monitoring_tool', 'entity_id', 'entity_state'];

export const VICTOROPS_CONFIG = struct('a VictorOps configuration', {
  ...COMMON,
  api_key: text(),
  api_key_file: text(),
  api_url: optionalText(checkUrl),
  routing_key: text(),
  message_type: text(),
  state_message: text(),
  entity_display_name: text(),
  monitoring_tool: text(),
  custom_fields: mapOf(text(), (name) => (VICTOROPS_RESERVED.includes(name)
    ? { code: 'config-invalid-value', message: `the custom field "${name}" has a name that VictorOps uses itself`, fix: 'rename it' }
    : undefined)),
}, { required: ['routing_key'], atMostOne: [['api_key', 'api_key_file']] });

export const PUSHOVER_CONFIG = struct('a Pushover configuration', {
  ...COMMON,
  user_key: text(),
  user_key_file: text(),
  token: text(),
  token_file: text(),
  title: text(),
  message: text(),
  url: text(),
  url_title: text(),
  device: text(),
  sound: text(),
  priority: text(),
  retry: goDurationText(),
  expire: goDurationText(),
  ttl: goDurationText(),
  html: bool(),
  monospace: bool(),
}, {
  anyOf: [['user_key', 'user_key_file'], ['token', 'token_file']],
  atMostOne: [['user_key', 'user_key_file'], ['token', 'token_file'], ['html', 'monospace']],
});

export const INCIDENTIO_CONFIG = struct('an incident.io configuration', {
  ...COMMON,
  url: optionalText(checkUrl),
  url_file: text(),
  alert_source_token: text(),
  alert_source_token_file: text(),
  max_alerts: uint(),
  timeout: goDuration(),
}, {
  anyOf: [['url', 'url_file']],
  atMostOne: [['url', 'url_file'], ['alert_source_token', 'alert_source_token_file']],
  check: (fields, tell) => {
    const token = fields.has('alert_source_token') || fields.has('alert_source_token_file');
    const http = fields.struct('http_config');
    const authorization = http?.struct('authorization') !== undefined;
    if (token && authorization) {
      tell({ code: 'config-conflicting-fields', message: 'a token and "http_config.authorization" exclude each other', fix: 'keep one of them' });
    }
    if (http && !authorization && !token) {
      tell({ code: 'config-missing-field', message: 'an incident.io configuration needs "alert_source_token"', fix: 'give it a value' });
    }
  },
});

const JIRA_FIELD = struct('a Jira field', { template: text(), enable_update: optionalBool() }, { shortFor: 'template' });

export const JIRA_CONFIG = struct('a Jira configuration', {
  ...COMMON,
  api_url: optionalText(checkUrl),
  api_type: text(oneOf('auto', 'cloud', 'datacenter')),
  project: text(),
  summary: JIRA_FIELD,
  description: JIRA_FIELD,
  labels: listOf(text()),
  priority: text(),
  issue_type: text(),
  reopen_transition: text(),
  resolve_transition: text(),
  wont_fix_resolution: text(),
  reopen_duration: optionalText(checkDuration),
  fields: mapOf(anything()),
}, { required: ['project', 'issue_type'] });
