import { UntypedValue, Decoded, StructValue, JsonValue } from './decoded';
import { toEmail, toSmtpDefaults } from './email-to-model';
import { SLACK_GLOBALS, toSlack } from './slack-to-model';
import { readMatchers } from '../matchers/parse';
import { compareMatchers } from '../matchers/print';
import type {
  AlertmanagerFile, DetailsConfig, GlobalConfig, InhibitRuleConfig, MatcherConfig, PagerDutyConfig, ReceiverConfig, RouteConfig,
  Sigv4Config, SnsConfig, TimeIntervalConfig, WebhookConfig,
} from '../model';
import { TRANSLATED_INTEGRATIONS } from './schema/integrations';
import { compact, textsOf, toHttpConfig, toPlain } from './struct-fields';

/** The configuration in the shape that the translation works on. Nothing is checked here any more. */
export function toModel(root: StructValue, route: StructValue): AlertmanagerFile {
  return compact({
    global: toGlobal(root.struct('global')),
    route: toRoute(route),
    receivers: root.structs('receivers').map(toReceiver),
    templates: root.texts('templates'),
    inhibit_rules: root.list('inhibit_rules') && root.structs('inhibit_rules').map(toInhibitRule),
    mute_time_intervals: toTimeIntervals(root, 'mute_time_intervals'),
    time_intervals: toTimeIntervals(root, 'time_intervals'),
  });
}

function toGlobal(global: StructValue | undefined): GlobalConfig | undefined {
  return global && compact({
    resolve_timeout: global.text('resolve_timeout'),
    pagerduty_url: global.text('pagerduty_url'),
    ...textsOf(global, SLACK_GLOBALS),
    http_config: toHttpConfig(global.struct('http_config')),
    ...toSmtpDefaults(global),
  });
}

function toRoute(route: StructValue): RouteConfig {
  return compact({
    receiver: route.text('receiver') || undefined,
    group_by: route.texts('group_by'),
    continue: route.bool('continue'),
    matchers: matchersOf(route, ''),
    group_wait: route.text('group_wait'),
    group_interval: route.text('group_interval'),
    repeat_interval: route.text('repeat_interval'),
    mute_time_intervals: route.texts('mute_time_intervals'),
    active_time_intervals: route.texts('active_time_intervals'),
    routes: route.structs('routes').map((child) => toRoute(child ?? new StructValue())),
  });
}

/** The matchers of all three fields. `match_re` is anchored as Alertmanager shows it. */
function matchersOf(fields: StructValue, prefix: string): MatcherConfig[] {
  const matchers: MatcherConfig[] = [];
  for (const [name, value] of fields.textMap(`${prefix}match`)) {
    matchers.push({ name, type: '=', value });
  }
  for (const [name, value] of fields.textMap(`${prefix}match_re`)) {
    matchers.push({ name, type: '=~', value: `^(?:${value})$` });
  }
  for (const entry of fields.texts(`${prefix}matchers`) ?? []) {
    const result = readMatchers(entry);
    matchers.push(...('matchers' in result ? result.matchers : []));
  }
  return matchers.sort(compareMatchers);
}

function toInhibitRule(rule: StructValue | undefined): InhibitRuleConfig {
  const fields = rule ?? new StructValue();
  return compact({
    source_matchers: matchersOf(fields, 'source_'),
    target_matchers: matchersOf(fields, 'target_'),
    equal: fields.texts('equal'),
  });
}

function toTimeIntervals(root: StructValue, field: string): TimeIntervalConfig[] | undefined {
  return root.list(field) && root.structs(field).filter((interval) => interval !== undefined).map((interval) => ({
    name: interval.text('name') ?? '',
    time_intervals: (interval.list('time_intervals') ?? []).map((item) => toPlain(item) ?? {}),
  }));
}

function toReceiver(receiver: StructValue | undefined): ReceiverConfig {
  const fields = receiver ?? new StructValue();
  const others = [...fields.names()].filter((name) => name.endsWith('_configs') && !Object.hasOwn(TRANSLATED_INTEGRATIONS, name));
  return {
    name: fields.text('name') ?? '',
    pagerduty_configs: fields.structs('pagerduty_configs').map(toPagerDuty),
    webhook_configs: fields.structs('webhook_configs').map(toWebhook),
    email_configs: fields.structs('email_configs').map(toEmail),
    sns_configs: fields.structs('sns_configs').map(toSns),
    slack_configs: fields.structs('slack_configs').map(toSlack),
    others: others.filter((name) => fields.bool(name) === true || (fields.list(name) ?? []).length > 0),
  };
}

const PAGERDUTY_TEXTS = [
  'routing_key', 'routing_key_file', 'service_key', 'service_key_file', 'url', 'client', 'client_url', 'description', 'severity', 'source', 'class',
  'component', 'group', 'timeout',
] as const;

function toPagerDuty(config: StructValue | undefined): PagerDutyConfig {
  const fields = config ?? new StructValue();
  return compact({
    ...textsOf(fields, PAGERDUTY_TEXTS),
    native_key: toNativeKey(fields.struct('routing_key') ?? fields.struct('service_key')),
    send_resolved: fields.bool('send_resolved'),
    ...toDetails(fields.map('details')),
    images: toTextStructs(fields, 'images'),
    links: toTextStructs(fields, 'links'),
    http_config: toHttpConfig(fields.struct('http_config')),
  });
}

function toWebhook(config: StructValue | undefined): WebhookConfig {
  const fields = config ?? new StructValue();
  const maxAlerts = Number(fields.get('max_alerts'));
  return compact({
    ...textsOf(fields, ['url', 'url_file', 'timeout']),
    send_resolved: fields.bool('send_resolved'),
    max_alerts: maxAlerts > 0 ? maxAlerts : undefined,
    http_config: toHttpConfig(fields.struct('http_config')),
    has_payload: fields.has('payload') || undefined,
  });
}

function toNativeKey(reference: StructValue | undefined): PagerDutyConfig['native_key'] {
  const secret = reference?.struct('aws_secrets_manager');
  return secret && compact({ secret_arn: secret.text('secret_arn') ?? '', secret_key: secret.text('secret_key') });
}

const SNS_TEXTS = ['api_url', 'topic_arn', 'phone_number', 'target_arn', 'subject', 'message', 'workspace_arn'] as const;

function toSns(config: StructValue | undefined): SnsConfig {
  const fields = config ?? new StructValue();
  return compact({
    ...textsOf(fields, SNS_TEXTS),
    send_resolved: fields.bool('send_resolved'),
    sigv4: toSigv4(fields.struct('sigv4')),
    attributes: fields.map('attributes') && Object.fromEntries(fields.textMap('attributes')),
    http_config: toHttpConfig(fields.struct('http_config')),
    use_aws_http_client: fields.bool('use_aws_http_client'),
  });
}

function toSigv4(sigv4: StructValue | undefined): Sigv4Config | undefined {
  return sigv4 && compact({
    region: sigv4.text('region') || undefined,
    others: [...sigv4.names()].filter((name) => name !== 'region' && sigv4.has(name)),
  });
}

function toDetails(details: ReadonlyMap<string, Decoded> | undefined): Pick<PagerDutyConfig, 'details' | 'details_text'> {
  if (details === undefined) {
    return {};
  }
  const values = new Map<string, JsonValue>();
  const texts = new Map<string, string>();
  for (const [name, value] of details) {
    if (value instanceof UntypedValue) {
      values.set(name, value.value);
      if (typeof value.value !== 'object' || value.value === null) {
        texts.set(name, value.source ?? '');
      }
    }
  }
  return { details: Object.fromEntries(values) as DetailsConfig, details_text: Object.fromEntries(texts) };
}

function toTextStructs(fields: StructValue, name: string): Array<{ [field: string]: string }> | undefined {
  return fields.list(name) && fields.structs(name).map((item) => {
    const entries = [...(item?.names() ?? [])].map((field): [string, string] => [field, item?.text(field) ?? '']);
    return Object.fromEntries(entries);
  });
}
