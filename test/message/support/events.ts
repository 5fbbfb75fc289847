import type { SnsPublish } from './loopback';
import { decodeMessage } from '../../../lambda/receive/decode/decode-message';
import { readRelayMessage } from '../../../lambda/receive/formats/relay';
import type { Notification } from '../../../lambda/receive/notification';

/** A PagerDuty event as Alertmanager's own notifier posts it. */
export interface NativeEvent {
  readonly dedup_key: string;
  readonly event_action: 'trigger' | 'resolve';
  readonly routing_key: string;
  readonly client?: string;
  readonly client_url?: string;
  readonly links?: ReadonlyArray<{ readonly href: string; readonly text: string }>;
  readonly images?: ReadonlyArray<{ readonly src: string; readonly alt: string; readonly href: string }>;
  readonly payload: {
    readonly summary: string;
    readonly source: string;
    readonly severity: string;
    readonly class?: string;
    readonly component?: string;
    readonly group?: string;
    readonly custom_details: { readonly [name: string]: unknown };
  };
}

/** The part of an event that the message carries: everything, before PagerDuty's limits are applied to it. */
export interface Carried {
  readonly dedupKey: string;
  readonly action: string;
  readonly summary: string;
  readonly source: string;
  readonly severity: string;
  readonly class: string;
  readonly component: string;
  readonly group: string;
  readonly client: string;
  readonly clientUrl: string;
  readonly links: ReadonlyArray<{ readonly href: string; readonly text: string }>;
  readonly images: ReadonlyArray<{ readonly src: string; readonly alt: string; readonly href: string }>;
  readonly details: { readonly [name: string]: unknown };
}

/** What the message says, as the receive function reads it. */
export function carriedByMessage(publish: SnsPublish): Carried {
  const { dedupKey, action, fields } = readNotification(publish);
  return {
    dedupKey,
    action,
    summary: sectionText(publish.message, 'description'),
    source: fields.source ?? fields.client ?? '',
    severity: fields.severity ?? '',
    class: fields.class ?? '',
    component: fields.component ?? '',
    group: fields.group ?? '',
    client: fields.client ?? '',
    clientUrl: fields.clientUrl ?? '',
    links: (fields.links ?? []).filter((link) => link.href).map((link) => ({ href: link.href ?? '', text: link.text ?? '' })),
    images: (fields.images ?? []).filter((image) => image.src)
      .map((image) => ({ src: image.src ?? '', alt: image.alt ?? '', href: image.href ?? '' })),
    details: { ...fields.details },
  };
}

/** What the event says, in the same form. */
export function carriedByEvent(event: NativeEvent): Carried {
  return {
    dedupKey: event.dedup_key,
    action: event.event_action,
    summary: event.payload.summary,
    source: event.payload.source,
    severity: event.payload.severity,
    class: event.payload.class ?? '',
    component: event.payload.component ?? '',
    group: event.payload.group ?? '',
    client: event.client ?? '',
    clientUrl: event.client_url ?? '',
    links: event.links ?? [],
    images: event.images ?? [],
    details: event.payload.custom_details,
  };
}

/** The message as a notification; fails with the reason if the receive function cannot read it. */
export function readNotification(publish: Pick<SnsPublish, 'message' | 'attributes'>): Notification {
  const notification = readRelayMessage({
    messageId: '1', topicArn: '', timestamp: '2026-01-01T00:00:00Z', subject: '', message: publish.message, attributes: publish.attributes,
  });
  if (typeof notification === 'string') {
    throw new Error(`${notification}: ${publish.message.slice(0, 500)}`);
  }
  return notification;
}

/** What a field's template printed, before the receive function replaces what PagerDuty would refuse. */
function sectionText(message: string, field: string): string {
  const decoding = decodeMessage(message);
  const section = decoding.decoded ? decoding.message.sections.find((each) => each.path.length === 1 && each.path[0] === field) : undefined;
  if (typeof section?.value !== 'string') {
    throw new Error(`the message has no section ${field}: ${message.slice(0, 500)}`);
  }
  return section.value;
}
