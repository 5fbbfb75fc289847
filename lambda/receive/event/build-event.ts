import { fitDedupKey } from './dedup-key';
import { fitEvent } from './fit-event';
import { normalizeSeverity, type SeverityMap } from './severity';
import { PagerDutyLimit, type PagerDutyEvent, type PagerDutyImage, type PagerDutyLink, type PagerDutyPayload } from '../../../src/contract/pagerduty-event';
import { isHttpsUrl } from '../formats/urls';
import type { JsonObject, Notification, RenderedFields, RenderedImage, RenderedLink } from '../notification';

export interface BuiltEvent {
  readonly event: PagerDutyEvent;
  readonly isSeverityUnknown: boolean;
  /** Something was shortened to fit PagerDuty's limits. */
  readonly isTrimmed: boolean;
}

/** Where the relay says what the on-call must know about the notification itself. Uncut notifications have no such detail. */
export const RELAY_NOTE = 'cdk-amp-pagerduty';

/** What Alertmanager calls itself, for events that say nothing else. PagerDuty refuses an event without source. */
const DEFAULT_CLIENT = 'Alertmanager';

/**
 * Makes the event that PagerDuty gets, complete but for the routing key, and within all of PagerDuty's limits: whatever
 * the templates printed, the event is never refused for it.
 */
export function buildEvent(notification: Notification, severityMap: SeverityMap): BuiltEvent {
  const { fields } = notification;
  const { severity, isUnknown } = normalizeSeverity(fields.severity, severityMap);
  const summary = cutSummary(nonBlank(fields.summary) ?? `notification for receiver "${notification.receiver}"`);
  const details = detailsOf(notification);
  const images = (fields.images ?? []).flatMap(imageOf);
  const links = (fields.links ?? []).flatMap(linkOf);
  const payload: PagerDutyPayload = {
    summary: summary.text,
    source: nonBlank(fields.source) ?? nonBlank(fields.client) ?? DEFAULT_CLIENT,
    severity,
    ...optionalTexts(fields),
    ...(Object.keys(details).length === 0 ? {} : { custom_details: details }),
  };
  const dedupKey = fitDedupKey(notification.dedupKey);
  const fitted = fitEvent({
    dedup_key: dedupKey,
    event_action: notification.action,
    payload,
    ...(nonEmpty(fields.client) && { client: fields.client }),
    ...(nonEmpty(fields.clientUrl) && { client_url: fields.clientUrl }),
    ...(images.length === 0 ? {} : { images }),
    ...(links.length === 0 ? {} : { links }),
  }, PagerDutyLimit.EVENT_BYTES);
  return {
    event: fitted.event,
    isSeverityUnknown: isUnknown,
    isTrimmed: summary.isCut || fitted.isTrimmed || dedupKey !== notification.dedupKey,
  };
}

function detailsOf({ fields, note }: Notification): JsonObject {
  return { ...fields.details, ...(note !== undefined && { [RELAY_NOTE]: note }) };
}

function optionalTexts(fields: RenderedFields): Pick<PagerDutyPayload, 'class' | 'component' | 'group'> {
  return {
    ...(nonEmpty(fields.class) && { class: fields.class }),
    ...(nonEmpty(fields.component) && { component: fields.component }),
    ...(nonEmpty(fields.group) && { group: fields.group }),
  };
}

/** PagerDuty refuses an event for a link without address, and for an image without or with one that is not https. */
function linkOf({ href, text }: RenderedLink): PagerDutyLink[] {
  return nonBlank(href) === undefined ? [] : [{ href: href ?? '', text: text ?? '' }];
}

function imageOf({ src, alt, href }: RenderedImage): PagerDutyImage[] {
  return src === undefined || !isHttpsUrl(src) ? [] : [{ src, alt: alt ?? '', href: href ?? '' }];
}

function nonEmpty(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}

function nonBlank(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}

/** Trims a summary as Alertmanager does: to 1023 characters (code points) and an ellipsis. */
function cutSummary(text: string): { readonly text: string; readonly isCut: boolean } {
  const limit = PagerDutyLimit.SUMMARY_CHARACTERS;
  if (text.length <= limit) return { text, isCut: false };
  const characters = Array.from(text);
  if (characters.length <= limit) return { text, isCut: false };
  return { text: `${characters.slice(0, limit - 1).join('')}…`, isCut: true };
}
