import { goQuotedToJson, quoteAsPrinted } from './go-quoted';
import type { GroupHead, MessageHead, TransportHead } from '../../../src/contract/message';
import { Transport, type TransportSettings } from '../../../src/contract/queued-notification';
import { isArray, isRecord, isTextList } from '../../shared/guards';

/** The first line of a message, and its group labels once more as Alertmanager printed them. */
export interface DecodedHead<Head extends GroupHead = MessageHead> {
  readonly head: Head;
  /**
   * The group labels with each value as Go quoted it, quotes included. The dedup key is a hash over exactly these
   * characters, so they are never decoded and encoded again.
   */
  readonly quotedGroupLabels: ReadonlyArray<readonly [name: string, quotedValue: string]>;
}

/**
 * Reads the JSON of a message's first line.
 *
 * @throws SyntaxError or TypeError, with what is wrong, when it is no head.
 */
export function decodeHead(line: string): DecodedHead {
  return decode(line, (value) => ({
    ...groupHead(value),
    routingKey: text(value, 'routingKey'),
    ...optionalText(value, 'endpoint'),
  }));
}

/**
 * Reads the JSON of the first line of a message for another transport.
 *
 * @throws SyntaxError or TypeError, with what is wrong, when it is no head of a transport that this version knows.
 */
export function decodeTransportHead(line: string): DecodedHead<TransportHead> {
  return decode(line, (value) => {
    const { transport, settings } = value;
    const known = Object.values(Transport).find((each) => each === transport);
    if (known === undefined) throw new TypeError('the head names a transport that this version does not know');
    if (!isRecord(settings) || !HAS_SETTINGS[known](settings)) throw new TypeError(`the head has no settings of the transport ${known}`);
    // The construct has written the settings together with this function.
    return { ...groupHead(value), transport: known, entry: text(value, 'entry'), settings: settings as unknown as TransportSettings[Transport] };
  });
}

/** Whether the settings have what a request cannot be built without. */
const HAS_SETTINGS: { readonly [transport in Transport]: (settings: Readonly<Record<string, unknown>>) => boolean } = {
  webhook: ({ url }) => typeof url === 'string',
  email: ({ headers, parts }) => isTextList(headers) && isTextList(parts),
  sysdig: ({ endpoint, token, defaultSeverity }) => typeof endpoint === 'string' && isRecord(token) && typeof defaultSeverity === 'number',
  slack: ({ url, message }) => isRecord(url) && isRecord(message) && isRecord(message.attachment),
};

function decode<Head extends GroupHead>(line: string, check: (value: Readonly<Record<string, unknown>>) => Head): DecodedHead<Head> {
  const value: unknown = JSON.parse(goQuotedToJson(line));
  if (!isRecord(value)) throw new TypeError('the head is no object');
  const head = check(value);
  return { head, quotedGroupLabels: quotedValues(head, JSON.parse(quoteAsPrinted(line))) };
}

function groupHead(value: Readonly<Record<string, unknown>>): GroupHead {
  const { status } = value;
  if (status !== 'firing' && status !== 'resolved') throw new TypeError('the head has no status "firing" or "resolved"');
  return {
    status,
    receiver: text(value, 'receiver'),
    ...optionalText(value, 'receiverSuffix'),
    routeKey: text(value, 'routeKey'),
    firing: count(value, 'firing'),
    resolved: count(value, 'resolved'),
    groupLabels: pairs(value.groupLabels),
  };
}

function text(head: Readonly<Record<string, unknown>>, name: keyof MessageHead | keyof TransportHead): string {
  const value = head[name];
  if (typeof value !== 'string') throw new TypeError(`the head has no text "${name}"`);
  return value;
}

function optionalText<Name extends 'receiverSuffix' | 'endpoint'>(
  head: Readonly<Record<string, unknown>>,
  name: Name,
): { readonly [N in Name]?: string } {
  const value = head[name];
  return typeof value === 'string' && value !== '' ? ({ [name]: value } as { [N in Name]: string }) : {};
}

/** The counts are for people to read: a head without them still names an alert. */
function count(head: Readonly<Record<string, unknown>>, name: 'firing' | 'resolved'): number {
  const value = head[name];
  return typeof value === 'number' ? value : 0;
}

function pairs(value: unknown): Array<readonly [string, string]> {
  if (!isArray(value)) throw new TypeError('the head has no list "groupLabels"');
  return value.map((pair) => {
    if (!isArray(pair)) throw new TypeError('the head has a group label that is no pair of name and value');
    const [name, labelValue] = pair;
    if (typeof name !== 'string' || typeof labelValue !== 'string') throw new TypeError('the head has a group label that is no pair of texts');
    return [name, labelValue] as const;
  });
}

/** In `printed` every string, keys too, stands with its quotes and escapes: see `quoteAsPrinted`. */
function quotedValues(head: GroupHead, printed: unknown): Array<readonly [string, string]> {
  const printedPairs = pairs(isRecord(printed) ? printed['"groupLabels"'] : undefined);
  return head.groupLabels.map(([name], index) => [name, printedPairs[index][1]] as const);
}
