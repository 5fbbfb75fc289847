import { MESSAGE_END, messageMarker, SectionKind, type SectionPath } from '../../src/contract/message';

/** What the tests say about a message; everything else has a default. */
export interface RelayMessage {
  readonly hash?: string;
  readonly status?: 'firing' | 'resolved';
  readonly receiver?: string;
  readonly receiverSuffix?: string;
  readonly routeKey?: string;
  readonly routingKey?: string;
  readonly endpoint?: string;
  readonly firing?: number;
  readonly resolved?: number;
  readonly groupLabels?: ReadonlyArray<readonly [string, string]>;
  readonly sections?: readonly RelaySection[];
}

export interface RelaySection {
  readonly path: SectionPath;
  /** A template's output; or the content of a JSON section, as Go would print it. */
  readonly content: string;
  readonly kind?: SectionKind;
}

export const HASH = '0123456789abcdef0123456789abcdef';

/** Writes a message as the templates of the construct do. */
export function printMessage(message: RelayMessage): string {
  const marker = messageMarker(message.hash ?? HASH);
  const head = [
    `"status":${goQuote(message.status ?? 'firing')}`,
    `"receiver":${goQuote(message.receiver ?? 'pager')}`,
    ...(message.receiverSuffix === undefined ? [] : [`"receiverSuffix":${goQuote(message.receiverSuffix)}`]),
    `"routeKey":${goQuote(message.routeKey ?? '{}')}`,
    `"routingKey":${goQuote(message.routingKey ?? 'pager')}`,
    ...(message.endpoint === undefined ? [] : [`"endpoint":${goQuote(message.endpoint)}`]),
    `"firing":${message.firing ?? 1}`,
    `"resolved":${message.resolved ?? 0}`,
    `"groupLabels":[${(message.groupLabels ?? []).map(([name, value]) => `[${goQuote(name)},${goQuote(value)}]`).join(',')}]`,
  ];
  const sections = (message.sections ?? []).map(
    ({ kind, path, content }) => `${marker} ${kind ?? SectionKind.TEXT} ${JSON.stringify(path)}\n${content}\n`,
  );
  return `${marker} {${head.join(',')}}\n${sections.join('')}${marker} ${MESSAGE_END}`;
}

/** Go's `strconv.Quote` for text that is valid Unicode. */
export function goQuote(text: string): string {
  return `"${Array.from(text, quoteRune).join('')}"`;
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"', '\\': '\\\\', '\u0007': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v',
};

function quoteRune(rune: string): string {
  const short = SHORT_ESCAPES[rune];
  if (short !== undefined) return short;
  if (rune === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(rune)) return rune;
  const codePoint = rune.codePointAt(0) ?? 0;
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return '\\ufffd';
  if (codePoint < 0x20 || codePoint === 0x7f) return `\\x${hex(codePoint, 2)}`;
  return codePoint > 0xffff ? `\\U${hex(codePoint, 8)}` : `\\u${hex(codePoint, 4)}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
