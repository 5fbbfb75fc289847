import * as fc from 'fast-check';
import { escapedJson } from '../../../../lambda/receive/event/escaped-json';
import { fitJson, jsonBytes } from '../../../../lambda/receive/event/fit-json';

const object = fc.dictionary(fc.string({ maxLength: 8 }), fc.oneof(
  fc.string({ unit: 'binary', maxLength: 3000 }),
  fc.array(fc.oneof(fc.string({ maxLength: 200 }), fc.object({ maxDepth: 2 })), { maxLength: 30 }),
  fc.jsonValue({ maxDepth: 3 }),
), { maxKeys: 6 }).map((value) => JSON.parse(JSON.stringify(value)) as Record<string, string>);

test('whatever the object, it fits, is JSON, and what fitted before is unchanged', () => {
  fc.assert(fc.property(object, fc.integer({ min: 1000, max: 6000 }), (value, budget) => {
    const fitted = fitJson(value, budget);
    expect(jsonBytes(fitted)).toBeLessThanOrEqual(budget);
    expect(JSON.parse(JSON.stringify(fitted))).toEqual(fitted);
    if (jsonBytes(value) <= budget) expect(fitted).toBe(value);
    else expect(Object.keys(fitted)).toEqual(Object.keys(value));
  }), { numRuns: 300 });
});

test('characters that the queue escapes count as the bytes that they take there', () => {
  const text = '😀'.repeat(1000);
  expect(jsonBytes(text)).toBe(Buffer.byteLength(escapedJson(text)));
  expect(Buffer.byteLength(escapedJson(fitJson({ text }, 6000)))).toBeLessThanOrEqual(6000);
});

test('the longest give way first, and use the room that there is', () => {
  const value = { short: 'kept', long: 'x'.repeat(10_000), longer: 'y'.repeat(20_000), list: [1, 2, 3] };
  const fitted = fitJson(value, 16_000);
  expect(fitted).toMatchObject({ short: 'kept', list: [1, 2, 3] });
  expect(String(fitted.longer)).toMatch(/^y{7000,}… \(\d+ more characters left out to fit PagerDuty's limit\)$/);
  expect(String(fitted.long)).toMatch(/^x{7000,}… \(\d+ more characters/);
  expect(jsonBytes(fitted)).toBeGreaterThan(15_900);
  expect(fitJson(value, 31_000).long).toBe(value.long);
});

test('the note counts what is missing', () => {
  const { text } = fitJson({ text: 'é'.repeat(5000) }, 1000);
  const [, kept, missing] = /^(é*)… \((\d+) more/.exec(String(text)) ?? [];
  expect(kept.length + Number(missing)).toBe(5000);
});

test('a character is never cut in two', () => {
  for (let budget = 300; budget < 310; budget++) expect(String(fitJson({ text: '😀'.repeat(500) }, budget).text)).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
});

test('a list keeps its first entries, or a part of its only one, and says how many are missing', () => {
  const alerts = Array.from({ length: 100 }, (_, index) => ({ name: `alert ${index}` }));
  const { firing } = fitJson({ firing: alerts }, 600);
  expect(firing).toEqual([...alerts.slice(0, 25), '… 75 more left out to fit PagerDuty\'s limit']);
  expect(fitJson({ firing: [{ text: 'z'.repeat(5000) }, 2] }, 1000).firing).toEqual([
    { text: expect.stringMatching(/^z{500,}… \(\d+ more characters/) }, '… 1 more left out to fit PagerDuty\'s limit',
  ]);
});

test('of an object with more names than fit, the first stay', () => {
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`name ${index}`, index]));
  const fitted = fitJson(many, 1000);
  expect(jsonBytes(fitted)).toBeLessThanOrEqual(1000);
  expect(fitted['name 0']).toBe(0);
  expect(fitted['…']).toMatch(/^\d+ more left out to fit PagerDuty's limit$/);
});
