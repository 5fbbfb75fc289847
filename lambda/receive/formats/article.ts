import { createHash } from 'node:crypto';
import { parseDocument, type Document } from 'yaml';
import { statusAction, statusFreeSubject } from './subject';
import { MessageAttributeName } from '../../../src/contract/message';
import type { JsonValue } from '../../../src/contract/pagerduty-event';
import type { RoutingKeyReference } from '../../../src/contract/queued-event';
import { isArray, isRecord } from '../../shared/guards';
import { derivedDedupKey, fitDedupKey } from '../event/dedup-key';
import { NotificationFormat, type JsonObject, type Notification, type RenderedFields } from '../notification';
import type { SnsNotification } from '../sns-notification';

/**
 * Reads the message of the article "Using Amazon Managed Service for Prometheus Alert Manager to receive alerts with
 * PagerDuty": YAML with the fields of `pagerduty_configs`, a dedup key, and the routing key itself.
 *
 * The reason when it cannot be read, `undefined` when it is something else.
 */
export function readArticleMessage(sns: SnsNotification): Notification | string | undefined {
  if (!LOOKS_LIKE_ARTICLE.test(sns.message)) return undefined;
  // Neither errors nor warnings of the parser may quote the message: it holds a routing key.
  const document = parseDocument(sns.message, { prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
  const [error] = document.errors;
  if (error !== undefined) return `the message is not valid YAML (${error.code})`;
  const values: unknown = document.toJS();
  if (!isRecord(values)) return 'the message is YAML, but no mapping';
  return notificationOf(new ArticleFields(document, values), sns);
}

/** One of the two keys that no other format has, at the start of a line. */
const LOOKS_LIKE_ARTICLE = /^[ \t]*["']?(?:routing_key|dedup_key)["']?[ \t]*:/m;

function notificationOf(article: ArticleFields, sns: SnsNotification): Notification {
  const key = article.text('routing_key')?.trim() ?? '';
  const fields = withoutKey(fieldsOf(article), key);
  const printedDedupKey = article.text('dedup_key')?.trim() ?? '';
  // Hashed, because a dedup key is logged.
  const dedupKey = holds(printedDedupKey, key) ? derivedDedupKey(printedDedupKey) : printedDedupKey;
  return {
    format: NotificationFormat.ARTICLE,
    action: statusAction(sns),
    dedupKey: dedupKey === '' ? derivedDedupKey(sns.topicArn, statusFreeSubject(sns.subject)) : fitDedupKey(dedupKey),
    routingKey: routingKeyReference(key, sns),
    receiver: sns.attributes.get(MessageAttributeName.RECEIVER) ?? 'unknown',
    fields,
    cut: false,
  };
}

/** The key itself must not travel on: deliver finds it in the secret by its hash. */
function routingKeyReference(key: string, sns: SnsNotification): RoutingKeyReference {
  const name = sns.attributes.get(MessageAttributeName.ROUTING_KEY);
  if (key !== '') return { sha256: createHash('sha256').update(key, 'utf8').digest('hex') };
  return name === undefined ? {} : { name };
}

/** As the article's function: the summary is the description, and the source is the client's URL. */
function fieldsOf(article: ArticleFields): RenderedFields {
  const clientUrl = article.text('client_url');
  const client = article.text('client');
  const summary = article.text('description') ?? '';
  return {
    summary: summary.trim() === '' ? `notification without description, dedup key ${article.text('dedup_key') ?? 'unknown'}` : summary,
    severity: article.text('severity'),
    source: article.text('source') ?? clientUrl,
    client: client ?? 'Alertmanager',
    clientUrl,
    class: article.text('class'),
    component: article.text('component'),
    group: article.text('group'),
    links: article.list('links').map((link) => ({ href: scalarText(link.href), text: scalarText(link.text) })),
    images: article.list('images').map((image) => ({ src: scalarText(image.src), alt: scalarText(image.alt), href: scalarText(image.href) })),
    details: article.details(),
  };
}

/** The fields of the message, each in the form that is needed. */
class ArticleFields {
  constructor(private readonly document: Document, private readonly values: Readonly<Record<string, unknown>>) {}

  /** A text as it was written: `00123` is no number, and a key of digits keeps all of them. */
  text(name: string): string | undefined {
    const node = this.document.get(name, true);
    const isScalar = isRecord(node) && 'value' in node;
    if (isScalar && typeof node.source === 'string' && this.values[name] !== null) return node.source;
    return scalarText(this.values[name]);
  }

  list(name: string): Array<Readonly<Record<string, unknown>>> {
    const value = this.values[name];
    return isArray(value) ? value.filter(isRecord) : [];
  }

  details(): JsonObject | undefined {
    const value = toJson(this.values.details);
    if (value === undefined || value === null || value === '') return undefined;
    return isRecord(value) ? (value as JsonObject) : { details: value };
  }
}

function scalarText(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
}

/** YAML has values that JSON has not (`.nan`, binary): they become what `JSON.stringify` makes of them. */
function toJson(value: unknown): JsonValue | undefined {
  const text = value === undefined ? undefined : JSON.stringify(value);
  return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
}

/** Whether a template printed the routing key into another field too. Anything this short is no key, and may be a part of words. */
function holds(text: string, key: string): boolean {
  return key.length >= 16 && text.includes(key);
}

function withoutKey(fields: RenderedFields, key: string): RenderedFields {
  if (!holds(JSON.stringify(fields), JSON.stringify(key).slice(1, -1))) return fields;
  return JSON.parse(JSON.stringify(fields).split(JSON.stringify(key).slice(1, -1)).join('[redacted]')) as RenderedFields;
}
