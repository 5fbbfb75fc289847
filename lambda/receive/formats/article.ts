import { ArticleFields, looksLikeArticle, scalarText } from './article-fields';
import { hashKey, routingKeyOf } from './common-fields';
import { actOn, incidentOfSubject, type Incident } from './incident';
import { statusAction } from './subject';
import { MessageAttributeName } from '../../../src/contract/message';
import type { RoutingKeyReference } from '../../../src/contract/queued-event';
import { redactKey } from '../../shared/redact';
import { derivedDedupKey, fitDedupKey } from '../event/dedup-key';
import { NotificationFormat, type Notification, type RenderedFields } from '../notification';
import { mapTexts } from '../redact-notification';
import type { SnsNotification } from '../sns-notification';

/**
 * Reads the message of the article "Using Amazon Managed Service for Prometheus Alert Manager to receive alerts with
 * PagerDuty": lines of YAML with the fields of `pagerduty_configs`, a dedup key, and the routing key itself. `undefined` when it
 * is something else.
 */
export function readArticleMessage(sns: SnsNotification): Notification | undefined {
  if (!looksLikeArticle(sns.message)) return undefined;
  const article = new ArticleFields(sns.message);
  const key = article.text('routing_key')?.split(/[\s#]/, 1)[0] ?? '';
  return {
    format: NotificationFormat.ARTICLE,
    ...actOn(incidentOf(article, key, sns), statusAction(sns)),
    routingKey: routingKeyReference(key, sns),
    receiver: sns.attributes.get(MessageAttributeName.RECEIVER) ?? 'unknown',
    // The key can have been printed into another field too, glued to other text. Anything shorter can be a part of words.
    fields: key.length >= 16 ? mapTexts(fieldsOf(article), (text) => redactKey(text, key)) : fieldsOf(article),
    cut: false,
  };
}

function incidentOf(article: ArticleFields, key: string, sns: SnsNotification): Incident {
  const printed = article.text('dedup_key') ?? '';
  if (printed === '') return incidentOfSubject(sns);
  // Hashed when the routing key is part of it, because a dedup key is logged.
  const hasKey = key.length >= 16 && printed.includes(key);
  return { dedupKey: hasKey ? derivedDedupKey(printed) : fitDedupKey(printed), isCertain: true };
}

/** The key itself must not travel on: deliver finds it in the secret by its hash. */
function routingKeyReference(key: string, sns: SnsNotification): RoutingKeyReference {
  return key === '' ? routingKeyOf(sns) : { sha256: hashKey(key) };
}

/** As the article's function: the summary is the description, and the source is the client's URL. */
function fieldsOf(article: ArticleFields): RenderedFields {
  const clientUrl = article.text('client_url');
  return {
    summary: article.text('description') ?? `notification without description, dedup key ${article.text('dedup_key') ?? 'unknown'}`,
    severity: article.text('severity'),
    source: article.text('source') ?? clientUrl,
    client: article.text('client') ?? 'Alertmanager',
    clientUrl,
    class: article.text('class'),
    component: article.text('component'),
    group: article.text('group'),
    links: article.list('links').map((link) => ({ href: scalarText(link.href), text: scalarText(link.text) })),
    images: article.list('images').map((image) => ({ src: scalarText(image.src), alt: scalarText(image.alt), href: scalarText(image.href) })),
    details: article.details(),
  };
}
