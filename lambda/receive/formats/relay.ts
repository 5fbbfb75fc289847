import { assembleDetails } from './relay-details';
import { AmpAttributeName, MessageAttributeName, SectionName } from '../../../src/contract/message';
import { decodeMessage, type DecodedMessage, type DecodedSection } from '../decode/decode-message';
import { groupDedupKey } from '../event/dedup-key';
import { NotificationFormat, type Notification, type RenderedFields } from '../notification';
import type { SnsNotification } from '../sns-notification';

/** Reads a message of this construct; the reason when it cannot be read. */
export function readRelayMessage(sns: SnsNotification): Notification | string {
  const decoding = decodeMessage(sns.message);
  if (!decoding.decoded) return decoding.reason;
  const { head, quotedGroupLabels, sections, cut } = decoding.message;
  return {
    format: NotificationFormat.RELAY,
    action: head.status === 'resolved' ? 'resolve' : 'trigger',
    dedupKey: groupDedupKey(head.routeKey, quotedGroupLabels),
    routingKey: { name: head.routingKey },
    endpoint: head.endpoint,
    receiver: head.receiver,
    fields: fieldsOf(decoding.message, sns),
    note: cut ? cutNote(sections, sns) : undefined,
    cut,
  };
}

function fieldsOf({ head, quotedGroupLabels, sections, cut }: DecodedMessage, sns: SnsNotification): RenderedFields {
  // Half a description still says something; half a severity or half an address is a wrong one.
  const usable = sections.filter((section) => !section.cut || section.path[0] === SectionName.SUMMARY);
  const texts = new Map(usable.map(({ path, value }) => [JSON.stringify(path), value]));
  const text = (...path: Array<string | number>): string | undefined => {
    const value = texts.get(JSON.stringify(path));
    return value === undefined ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
  };
  const listLength = (name: SectionName): number => 1 + usable.reduce(
    (highest, { path }) => (path[0] === name && typeof path[1] === 'number' ? Math.max(highest, path[1]) : highest), -1);
  const list = <T>(name: SectionName, entry: (index: number) => T): T[] =>
    Array.from({ length: Math.min(listLength(name), MAX_LIST_ITEMS) }, (_, index) => entry(index));

  const summary = text(SectionName.SUMMARY);
  return {
    summary: summary !== undefined && summary.trim() !== '' ? summary : emptySummary(head, quotedGroupLabels),
    // The severity stands in an attribute as well, in case the section was cut off.
    severity: text(SectionName.SEVERITY) ?? (cut ? sns.attributes.get(MessageAttributeName.SEVERITY) : undefined),
    source: text(SectionName.SOURCE),
    client: text(SectionName.CLIENT),
    clientUrl: text(SectionName.CLIENT_URL),
    class: text(SectionName.CLASS),
    component: text(SectionName.COMPONENT),
    group: text(SectionName.GROUP),
    links: list(SectionName.LINKS, (index) => ({
      href: text(SectionName.LINKS, index, 'href'),
      text: text(SectionName.LINKS, index, 'text'),
    })),
    images: list(SectionName.IMAGES, (index) => ({
      src: text(SectionName.IMAGES, index, 'src'),
      alt: text(SectionName.IMAGES, index, 'alt'),
      href: text(SectionName.IMAGES, index, 'href'),
    })),
    details: assembleDetails(sections),
  };
}

/** Lists are written at synth; the limit keeps an index that a template printed from becoming a list of that length. */
const MAX_LIST_ITEMS = 1000;

/** PagerDuty refuses an event without a summary: the labels of the group at least name the alert. */
function emptySummary(head: DecodedMessage['head'], quotedGroupLabels: DecodedMessage['quotedGroupLabels']): string {
  const status = head.status === 'firing' ? `[FIRING:${head.firing}]` : '[RESOLVED]';
  const labels = quotedGroupLabels.map(([name, value]) => `${name}=${value}`).join(', ');
  return `${status} {${labels}} (the description of receiver "${head.receiver}" is empty)`;
}

/** SNS and AMP mark what they truncate. An old Alertmanager publishes what a template has printed before it fails, unmarked. */
function cutNote(sections: readonly DecodedSection[], { attributes }: SnsNotification): string {
  const last = sections.at(-1);
  const where = last === undefined ? 'the first field' : last.path.join('.');
  const cause = attributes.get(AmpAttributeName.TRUNCATED) === 'true'
    ? 'the notification was too long for Amazon SNS and arrived truncated'
    : 'the notification ends early, probably because a template failed on the data of this alert';
  return `${cause}: what follows the beginning of ${where} is missing`;
}
