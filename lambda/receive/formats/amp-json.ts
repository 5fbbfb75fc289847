import { routingKeyOf, severityIn } from './common-fields';
import { actOn, incidentOfSubject, type Incident } from './incident';
import { parsePrintedJson, PrintedText, type PrintedJson, type PrintedObject } from './lenient-json';
import { statusAction } from './subject';
import { isAbsoluteHttpUrl } from './urls';
import { AmpAttributeName, MessageAttributeName } from '../../../src/contract/message';
import { derivedDedupKey } from '../event/dedup-key';
import { worstSeverity } from '../event/severity';
import { NotificationFormat, type Notification, type RenderedFields } from '../notification';
import type { SnsNotification } from '../sns-notification';

/**
 * Reads the message of the JSON template in AMP's user guide, and of templates like it; `undefined` when it is something else.
 * The template puts values between quotes as they are, so a message with a quote, a backslash or a line break in any label
 * or annotation is not valid JSON. It is read nevertheless.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver-JSON.html
 */
export function readAmpJsonMessage(sns: SnsNotification): Notification | undefined {
  if (!sns.message.trimStart().startsWith('{')) return undefined;
  const parsed = parsePrintedJson(sns.message);
  if (parsed === undefined) return LOOKS_LIKE_TEMPLATE.test(sns.message) ? unparsedNotification(sns) : undefined;
  const message = objectOf(parsed.value);
  if (!(message.get('alerts') instanceof Array)) return undefined;
  return notificationOf(message, parsed.isValid, sns);
}

const LOOKS_LIKE_TEMPLATE = /^\s*\{[^[]{0,1000}"alerts"\s*:\s*\[/;

function notificationOf(message: PrintedObject, isValid: boolean, sns: SnsNotification): Notification {
  const alerts = listOf(message.get('alerts')).filter((alert): alert is PrintedObject => alert instanceof Map);
  const firing = alerts.filter((alert) => textIn(alert, 'status') !== 'resolved');
  const resolved = alerts.filter((alert) => textIn(alert, 'status') === 'resolved');
  // When the message does not report it, it is resolved only if all that it lists is.
  const status = textIn(message, 'status');
  const isResolved = status === undefined ? alerts.length > 0 && firing.length === 0 : status === 'resolved';
  const receiver = textIn(message, 'receiver') ?? sns.attributes.get(MessageAttributeName.RECEIVER) ?? 'unknown';
  const isConsistent = isValid || hasConsistentStatus(isResolved, firing.length, resolved.length) && hasGroupLabels(alerts, message);
  const incident = isConsistent ? incidentOf(message, alerts, receiver, sns) : uncertainIncidentOf(receiver, sns);
  return {
    format: NotificationFormat.AMP_JSON,
    ...actOn(incident, isResolved ? 'resolve' : 'trigger'),
    routingKey: routingKeyOf(sns),
    receiver,
    fields: fieldsOf(message, firing, resolved, isResolved),
    cut: false,
  };
}

/**
 * By Alertmanager's own key of the group, if the template prints it; else by the group labels. The user guide's template leaves
 * these out when nothing is grouped by, and then there is one group per receiver. A template that prints less does not show
 * groups apart: then only the alerts themselves do.
 */
function incidentOf(message: PrintedObject, alerts: readonly PrintedObject[], receiver: string, sns: SnsNotification): Incident {
  const groupKey = message.get('groupKey');
  if (groupKey instanceof PrintedText) return { dedupKey: derivedDedupKey(sns.topicArn, groupKey.raw), isCertain: true };
  const groupLabels = message.get('groupLabels');
  if (groupLabels !== undefined || isOfUserGuide(message, alerts)) {
    return { dedupKey: derivedDedupKey(sns.topicArn, receiver, ...sortedPairs(objectOf(groupLabels))), isCertain: true };
  }
  const labels = alerts.length === 1 ? objectOf(alerts[0].get('labels')) : objectOf(message.get('commonLabels'));
  return { dedupKey: derivedDedupKey('alert', sns.topicArn, receiver, ...sortedPairs(labels)), isCertain: alerts.length === 1 && labels.size > 0 };
}

/** Where the structure cannot be inferred, the text of the group labels as printed keeps groups apart. No resolve has this key. */
function uncertainIncidentOf(receiver: string, sns: SnsNotification): Incident {
  const start = sns.message.lastIndexOf('"groupLabels"');
  const end = sns.message.indexOf('"commonLabels"', start);
  const dedupKey = start < 0
    ? incidentOfSubject(sns).dedupKey
    : derivedDedupKey('unparsed', sns.topicArn, receiver, sns.message.slice(start, end < 0 ? undefined : end));
  return { dedupKey, isCertain: false };
}

/** Fields that the template in the user guide prints for every alert. */
const USER_GUIDE_FIELDS = ['status', 'startsAt', 'endsAt', 'generatorURL', 'fingerprint'];

function isOfUserGuide(message: PrintedObject, alerts: readonly PrintedObject[]): boolean {
  return message.has('receiver') && message.has('status') && alerts.length > 0
    && alerts.every((alert) => USER_GUIDE_FIELDS.every((name) => alert.has(name)));
}

/** Whether the inferred structure says the same in both places. */
function hasConsistentStatus(isResolved: boolean, firing: number, resolved: number): boolean {
  return isResolved ? firing === 0 && resolved > 0 : firing > 0;
}

/** Every alert of a group has the labels of the group: a structure that was inferred wrongly rarely has. */
function hasGroupLabels(alerts: readonly PrintedObject[], message: PrintedObject): boolean {
  const pairs = sortedPairs(objectOf(message.get('groupLabels')));
  return alerts.every((alert) => {
    const labels = new Set(sortedPairs(objectOf(alert.get('labels'))));
    return pairs.every((pair) => labels.has(pair));
  });
}

/** As printed, so that labels that differ never have one key. */
function sortedPairs(labels: PrintedObject): string[] {
  return Array.from(labels, ([name, value]) => JSON.stringify([name, value instanceof PrintedText ? value.raw : JSON.stringify(value)])).sort();
}

/** The fields that Alertmanager's defaults for PagerDuty would have printed. */
function fieldsOf(message: PrintedObject, firing: readonly PrintedObject[], resolved: readonly PrintedObject[], isResolved: boolean): RenderedFields {
  const groupLabels = texts(message.get('groupLabels'));
  const commonLabels = texts(message.get('commonLabels'));
  const isGroupLabel = new Set(groupLabels.map(([name]) => name));
  const others = commonLabels.filter(([name]) => !isGroupLabel.has(name)).map(([, value]) => value);
  const severities = [...firing, ...resolved].map((alert) => valueOf(texts(alert.get('labels')), 'severity'));
  const externalUrl = textIn(message, 'externalURL');
  return {
    summary: [
      isResolved ? '[RESOLVED]' : `[FIRING:${firing.length}]`,
      groupLabels.map(([, value]) => value).join(' '),
      ...(others.length === 0 ? [] : [`(${others.join(' ')})`]),
    ].join(' '),
    severity: valueOf(commonLabels, 'severity') ?? worstSeverity(severities) ?? textIn(message, 'severity'),
    source: 'Alertmanager',
    client: 'Alertmanager',
    clientUrl: externalUrl !== undefined && isAbsoluteHttpUrl(externalUrl) ? externalUrl : undefined,
    details: {
      firing: firing.map(alertText).join(''),
      resolved: resolved.map(alertText).join(''),
      num_firing: String(firing.length),
      num_resolved: String(resolved.length),
    },
  };
}

/** An alert as Alertmanager's text list shows it. */
function alertText(alert: PrintedObject): string {
  const list = (pairs: ReadonlyArray<readonly [string, string]>) => pairs.map(([name, value]) => ` - ${name} = ${value}\n`).join('');
  return `Labels:\n${list(texts(alert.get('labels')))}Annotations:\n${list(texts(alert.get('annotations')))}Source: ${textIn(alert, 'generatorURL') ?? ''}\n`;
}

/** A message of the template that was cut, or whose values look like its structure: it pages, but resolves nothing. */
function unparsedNotification(sns: SnsNotification): Notification {
  const status = /"status"\s*:\s*"(firing|resolved)"/.exec(sns.message)?.[1];
  const receiver = /"receiver"\s*:\s*"([^"]*)"/.exec(sns.message)?.[1] ?? sns.attributes.get(MessageAttributeName.RECEIVER) ?? 'unknown';
  const isCut = sns.attributes.get(AmpAttributeName.TRUNCATED) === 'true';
  const action = status === undefined ? statusAction(sns) : status === 'resolved' ? 'resolve' : 'trigger';
  return {
    format: NotificationFormat.AMP_JSON,
    ...actOn(uncertainIncidentOf(receiver, sns), action),
    routingKey: routingKeyOf(sns),
    receiver,
    fields: {
      summary: [sns.subject, /"(?:summary|description|alertname)"\s*:\s*"([^"]*)/.exec(sns.message)?.[1] ?? ''].join(' ').trim(),
      severity: sns.attributes.get(MessageAttributeName.SEVERITY) ?? severityIn(sns.message),
      source: 'Alertmanager',
      client: 'Alertmanager',
      details: { message: sns.message },
    },
    note: isCut ? 'the notification was too long for Amazon SNS and arrived truncated' : 'the message is JSON that cannot be parsed: it pages, but cannot resolve',
    cut: isCut,
  };
}

function objectOf(value: PrintedJson | undefined): PrintedObject {
  return value instanceof Map ? value : new Map<string, PrintedJson>();
}

function listOf(value: PrintedJson | undefined): readonly PrintedJson[] {
  return value instanceof Array ? value : [];
}

/** A text that says something, or nothing. */
function textIn(object: PrintedObject, name: string): string | undefined {
  const value = object.get(name);
  return value instanceof PrintedText && value.raw !== '' ? value.text : undefined;
}

function texts(value: PrintedJson | undefined): Array<readonly [string, string]> {
  return Array.from(objectOf(value), ([name, entry]) => [name, entry instanceof PrintedText ? entry.text : JSON.stringify(entry)] as const);
}

function valueOf(pairs: ReadonlyArray<readonly [string, string]>, name: string): string | undefined {
  return pairs.find(([other]) => other === name)?.[1];
}
