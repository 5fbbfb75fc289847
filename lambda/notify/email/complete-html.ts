import { HTML_VALUE_MARK } from '../../../src/contract/html-text';

/** Elements without an end tag. */
const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr']);

/** A whole tag: quoted attribute values can have a `>`. */
const TAG = /<(\/?)([a-z][a-z\d:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi;

/** HTML that was truncated, without the part of a value at its end: to be done before values are escaped. */
export function withoutPartialValue(html: string): string {
  const mark = html.lastIndexOf(HTML_VALUE_MARK);
  const isWhole = mark < 0 || /^.[a-z]"(?:[^"\\]|\\.)*"/.test(html.slice(mark));
  return isWhole ? html : html.slice(0, mark);
}

/** Closes what is open at the end of HTML that was truncated, and adds a note behind it. Values must be escaped before. */
export function completeHtml(html: string, note: string): string {
  const open: string[] = [];
  let end = 0;
  for (const { 0: tag, 1: slash, 2: name, 3: rest, index } of html.matchAll(TAG)) {
    const element = name.toLowerCase();
    // In these, nothing is a tag but their own end.
    const special = open.at(-1) ?? '';
    if (/^(?:style|script|title|textarea)$/.test(special) && !(slash === '/' && element === special)) continue;
    end = index + tag.length;
    if (slash === '/') {
      const at = open.lastIndexOf(element);
      if (at >= 0) open.splice(at);
    } else if (!VOID.has(element) && !rest.endsWith('/')) {
      open.push(element);
    }
  }
  const tail = html.slice(end);
  // Every whole tag stands in front.
  const partialTag = tail.search(/<(?:[a-z/!]|$)/i);
  const whole = html.slice(0, end) + (partialTag < 0 ? tail : tail.slice(0, partialTag)).replace(/&[#\w]*$/, '');
  const outer = Math.max(open.indexOf('body'), open.indexOf('html')) + 1;
  const close = (elements: readonly string[]): string => [...elements].reverse().map((element) => `</${element}>`).join('');
  return `${whole}${close(open.slice(outer))}<p>${note}</p>${close(open.slice(0, outer))}`;
}
