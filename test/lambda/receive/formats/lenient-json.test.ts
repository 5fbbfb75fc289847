import * as fc from 'fast-check';
import { parsePrintedJson, PrintedText, type PrintedJson } from '../../../../lambda/receive/formats/lenient-json';

/** What `JSON.parse` would have returned. */
function plain(value: PrintedJson): unknown {
  if (value instanceof PrintedText) return value.text;
  if (value instanceof Map) return Object.fromEntries(Array.from(value as ReadonlyMap<string, PrintedJson>, ([name, entry]) => [name, plain(entry)]));
  return Array.isArray(value) ? value.map(plain) : value;
}

test('valid JSON is what JSON.parse makes of it', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
    const text = JSON.stringify(value, undefined, indent);
    const parsed = parsePrintedJson(text);
    expect(parsed?.isValid).toBe(true);
    expect(plain(parsed?.value ?? null)).toEqual(JSON.parse(text));
  }), { numRuns: 500 });
});

test('values that were printed without escaping come out as they went in, unless they look like the structure around them', () => {
  const value = fc.string({ unit: fc.constantFrom('a', ' ', '"', '\\', '\n', '{', '}', ',', ':', '\'', 'é') });
  fc.assert(fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c'), value, { minKeys: 1 }), (labels) => {
    const printed = `{${Object.entries(labels).map(([name, text]) => `"${name}": "${text}"`).join(', ')}}`;
    const parsed = parsePrintedJson(printed);
    const looksLikeStructure = Object.values(labels).some((text) => /"\s*[,}]/.test(text) || /^\s*[,}]/.test(text));
    fc.pre(parsed?.isValid === false && !looksLikeStructure);
    expect(Array.from((parsed?.value as ReadonlyMap<string, PrintedText>).values(), ({ raw }) => raw)).toEqual(Object.values(labels));
  }), { numRuns: 500 });
});

test('time grows with the length of a message, not with its square', () => {
  // Each quote is a candidate for the end of the text, and none is one.
  expect(parsePrintedJson(`{"a": "${'" '.repeat(130_000)}`)).toBeUndefined();
});

test('a structure that is too deep is not parsed', () => {
  expect(parsePrintedJson('['.repeat(100_000) + ']'.repeat(100_000))).toBeUndefined();
});
