const REDACTED = '[redacted]';

/** Shorter parts of a URL are words that occur anywhere. */
const MIN_PART_CHARACTERS = 6;

/** A text without the values, and without the parts of those that are URLs: a server echoes the path that it was asked for. */
export function redactValues(text: string, values: readonly string[]): string {
  const needles = [...new Set(values.flatMap((value) => [value, ...urlParts(value)]))].filter((needle) => needle !== '').sort((a, b) => b.length - a.length);
  return needles.reduce((rest, needle) => rest.split(needle).join(REDACTED), text);
}

function urlParts(value: string): string[] {
  if (!URL.canParse(value)) return [];
  const { href, pathname, search, username, password, searchParams } = new URL(value);
  const parsed = [href, pathname + search, pathname, ...pathname.split('/'), search.slice(1), ...searchParams.values(), username, password];
  // A request can have them as they were written: a URL that was parsed has other escapes.
  const written = value.replace(/^[a-z]+:\/\/[^/?#]*/i, '');
  const parts = [...parsed, written, ...written.split(/[?#]/), ...written.split(/[/?#&=]/)];
  return [...parts, ...parts.map(decode)].filter((part) => part.length >= MIN_PART_CHARACTERS);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
