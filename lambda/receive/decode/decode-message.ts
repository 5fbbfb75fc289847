import { goQuotedToJson } from './go-quoted';
import { decodeHead, decodeTransportHead, type DecodedHead } from './message-head';
import { MAX_SECTION_LINE_CHARACTERS, MESSAGE_END, MESSAGE_FORMAT, SectionKind, type GroupHead, type MessageHead, type SectionPath, type TransportHead } from '../../../src/contract/message';
import type { JsonValue } from '../../../src/contract/pagerduty-event';
import { isArray, messageOf } from '../../shared/guards';

/** A message of this construct, taken apart. */
export type DecodedMessage<Head extends GroupHead = MessageHead> = DecodedHead<Head> & {
  /** In the order of the message. */
  readonly sections: readonly DecodedSection[];
  /** The message has no end line: something after the last section is missing, or part of that section itself. */
  readonly cut: boolean;
};

export interface DecodedSection {
  readonly path: SectionPath;
  /** The text that the template printed, or the JSON value; JSON that cannot be parsed stays as the text it is. */
  readonly value: JsonValue;
  /** The message was cut inside this section. */
  readonly cut: boolean;
}

export type Decoding<Head extends GroupHead = MessageHead> =
  | { readonly decoded: true; readonly message: DecodedMessage<Head> }
  | { readonly decoded: false; readonly reason: string };

/** Whether a text claims to be a message of this construct, of any version. */
export function looksLikeRelayMessage(text: string): boolean {
  return text.startsWith(MESSAGE_FORMAT.slice(0, MESSAGE_FORMAT.indexOf('/') + 1));
}

/**
 * Takes a message apart. Needs no configuration: the marker is learnt from the first line, like a MIME boundary.
 *
 * Whatever the input, it never throws; it takes time proportional to the length of the input.
 */
export function decodeMessage(text: string): Decoding {
  return decode(text, decodeHead);
}

/** Takes a message for another transport apart, in the same way. */
export function decodeTransportMessage(text: string): Decoding<TransportHead> {
  return decode(text, decodeTransportHead);
}

function decode<Head extends GroupHead>(text: string, readHead: (line: string) => DecodedHead<Head>): Decoding<Head> {
  const marker = FIRST_MARKER.exec(text)?.[1];
  if (marker === undefined) return { decoded: false, reason: `the message does not start with a marker of ${MESSAGE_FORMAT}` };
  const headEnd = text.indexOf('\n');
  if (headEnd < 0) return { decoded: false, reason: 'the message ends inside its first line' };
  try {
    const decodedHead = readHead(text.slice(marker.length + 1, headEnd));
    const { body, cut } = withoutEnd(text.slice(headEnd), marker);
    return { decoded: true, message: { ...decodedHead, sections: decodeSections(body, marker, decodedHead.head.receiverSuffix, cut), cut } };
  } catch (error) {
    // The position that V8 adds to a SyntaxError can quote the text, which is not ours to log.
    const reason = error instanceof SyntaxError ? 'the first line is not valid JSON' : messageOf(error);
    return { decoded: false, reason };
  }
}

const FIRST_MARKER = new RegExp(`^(${MESSAGE_FORMAT}:[0-9a-f]{32}) `);

/**
 * What stands between head and end line: it starts with the LF of the head and ends before the LF of the end line. Without
 * an end line, what the cut left of a character is removed, and of a line of ours: a section of which nothing arrived.
 */
function withoutEnd(rest: string, marker: string): { readonly body: string; readonly cut: boolean } {
  const trimmed = rest.trimEnd();
  const end = `\n${marker} ${MESSAGE_END}`;
  if (trimmed.endsWith(end)) return { body: trimmed.slice(0, -end.length), cut: false };
  const lineStart = `${marker} `;
  const body = withoutLastLine(rest.replace(/\ufffd{1,3}$/, ''), (line) => lineStart.startsWith(line) || line.startsWith(lineStart));
  return { body: withoutLastLine(body, (line) => line.startsWith(lineStart)), cut: true };
}

function withoutLastLine(text: string, isUnwanted: (line: string) => boolean): string {
  const lastLine = text.slice(text.lastIndexOf('\n') + 1);
  return isUnwanted(lastLine) ? text.slice(0, Math.max(0, text.length - lastLine.length - 1)) : text;
}

function decodeSections(body: string, marker: string, receiverSuffix: string | undefined, messageCut: boolean): DecodedSection[] {
  const suffix = receiverSuffix === undefined ? undefined : new RegExp(escapeRegExp(receiverSuffix), 'gi');
  return splitSections(body, marker).map(({ kind, path, content }, index, all) => {
    const cut = messageCut && index === all.length - 1;
    const value = kind === SectionKind.JSON ? (cut ? parseCutJson(content) : parseJson(content)) : suffix === undefined ? content : content.replace(suffix, '');
    return { path, value, cut };
  });
}

interface RawSection {
  readonly kind: SectionKind;
  readonly path: SectionPath;
  readonly content: string;
}

/**
 * A line that starts with the marker but is no section line belongs to the section before it: whatever a template printed
 * is kept. Of two sections with one path the first is the construct's; a later one can only have been printed by a template.
 */
function splitSections(body: string, marker: string): RawSection[] {
  const lineStart = `\n${marker} `;
  const found: Array<{ at: number; contentAt: number; kind: SectionKind; path: SectionPath }> = [];
  const paths = new Set<string>();
  for (let at = body.indexOf(lineStart); at >= 0; at = body.indexOf(lineStart, at + lineStart.length)) {
    const lineEnd = body.indexOf('\n', at + lineStart.length);
    if (lineEnd < 0) break;
    const section = sectionLine(body.slice(at + lineStart.length, lineEnd));
    const key = section === undefined ? '' : JSON.stringify(section.path);
    if (section === undefined || paths.has(key)) continue;
    paths.add(key);
    found.push({ at, contentAt: lineEnd + 1, ...section });
  }
  return found.map(({ contentAt, kind, path }, index) => {
    const contentEnd = index + 1 < found.length ? found[index + 1].at : body.length;
    return { kind, path, content: body.slice(contentAt, contentEnd) };
  });
}

function sectionLine(line: string): { readonly kind: SectionKind; readonly path: SectionPath } | undefined {
  const kind = Object.values(SectionKind).find((candidate) => line.startsWith(`${candidate} `));
  if (kind === undefined || line.length > MAX_SECTION_LINE_CHARACTERS) return undefined;
  const path = parseJson(line.slice(kind.length + 1));
  return isPath(path) ? { kind, path } : undefined;
}

function isPath(value: unknown): value is SectionPath {
  return isArray(value) && typeof value[0] === 'string' && value.every((step) => typeof step === 'string' || isIndex(step));
}

function isIndex(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function parseJson(content: string): JsonValue {
  try {
    return JSON.parse(goQuotedToJson(content)) as JsonValue;
  } catch {
    return content;
  }
}

/** A JSON text that was cut keeps what is left of it, without the quote at its start. */
function parseCutJson(content: string): JsonValue {
  if (!content.startsWith('"')) return parseJson(content);
  // The cut can have left a part of an escape.
  const candidates = [content, content.replace(/\\[^"]{0,9}$/, '')].map((text) => `${text}"`);
  const [closed] = candidates.map(parseJson).filter((value, index) => value !== candidates[index]);
  return closed ?? content.slice(1);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
