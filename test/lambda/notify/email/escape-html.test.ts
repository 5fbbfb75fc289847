import * as fc from 'fast-check';
import { parse, type DefaultTreeAdapterMap } from 'parse5';
import { completeHtml, withoutPartialValue } from '../../../../lambda/notify/email/complete-html';
import { escapeHtml } from '../../../../lambda/notify/email/escape-html';
import { HTML_VALUE_MARK, HtmlPlace } from '../../../../src/contract/html-text';
import { printQuoted } from '../../../../src/go/quote';

const value = (place: HtmlPlace, text: string): string => `${HTML_VALUE_MARK}${place}${printQuoted(text)}`;

test.each<[HtmlPlace, string, string]>([
  [HtmlPlace.TEXT, '<b> & "\' + \0 é', '&lt;b&gt; &amp; &#34;&#39; &#43; \ufffd é'],
  [HtmlPlace.HTML, '<b>', '<b>'],
  [HtmlPlace.URL, 'https://a.b/c d?e="f"&g=%20%zz', 'https://a.b/c%20d?e=%22f%22&amp;g=%20%25zz'],
  [HtmlPlace.URL, '/relative:x', '/relative:x'],
  [HtmlPlace.URL, 'MAILTO:a@b', 'MAILTO:a@b'],
  [HtmlPlace.URL, 'javascript:alert(1)', '#ZgotmplZ'],
  [HtmlPlace.URL, ' javascript:alert(1)', '#ZgotmplZ'],
  [HtmlPlace.URL_PATH, 'javascript:(é)', 'javascript:%28%c3%a9%29'],
  [HtmlPlace.URL_QUERY, 'a&b=c d%41', 'a%26b%3dc%20d%2541'],
  [HtmlPlace.STYLE, 'red', 'red'],
  [HtmlPlace.STYLE, 'red; x: y', 'ZgotmplZ'],
  [HtmlPlace.STYLE, 'url(x)', 'ZgotmplZ'],
  [HtmlPlace.STYLE, 'Expres-sion', 'Expres-sion'],
  [HtmlPlace.STYLE, 'EXPRESSION', 'ZgotmplZ'],
])('as %s, %j is %j', (place, text, expected) => {
  expect(escapeHtml(`<p>${value(place, text)}</p>`)).toBe(`<p>${expected}</p>`);
});

test('literal text stays as it is, and a place that is not known is escaped', () => {
  expect(escapeHtml('a "b" \\ <c> $& %q')).toBe('a "b" \\ <c> $& %q');
  expect(escapeHtml(`${HTML_VALUE_MARK}x"<"`)).toBe('&lt;');
});

/** Values that try to leave their place, and any other. */
const anyValue = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('"', '\'', '<', '</title>', '</textarea>', '--><script>', '" onload="x', '\' x=\'', 'javascript:x', 'data:text/html,x', '{{ . }}', `${HTML_VALUE_MARK}h"<b>"`, '\\'),
).chain((part) => fc.string({ unit: 'grapheme' }).map((other) => part + other));

const page = (text: string): string => `<!DOCTYPE html><html><head><title>${value(HtmlPlace.TEXT, text)}</title></head><body style="color: ${value(HtmlPlace.STYLE, text)}">`
  + `<p title="${value(HtmlPlace.TEXT, text)}" class='${value(HtmlPlace.TEXT, text)}'>${value(HtmlPlace.TEXT, text)}</p>`
  + `<a href="${value(HtmlPlace.URL, text)}">${value(HtmlPlace.TEXT, text)}</a><a href='/x/${value(HtmlPlace.URL_PATH, text)}?y=${value(HtmlPlace.URL_QUERY, text)}'>x</a>`
  + `<textarea>${value(HtmlPlace.TEXT, text)}</textarea></body></html>`;

test('no value adds an element or an attribute, or is an address that is executed', () => {
  const expected = outline(escapeHtml(page('plain')));
  fc.assert(fc.property(anyValue, (text) => {
    const html = escapeHtml(page(text));
    expect(outline(html)).toEqual(expected);
    const addresses = [...html.matchAll(/href=["']([^"']*)/g)].map(([, address]) => address.replace(/&#\d+;|&amp;/g, 'x'));
    for (const address of addresses) expect(address).not.toMatch(/^\s*(?!https?:|mailto:)[a-z][a-z\d+.-]*:/i);
  }), { numRuns: 300 });
});

test('a value in text arrives as it is, but for characters that HTML does not have', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
    const [paragraph] = elements(escapeHtml(`<p title="${value(HtmlPlace.TEXT, text)}"></p>`)).filter(({ tagName }) => tagName === 'p');
    expect(paragraph.attrs[0].value).toBe(text.replace(/\r\n?/g, '\n'));
  }), { numRuns: 200 });
});

test('HTML that was truncated anywhere shows what arrived and the note, outside of its tables', () => {
  const alerts = Array.from({ length: 5 }, (_, index) => `<tr><td style="a">${value(HtmlPlace.TEXT, `alert-${index} <x>`)}<br/><img alt=">"></td></tr>`).join('\n');
  const whole = `<html><head><title>${value(HtmlPlace.TEXT, 't')}</title><style>a > b {}</style></head><body><table>${alerts}</table></body></html>`;
  for (let length = 1; length < whole.length; length += 1) {
    const html = completeHtml(escapeHtml(withoutPartialValue(whole.slice(0, length))), 'its end is missing');
    const [note, ...others] = elements(html).filter((element) => element.tagName === 'p');
    expect([length, note?.childNodes, others.length]).toMatchObject([length, [{ value: 'its end is missing' }], 0]);
    expect(html).not.toContain(HTML_VALUE_MARK);
    const shown = html.match(/alert-\d &lt;x&gt;/g)?.length ?? 0;
    const arrived = whole.slice(0, length).match(/"alert-\d <x>"/g)?.length ?? 0;
    expect(shown).toBe(arrived);
  }
});

type Element = DefaultTreeAdapterMap['element'];

/** The elements with the names of their attributes, as a browser sees them. */
function outline(html: string): string[] {
  return elements(html).map(({ tagName, attrs }) => [tagName, ...attrs.map(({ name }) => name)].join(' '));
}

function elements(html: string): Element[] {
  const collect = (node: DefaultTreeAdapterMap['node']): Element[] =>
    ('childNodes' in node ? [...('tagName' in node ? [node] : []), ...node.childNodes.flatMap(collect)] : []);
  return collect(parse(html));
}
