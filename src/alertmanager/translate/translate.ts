import { createHash } from 'crypto';
import { checkDefinition } from './check-definition';
import { checkKeys, checkSettings } from './check-receivers';
import { checkReceiverNames, checkSns } from './check-sns';
import { checkUnsupported } from './check-unsupported';
import { writeDefinition } from './definition';
import { Endpoints, findEndpoints } from './endpoints';
import { definesTemplate, templateFields } from './field-definitions';
import { OwnTemplates } from './own-templates';
import { pagerDutySnsConfig } from './pagerduty-config';
import { copyReceivers, ReceiverCopies, ReceiverCopy } from './receiver-copies';
import { nameRoutingKeys, RoutingKeyNames } from './routing-key-names';
import type { Translation, TranslationRequest } from './translation';
import { SLACK_COLOR_TEMPLATE, slackFields } from '../templates';
import { SecretCheck } from './transports/check-secret';
import { checkSlack, UsedSlack } from './transports/check-slack';
import { checkTargets, usableTargets } from './transports/check-webhook-targets';
import { checkWebhooks, UsedWebhook } from './transports/check-webhooks';
import { emailTemplates, translateEmail } from './transports/emails';
import { bindTarget, NamedEndpoints, sysdigSnsConfig, WebhookTargets } from './transports/sysdig';
import { messageMarker } from '../../contract/message';
import type {
  AlertmanagerFile, ConfigPath, EmailConfig, LoadedConfig, PagerDutyConfig, ReceiverConfig, SlackConfig, SnsConfig, WebhookConfig,
} from '../model';
import type { UnsupportedReceivers } from '../options';
import { configReporter } from '../report';
import type { UsedEmail } from './transports/used-email';
import { translateSlack } from './transports/slack';
import { slackSnsConfig } from './transports/slack-config';
import type { TransportContext } from './transports/transport-config';
import { translateWebhook } from './transports/webhooks';
import { userSnsConfig } from './user-sns-config';
import type { YamlMap } from './yaml-writer';
import { PagerDutyEndpoint } from '../../contract/pagerduty-event';
import { webhookSnsConfig } from './transports/webhook-config';
import { planRoutes } from '../routes/route-plan';

/**
 * Translates a configuration that was read without errors into AMP's definition: every `pagerduty_config` becomes an
 * `sns_config` whose message carries all that PagerDuty's event is made of; the user's own `sns_configs` are passed on.
 */
export function translate(
  loaded: Omit<LoadedConfig, 'findings'>, request: TranslationRequest, unsupportedReceivers: UnsupportedReceivers,
): Translation {
  const { parsed, templates } = loaded;
  const file = parsed.config;
  if (!file) {
    return { definition: '', hasOwnTemplates: false, usesNotify: false, routingKeyNames: [], endpoints: PagerDutyEndpoint, defaultEndpoint: 'us', sysdigEndpoints: {}, findings: [] };
  }
  const routes = planRoutes(file.route);
  const receivers = copyReceivers(file, routes);
  const used = usedConfigs(file, receivers);
  const keys = nameRoutingKeys(file);
  const targets = usableTargets(request.webhookTargets);
  const webhooks = usedWebhooks(file, receivers, targets);
  const emails = usedEmails(file, receivers, request.sesIdentity !== undefined);
  const slacks = usedSlacks(file, receivers);
  const reporter = configReporter(parsed);
  checkUnsupported(file, unsupportedReceivers, reporter);
  checkKeys(used, keys, reporter);
  checkSettings(file, used, templates, reporter);
  const ownServers = [...webhooks.values()].filter(({ bound }) => bound === undefined);
  const secretCheck = new SecretCheck(usedKeyNames(used, keys), reporter);
  checkWebhooks(ownServers, request.notifyPermissions ?? [], secretCheck, reporter);
  checkSlack([...slacks.values()], { permissions: request.notifyPermissions ?? [], secretCheck, templates }, reporter);
  checkSns(file, usedSnsConfigs(file, receivers), request, reporter);
  checkReceiverNames(file, receivers, templates, reporter);
  const region = request.pagerDutyRegion;
  const endpoints = findEndpoints(file, used, region && { name: region._name, url: region.url }, reporter);
  const ownTemplates = new OwnTemplates(templates, [
    ...[...used.keys()].flatMap(templateFields),
    ...[...emails.values()].flatMap(({ email }) => emailTemplates(email.texts)),
    ...[...slacks.values()].flatMap(({ config, place }) => slackFields(config, place, false).map(({ text }) => text)),
  ]);
  const writeEmail = emails.size === 0 ? undefined : loadEmailWriter().emailWriter([...emails.values()], {
    templates, ownTemplates, permissions: request.notifyPermissions ?? [], secretCheck, sesIdentity: request.sesIdentity,
  }, reporter);
  const writeEmails = (config: EmailConfig, context: TransportContext): YamlMap[] => {
    const email = emails.get(config);
    return email && writeEmail ? [writeEmail(email, context)] : [];
  };
  const redefinesSlackColor = templates.some(({ text }) => definesTemplate(text, SLACK_COLOR_TEMPLATE));
  const sysdigEndpoints = new NamedEndpoints();
  const entries = { keys, endpoints, webhooks, sysdigEndpoints, writeEmails, slacks, redefinesSlackColor };
  const integrations = integrationsOf(entries, { request, marker: markerOf(request.scopePath, loaded.text), templates: ownTemplates });
  const heartbeat = request.heartbeat ? { arn: request.topicArn, region: request.region } : undefined;
  const definition = writeDefinition({ file, templates, ownTemplates, routes, receivers, incidents: request.incidents, integrations, heartbeat });
  const surroundings = { keyNames: usedKeyNames(used, keys), endpoints: sysdigEndpoints.all() };
  checkTargets(file, request.webhookTargets, [...webhooks.values()], surroundings, reporter);
  checkDefinition(definition, reporter);
  return {
    definition,
    hasOwnTemplates: ownTemplates.file() !== undefined,
    routingKeyNames: usedKeyNames(used, keys),
    usesNotify: webhooks.size + emails.size + slacks.size > 0,
    endpoints: endpoints.urls,
    defaultEndpoint: endpoints.defaultName,
    sysdigEndpoints: sysdigEndpoints.all(),
    findings: reporter.findings,
  };
}

/** The entries whose receiver is on a route, in the order of the file. */
export function usedConfigs(file: AlertmanagerFile, receivers: ReceiverCopies): ReadonlyMap<PagerDutyConfig, ConfigPath> {
  return usedEntries(file, receivers, 'pagerduty_configs');
}

type UsedWebhooks = ReadonlyMap<WebhookConfig, UsedWebhook>;

/** @param targets those that are usable. */
export function usedWebhooks(file: AlertmanagerFile, receivers: ReceiverCopies, targets: WebhookTargets): UsedWebhooks {
  return new Map([...usedEntries(file, receivers, 'webhook_configs')].flatMap(([config, place]) => {
    const [, receiverIndex, , index] = place;
    const receiver = file.receivers[Number(receiverIndex)];
    const webhook = translateWebhook(file, receiver, config, Number(index));
    return [[config, { config, place, webhook, bound: bindTarget(targets, receiver.name) }] as const];
  }));
}

type WriteEmails = (config: EmailConfig, context: TransportContext) => YamlMap[];

/** HTML is read, and Alertmanager's own is loaded, only if there are mails. */
function loadEmailWriter(): typeof import('./transports/email-writer') {
  return require('./transports/email-writer') as typeof import('./transports/email-writer');
}

type UsedEmails = ReadonlyMap<EmailConfig, UsedEmail>;

export function usedEmails(file: AlertmanagerFile, receivers: ReceiverCopies, isThroughSes: boolean): UsedEmails {
  return new Map([...usedEntries(file, receivers, 'email_configs')].map(([config, place]) => {
    const [, receiverIndex, , index] = place;
    const receiver = file.receivers[Number(receiverIndex)];
    const email = translateEmail(file, receiver, config, Number(index), isThroughSes);
    return [config, { config, place, email, templateName: `${receiver.name}.${index}.email` }] as const;
  }));
}

type UsedSlacks = ReadonlyMap<SlackConfig, UsedSlack>;

export function usedSlacks(file: AlertmanagerFile, receivers: ReceiverCopies): UsedSlacks {
  return new Map([...usedEntries(file, receivers, 'slack_configs')].map(([config, place]) =>
    [config, { config, place, slack: translateSlack(file, config, place) }] as const));
}

function usedSnsConfigs(file: AlertmanagerFile, receivers: ReceiverCopies): ReadonlyMap<SnsConfig, ConfigPath> {
  return usedEntries(file, receivers, 'sns_configs');
}

function usedEntries<Field extends 'pagerduty_configs' | 'webhook_configs' | 'email_configs' | 'sns_configs' | 'slack_configs'>(
  file: AlertmanagerFile, receivers: ReceiverCopies, field: Field,
): Map<ReceiverConfig[Field][number], ConfigPath> {
  const onRoute = new Set(receivers.copies.map((copy) => copy.source));
  return new Map(file.receivers.flatMap((receiver, index) =>
    (onRoute.has(receiver) ? [...receiver[field].entries()] : []).flatMap(([number, config]) =>
      ('is_never_sent' in config ? [] : [[config, ['receivers', index, field, number]] as const]))));
}

function usedKeyNames(used: ReadonlyMap<PagerDutyConfig, ConfigPath>, keys: RoutingKeyNames): string[] {
  return [...new Set([...used.keys()].flatMap((config) => keys.get(config)?.name ?? []))];
}

/** The entries that are on a route, with what was decided about them. */
interface Entries {
  readonly keys: RoutingKeyNames;
  readonly endpoints: Endpoints;
  readonly webhooks: UsedWebhooks;
  /** Gets the endpoints of the webhooks that are bound to Sysdig Monitor. */
  readonly sysdigEndpoints: NamedEndpoints;
  readonly writeEmails: WriteEmails;
  readonly slacks: UsedSlacks;
  readonly redefinesSlackColor: boolean;
}

/** What all entries of the configuration have in common. */
interface Surroundings {
  readonly request: TranslationRequest;
  readonly marker: string;
  readonly templates: OwnTemplates;
}

/** No alert can know it before: it depends on the whole configuration, and on the construct. */
function markerOf(scopePath: string, text: string): string {
  return messageMarker(createHash('sha256').update(`${scopePath}\n${text}`).digest('hex').slice(0, 32));
}

/**
 * Alertmanager notifies once per route, so every copy has all of the receiver's integrations. Its notification log counts them per
 * receiver: pages come first, so that nothing that is added or removed behind them moves one. The order of the others is fixed as well
 * (docs/decisions/0072): a new kind of integration goes behind those that are there, in front of the user's topics.
 */
function integrationsOf(
  { keys, endpoints, webhooks, sysdigEndpoints, writeEmails, slacks, redefinesSlackColor }: Entries,
  { request, marker, templates }: Surroundings,
): (copy: ReceiverCopy) => YamlMap[] {
  const topic = { arn: request.topicArn, region: request.region };
  return ({ source, suffix: receiverSuffix, routeKey }) => {
    const receiver = source.name;
    const context = { topic, marker, receiver, receiverSuffix, routeKey, templates };
    const page = (config: PagerDutyConfig, index: number): YamlMap => {
      const endpoint = endpoints.of(config);
      return pagerDutySnsConfig(config, topic, {
        ...context,
        routingKey: keys.get(config)?.name ?? receiver,
        endpoint: endpoint === endpoints.defaultName ? undefined : endpoint,
        detailsFormat: request.detailsFormat,
        templateName: `${receiver}.${index}`,
      });
    };
    const webhook = (config: WebhookConfig): YamlMap[] => {
      const used = webhooks.get(config);
      if (used?.bound !== undefined) {
        return [sysdigSnsConfig(config, used.webhook.entry, used.bound, sysdigEndpoints, context)];
      }
      return used ? [webhookSnsConfig(config, used.webhook, context)] : [];
    };
    const slack = (config: SlackConfig, index: number): YamlMap[] => {
      const used = slacks.get(config);
      return used ? [slackSnsConfig(config, used.slack, { ...context, templateName: `${receiver}.${index}.slack`, redefinesColor: redefinesSlackColor })] : [];
    };
    return [
      ...source.pagerduty_configs.map(page),
      ...source.webhook_configs.flatMap(webhook),
      ...source.email_configs.flatMap((config) => writeEmails(config, context)),
      ...source.slack_configs.flatMap(slack),
      ...source.sns_configs.map((config) => userSnsConfig(config, request.region)),
    ];
  };
}
