/**
 * Writes YAML that AMP's parser, YAML 1.2 parsers and people read alike: keys in the order given, no folding, no anchors,
 * several lines as a block literal, and quotes around everything that any version of YAML could take for something else.
 *
 * Written by hand, because the order of keys, the absence of folding and the escapes are promises here: go-yaml, which
 * AMP's alert manager uses, treats U+0085, U+2028 and U+2029 as line breaks even inside quotes, general libraries do not
 * escape them.
 */
export type YamlValue = string | boolean | number | null | readonly YamlValue[] | YamlMap;
export interface YamlMap { readonly [key: string]: YamlValue | undefined }

/** The map as a YAML document, keys whose value is undefined left out. */
export function writeYaml(map: YamlMap): string {
  const lines: string[] = [];
  writeMap(map, '', '', lines);
  return lines.length === 0 ? '{}\n' : `${lines.join('\n')}\n`;
}

const STEP = '  ';

/** `first` is what the first line starts with instead of `pad`: the dash of a list item. */
function writeMap(map: YamlMap, pad: string, first: string, lines: string[]): void {
  let start = first || pad;
  for (const [key, value] of Object.entries(map)) {
    if (value !== undefined) {
      writeValue(value, pad, `${start}${inlineString(key)}:`, lines);
      start = pad;
    }
  }
}

function writeList(list: readonly YamlValue[], pad: string, lines: string[]): void {
  for (const item of list) {
    if (isMap(item) && !isEmpty(item)) {
      writeMap(item, pad + STEP, `${pad}- `, lines);
    } else {
      writeValue(item, pad, `${pad}-`, lines);
    }
  }
}

/** Writes a value after `lead`, which is the key or the dash before it; `pad` is where that key or dash stands. */
function writeValue(value: YamlValue, pad: string, lead: string, lines: string[]): void {
  if (Array.isArray(value) && value.length > 0) {
    lines.push(lead);
    writeList(value, pad + STEP, lines);
  } else if (isMap(value) && !isEmpty(value)) {
    lines.push(lead);
    writeMap(value, pad + STEP, '', lines);
  } else if (typeof value === 'string' && isBlockText(value)) {
    writeBlock(value, pad, lead, lines);
  } else {
    lines.push(`${lead} ${inlineValue(value)}`);
  }
}

function inlineValue(value: YamlValue): string {
  if (typeof value === 'string') {
    return inlineString(value);
  }
  if (Array.isArray(value)) {
    return '[]';
  }
  return isMap(value) ? '{}' : String(value);
}

function writeBlock(text: string, pad: string, lead: string, lines: string[]): void {
  const content = text.endsWith('\n') ? text.slice(0, -1) : text;
  const chomping = !text.endsWith('\n') ? '-' : content.endsWith('\n') ? '+' : '';
  const indicator = /^[ \t\n]/.test(text) ? STEP.length : '';
  const indented = content.replace(/\n(?=[^\n])/g, `\n${pad}${STEP}`);
  lines.push(`${lead} |${indicator}${chomping}`, content.startsWith('\n') ? indented : pad + STEP + indented);
}

/** Tab, line feed and what YAML 1.1 and 1.2 both call printable, without their line breaks and the byte order mark. */
const SAFE = '\\t\\n\\x20-\\x7e\\xa0-\\u2027\\u202a-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\u{10000}-\\u{10ffff}';
const ONLY_SAFE = new RegExp(`^[${SAFE}]*$`, 'u');
const ESCAPED = new RegExp(`["\\\\\\t\\n]|[^${SAFE}]`, 'gu');

/** A block literal cannot hold what is not printable, nor end in a line of spaces. */
function isBlockText(text: string): boolean {
  if (!text.includes('\n') || !ONLY_SAFE.test(text)) {
    return false;
  }
  let end = text.length;
  while (text[end - 1] === '\n') {
    end -= 1;
  }
  return /[^ \t]/.test(text.slice(text.lastIndexOf('\n', end - 1) + 1, end));
}

const PLAIN = /^([A-Za-z_][A-Za-z0-9_./-]*|([0-9]+(ms|[smhdwy]))+)$/;
/** Plain words that YAML 1.1 reads as booleans or null. */
const RESERVED = /^(y|n|yes|no|on|off|true|false|null)$/i;

function inlineString(text: string): string {
  if (PLAIN.test(text) && !RESERVED.test(text)) {
    return text;
  }
  if (/["\\]/.test(text) && !/[\t\n]/.test(text) && ONLY_SAFE.test(text)) {
    return `'${text.replace(/'/g, "''")}'`;
  }
  return `"${text.replace(ESCAPED, escape)}"`;
}

const SHORT_ESCAPES: { readonly [character: string]: string } = { '"': '\\"', '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escape(character: string): string {
  const short = SHORT_ESCAPES[character];
  if (short) {
    return short;
  }
  const code = character.codePointAt(0) ?? 0;
  // Half a surrogate pair is no character; files cannot hold one, strings can.
  const scalar = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
  const hex = scalar.toString(16).toUpperCase();
  return scalar > 0xffff ? `\\U${hex.padStart(8, '0')}` : scalar > 0xff ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`;
}

function isMap(value: YamlValue | undefined): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(map: YamlMap): boolean {
  return Object.values(map).every((value) => value === undefined);
}
