import { HTML_VALUE_MARK, HtmlPlace } from '../../../src/contract/html-text';
import { goQuotedToJson } from '../../receive/decode/go-quoted';

const VALUE = new RegExp(`${HTML_VALUE_MARK}([a-z])("(?:[^"\\\\]|\\\\.)*")`, 'g');

/** HTML of a message with each value escaped for the place that it stands in, as Go's `html/template` escapes it. */
export function escapeHtml(text: string): string {
  return text.replace(VALUE, (_, place: string, quoted: string) => {
    const value = String(JSON.parse(goQuotedToJson(quoted)));
    return (ESCAPERS[place] ?? escapeText)(value);
  });
}

const ESCAPERS: { readonly [place: string]: (value: string) => string } = {
  [HtmlPlace.TEXT]: escapeText,
  [HtmlPlace.HTML]: (value) => value,
  [HtmlPlace.URL]: (value) => escapeText(encodeUrl(hasSafeScheme(value) ? value : '#ZgotmplZ', KEPT_IN_URL)),
  [HtmlPlace.URL_PATH]: (value) => escapeText(encodeUrl(value, KEPT_IN_URL)),
  [HtmlPlace.URL_QUERY]: (value) => escapeText(encodeUrl(value, KEPT_IN_QUERY)),
  [HtmlPlace.STYLE]: (value) => escapeText(filterStyle(value)),
};

const REFERENCES: { readonly [character: string]: string } = {
  '\0': '\ufffd', '"': '&#34;', '&': '&amp;', "'": '&#39;', '+': '&#43;', '<': '&lt;', '>': '&gt;',
};

function escapeText(value: string): string {
  return value.replace(/[\0"&'+<>]/g, (character) => REFERENCES[character]);
}

/** Relative addresses, and those of web pages and mails. */
function hasSafeScheme(value: string): boolean {
  const colon = value.indexOf(':');
  const scheme = colon < 0 ? '' : value.slice(0, colon);
  return colon < 0 || scheme.includes('/') || /^(?:https?|mailto)$/i.test(scheme);
}

const KEPT_IN_QUERY = /^[\w.~-]$/;
const KEPT_IN_URL = /^[\w.~!#$&*+,/:;=?@[\]-]$/;

/** Encodes what cannot stand in an address. In addresses, but not in their queries, what is encoded already stays. */
function encodeUrl(value: string, kept: RegExp): string {
  return value.replace(/%[\da-f]{2}|[^]/giu, (piece) => (kept.test(piece) || (piece.length === 3 && kept === KEPT_IN_URL) ? piece : encodeBytes(piece)));
}

function encodeBytes(text: string): string {
  return [...Buffer.from(text)].map((byte) => (byte < 0x80 && KEPT_IN_QUERY.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`)).join('');
}

/** A value of a style sheet that can end neither the declaration nor the attribute; another word for every other value. */
function filterStyle(value: string): string {
  const isUnsafe = /[\0"'()/;@[\\\]`{}<>]|--/.test(value) || /expression|mozbinding/.test(value.toLowerCase().replace(/[^\w-]/g, ''));
  return isUnsafe ? 'ZgotmplZ' : value;
}
