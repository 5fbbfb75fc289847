/** What Go's JSON encoder distinguishes: an object is a struct, whose fields keep their order, and a `Map` is a map. */
export type GoJson = string | number | boolean | readonly GoJson[] | ReadonlyMap<string, string> | { readonly [name: string]: GoJson };

/**
 * JSON as Go's `encoding/json` writes it, for byte equality with what Alertmanager sends: `<`, `>`, `&`, U+2028, and U+2029 are
 * escaped, and so is every control character that has no short escape in Go before 1.22.
 */
export function goJson(value: GoJson): string {
  if (typeof value === 'string') return goString(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (isList(value)) return `[${value.map(goJson).join(',')}]`;
  return `{${(value instanceof Map ? sorted([...value]) : Object.entries(value)).map(([name, member]) => `${goString(name)}:${goJson(member)}`).join(',')}}`;
}

/** The encoder sorts the keys of a map by their bytes. */
function sorted(entries: ReadonlyArray<readonly [string, string]>): Array<readonly [string, string]> {
  return entries.map((entry) => ({ bytes: Buffer.from(entry[0]), entry })).sort((a, b) => Buffer.compare(a.bytes, b.bytes)).map(({ entry }) => entry);
}

const SHORT: { readonly [character: string]: string } = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function goString(text: string): string {
  return `"${text.replace(/["\\<>&\u2028\u2029]|\p{Cc}|\p{Cs}/gu, escape)}"`;
}

function escape(character: string): string {
  const code = character.charCodeAt(0);
  // `\p{Cc}` has DEL and the C1 controls as well, which Go prints as they are.
  if (code >= 0x7f && code <= 0x9f) return character;
  // Half a character is invalid UTF-8 to Go.
  if (code >= 0xd800 && code <= 0xdfff) return '\\ufffd';
  return SHORT[character] ?? `\\u${code.toString(16).padStart(4, '0')}`;
}

function isList(value: GoJson): value is readonly GoJson[] {
  return Array.isArray(value);
}
