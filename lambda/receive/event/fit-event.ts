import { fitJson, jsonBytes } from './fit-json';
import type { PagerDutyEvent } from '../../../src/contract/pagerduty-event';

/** What deliver adds: the member `routing_key` and a key of 32 characters, with a reserve for a longer one. */
const ROUTING_KEY_BYTES = 256;

/** The longest text of a field beside summary and details in an event that is too long without its details. */
const MAX_FIELD_CHARACTERS = 1024;

/**
 * Shortens an event to a number of bytes, the routing key that it will get included. The details give way first: the
 * longest of them is cut, then the next, each with a note of how much is missing; none disappears. Only an event that is
 * too long without any details loses links, images and parts of other fields.
 */
export function fitEvent(event: PagerDutyEvent, limit: number): { readonly event: PagerDutyEvent; readonly isTrimmed: boolean } {
  const available = limit - ROUTING_KEY_BYTES;
  if (jsonBytes(event) <= available) return { event, isTrimmed: false };
  const { custom_details: details, ...payload } = event.payload;
  const whole: PagerDutyEvent = { ...event, payload };
  const bare = jsonBytes(whole) <= available / 2 ? whole : shortenFields(whole, available / 2);
  const room = available - jsonBytes(bare) - '"custom_details":,'.length;
  const fitted = details === undefined ? undefined : fitJson(details, room);
  return {
    event: fitted === undefined ? bare : { ...bare, payload: { ...bare.payload, custom_details: fitted } },
    isTrimmed: true,
  };
}

function shortenFields(event: PagerDutyEvent, limit: number): PagerDutyEvent {
  const { client_url: clientUrl, links = [], images = [], client, payload, ...rest } = event;
  const { summary, severity, source, class: className, component, group } = payload;
  const share = Math.floor(limit / 4);
  return {
    ...rest,
    payload: {
      summary,
      source: shorten(source),
      severity,
      ...(className !== undefined && { class: shorten(className) }),
      ...(component !== undefined && { component: shorten(component) }),
      ...(group !== undefined && { group: shorten(group) }),
    },
    ...(client !== undefined && { client: shorten(client) }),
    // An address that was cut leads somewhere else.
    ...(clientUrl !== undefined && jsonBytes(clientUrl) <= share && { client_url: clientUrl }),
    images: asManyAsFit(images, share),
    links: asManyAsFit(links, share),
  };
}

function shorten(text: string): string {
  return text.length <= MAX_FIELD_CHARACTERS ? text : `${text.slice(0, MAX_FIELD_CHARACTERS - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

function asManyAsFit<T>(entries: readonly T[], limit: number): T[] {
  let bytes = 0;
  return entries.filter((entry) => {
    const size = jsonBytes(entry);
    if (bytes + size > limit) return false;
    bytes += size + 1;
    return true;
  });
}
