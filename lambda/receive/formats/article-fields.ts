import type { Document } from 'yaml';
import type { JsonValue } from '../../../src/contract/pagerduty-event';
import { isArray, isRecord } from '../../shared/guards';
import type { JsonObject } from '../notification';

/** The fields of the article's message, at the start of a line. */
const FIELDS = [
  'routing_key', 'dedup_key', 'severity', 'description', 'client', 'client_url', 'source', 'class', 'component', 'group', 'details', 'links', 'images',
] as const;
export type ArticleField = (typeof FIELDS)[number];

const FIELD = new RegExp(`^["']?(${FIELDS.join('|')})["']?[ \\t]*:(?:[ \\t]+|$)`);

/** The parser needs time that grows with the square of some inputs; what is longer is read line by line. */
const MAX_YAML_CHARACTERS = 64 * 1024;

/**
 * The fields of the message, each in the form that is needed.
 *
 * Templates print values behind the colons as they are, so much of it is not valid YAML (`description: disk full: /var`), or
 * means something else (`description: [FIRING:1] X`). Values are therefore the lines as they were printed, with the quotes around
 * them removed. Only what has a structure (details, links, images) is left to YAML, where the message is valid.
 */
export class ArticleFields {
  private readonly lines: ReadonlyMap<string, string>;
  private readonly document?: Document;
  private readonly values: Readonly<Record<string, unknown>>;

  constructor(message: string) {
    this.lines = readLines(message);
    this.document = message.length <= MAX_YAML_CHARACTERS ? parseYaml(message) : undefined;
    this.values = this.document === undefined ? {} : valuesOf(this.document);
  }

  /** A value as it was printed: `00123` is not a number, and a key of digits keeps all of them. */
  text(name: ArticleField): string | undefined {
    const value = this.lines.get(name);
    if (value === undefined || value.trim() === '' || value.trim() === '~') return undefined;
    return isBlockScalar(value) ? scalarText(this.values[name]) ?? value : unquoted(value);
  }

  list(name: 'links' | 'images'): Array<Readonly<Record<string, unknown>>> {
    const value = this.values[name];
    return isArray(value) ? value.filter(isRecord) : [];
  }

  details(): JsonObject | undefined {
    const value = toJson(this.values.details) ?? this.lines.get('details');
    if (value === undefined || value === null || value === '') return undefined;
    return isRecord(value) ? (value as JsonObject) : { details: value };
  }
}

/** Whether the lines that a template prints can be those of the article: one of two fields that no other format has. */
export function looksLikeArticle(message: string): boolean {
  return /^["']?(?:routing_key|dedup_key)["']?[ \t]*:/m.test(message);
}

/** The first value of each field, with the lines below it that begin no other field. */
function readLines(message: string): ReadonlyMap<string, string> {
  const found = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of message.split(/\r?\n/)) {
    const field = FIELD.exec(line);
    if (field !== null && !found.has(field[1])) {
      current = [line.slice(field[0].length)];
      found.set(field[1], current);
    } else {
      current?.push(line);
    }
  }
  return new Map(Array.from(found, ([name, lines]) => [name, lines.join('\n').trimEnd()]));
}

/** Neither errors nor warnings of the parser can quote the message: it holds a routing key. */
function parseYaml(message: string): Document | undefined {
  // On demand: it is several times as large as everything else, and messages of other formats would wait for it.
  const { parseDocument } = require('./yaml-parser') as typeof import('./yaml-parser');
  const document = parseDocument(message, { prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
  return document.errors.length === 0 ? document : undefined;
}

/** An alias repeats what it stands for: a few lines could become a message of any size. */
function valuesOf(document: Document): Readonly<Record<string, unknown>> {
  try {
    const values: unknown = document.toJS({ maxAliasCount: 0 });
    return isRecord(values) ? values : {};
  } catch {
    return {};
  }
}

/** `|` or `>`, and the text indented below. */
function isBlockScalar(value: string): boolean {
  return /^[|>][-+0-9]*[ \t]*\n[ \t]/.test(value);
}

function unquoted(value: string): string {
  const trimmed = value.trim();
  const [quote] = trimmed;
  const isQuoted = (quote === '"' || quote === '\'') && trimmed.length > 1 && trimmed.endsWith(quote);
  if (!isQuoted) return trimmed;
  const inner = trimmed.slice(1, -1);
  if (quote === '\'') return inner.replaceAll('\'\'', '\'');
  try {
    return JSON.parse(trimmed) as string;
  } catch {
    return inner;
  }
}

/** A value of YAML as a text. */
export function scalarText(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
}

/** YAML has values that JSON does not have (`.nan`, binary): they become what `JSON.stringify` makes of them. */
function toJson(value: unknown): JsonValue | undefined {
  const text = value === undefined ? undefined : JSON.stringify(value);
  return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
}
