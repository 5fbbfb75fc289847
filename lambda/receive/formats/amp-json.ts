import { isAbsoluteHttpUrl } from './urls';
import { MessageAttributeName } from '../../../src/contract/message';
import { isArray, isRecord, textOf } from '../../shared/guards';
import { derivedDedupKey } from '../event/dedup-key';
import { worstSeverity } from '../event/severity';
import { NotificationFormat, type Notification, type RenderedFields } from '../notification';
import type { SnsNotification } from '../sns-notification';

/**
 * Reads the message of the JSON template in AMP's user guide; the reason when it cannot be read, `undefined` when it is
 * something else. The template puts values between quotes as they are, so a message with a quote, a backslash or a line
 * break in any label or annotation is no JSON any more.
 *
 * @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver-JSON.html
 */
export function readAmpJsonMessage(sns: SnsNotification): Notification | string | undefined {
  if (!sns.message.trimStart().startsWith('{')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(sns.message);
  } catch {
    return 'the message starts like JSON and is none: a label or annotation may hold a quote, a backslash or a line break';
  }
  if (!isRecord(value) || !isArray(value.alerts)) return undefined;
  return notificationOf(value, value.alerts.filter(isRecord), sns);
}

type Json = Readonly<Record<string, unknown>>;

function notificationOf(message: Json, alerts: readonly Json[], sns: SnsNotification): Notification {
  const receiver = textOf(message.receiver) ?? sns.attributes.get(MessageAttributeName.RECEIVER) ?? 'unknown';
  const firing = alerts.filter(({ status }) => status !== 'resolved');
  const resolved = alerts.filter(({ status }) => status === 'resolved');
  // When the message does not say, it is resolved only if all that it lists is.
  const isResolved = message.status === undefined ? alerts.length > 0 && firing.length === 0 : message.status === 'resolved';
  const labels = texts(message.groupLabels);
  const name = sns.attributes.get(MessageAttributeName.ROUTING_KEY);
  return {
    format: NotificationFormat.AMP_JSON,
    action: isResolved ? 'resolve' : 'trigger',
    dedupKey: derivedDedupKey(sns.topicArn, receiver, ...labels.map((pair) => JSON.stringify(pair)).sort()),
    routingKey: name === undefined ? {} : { name },
    receiver,
    fields: fieldsOf(message, firing, resolved, isResolved),
    cut: false,
  };
}

/** The fields that Alertmanager's defaults for PagerDuty would have printed. */
function fieldsOf(message: Json, firing: readonly Json[], resolved: readonly Json[], isResolved: boolean): RenderedFields {
  const groupLabels = texts(message.groupLabels);
  const commonLabels = texts(message.commonLabels);
  const isGroupLabel = new Set(groupLabels.map(([name]) => name));
  const others = commonLabels.filter(([name]) => !isGroupLabel.has(name)).map(([, value]) => value);
  const severities = [...firing, ...resolved].map((alert) => texts(alert.labels).find(([name]) => name === 'severity')?.[1]);
  const externalUrl = textOf(message.externalURL);
  return {
    summary: [
      isResolved ? '[RESOLVED]' : `[FIRING:${firing.length}]`,
      groupLabels.map(([, value]) => value).join(' '),
      ...(others.length === 0 ? [] : [`(${others.join(' ')})`]),
    ].join(' '),
    severity: commonLabels.find(([name]) => name === 'severity')?.[1] ?? worstSeverity(severities),
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
function alertText(alert: Json): string {
  const list = (pairs: Array<readonly [string, string]>) => pairs.map(([name, value]) => ` - ${name} = ${value}\n`).join('');
  return `Labels:\n${list(texts(alert.labels))}Annotations:\n${list(texts(alert.annotations))}Source: ${textOf(alert.generatorURL) ?? ''}\n`;
}

function texts(value: unknown): Array<readonly [string, string]> {
  return Object.entries(isRecord(value) ? value : {}).map(([name, entry]) => [name, typeof entry === 'string' ? entry : JSON.stringify(entry)] as const);
}
